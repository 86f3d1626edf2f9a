"""A school has texts in the first hour: what is shipped is offered as it is, with its source and version.

The sources are named without the titles of the publications, which stand in docs/decisions/after-a-loss.md: the head of
the school reads the same line and is not told how somebody died.
"""

from datetime import UTC, datetime

from django.db import migrations

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
TITLED_TEMPLATE = "[P] own wording after WHO (2000) and AFSP and SPRC, After a Suicide: a toolkit for schools (2018)"
TITLED_CHECKLIST = (
    "[P] after WHO, a resource for teachers (2000), and AFSP and SPRC, After a Suicide: a toolkit for schools (2018)"
)
TEMPLATE = "[P] own wording after guidance for schools by WHO (2000) and by AFSP and SPRC (2018)"
CHECKLIST = "[P] after guidance for schools by WHO (2000) and by AFSP and SPRC (2018)"


def approve(apps, schema_editor):  # type: ignore[no-untyped-def]
    templates = apps.get_model("postvention", "MessageTemplate").objects
    templates.filter(region=None, state="draft").update(state="approved", approved_at=SINCE)
    templates.filter(source=TITLED_TEMPLATE).update(source=TEMPLATE)
    apps.get_model("protocols", "ProtocolVersion").objects.filter(source=TITLED_CHECKLIST).update(source=CHECKLIST)


class Migration(migrations.Migration):
    dependencies = [("postvention", "0004_shipped_templates_need_no_approver"), ("protocols", "0003_doers_at_a_school")]
    operations = [migrations.RunPython(approve, migrations.RunPython.noop)]
