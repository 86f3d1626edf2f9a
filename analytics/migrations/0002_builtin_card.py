from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from analytics.rules.builtin_card import CARD


def fill_card(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("analytics", "ModelCard").objects.update_or_create(slug=CARD["slug"], defaults=CARD)


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_initial")]

    operations = [migrations.RunPython(fill_card, migrations.RunPython.noop)]
