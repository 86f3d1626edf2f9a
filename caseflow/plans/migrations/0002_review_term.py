"""After how many days a safety plan is looked at again, unless somebody says otherwise."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
CODE = "safety_plan_review"


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    apps.get_model("clocks", "DeadlineRule").objects.create(
        code=CODE, amount=30, unit="days", basis="wall", source=POLICY, effective_from=SINCE
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("clocks", "0010_closing_term")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
