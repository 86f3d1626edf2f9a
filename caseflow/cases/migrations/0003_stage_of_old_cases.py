"""What stage an old case is at is told from what it has: an assessment, tasks, an end."""

from django.db import migrations
from django.db.models import Exists, F, OuterRef


def place(apps, schema_editor):  # type: ignore[no-untyped-def]
    cases = apps.get_model("cases", "Case").objects
    tasks = apps.get_model("cases", "Task").objects.filter(case=OuterRef("pk"))
    reopened = apps.get_model("cases", "ChronologyEntry").objects.filter(code="reopened")
    cases.update(stage_since=F("opened_at"), working_since=F("opened_at"))
    cases.filter(risk__isnull=False).update(stage="assessment")
    cases.filter(Exists(tasks), risk__isnull=False).update(stage="support")
    cases.filter(closed_at__isnull=False).update(stage="closed", stage_since=F("closed_at"))
    for entry in reopened.order_by("recorded_at").iterator():  # the last one stays
        cases.filter(pk=entry.case_id).update(working_since=entry.event_at)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_stages")]
    operations = [migrations.RunPython(place, migrations.RunPython.noop)]
