from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from analytics.rules.builtin_card import CARD


def renew_accuracy(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The card quotes the product's own simulation; what a school has changed of its card stays."""
    apps.get_model("analytics", "ModelCard").objects.filter(slug=CARD["slug"]).update(accuracy=CARD["accuracy"])


class Migration(migrations.Migration):
    dependencies = [("analytics", "0004_incident_clips")]

    operations = [migrations.RunPython(renew_accuracy, migrations.RunPython.noop)]
