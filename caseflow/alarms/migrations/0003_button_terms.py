"""How often a fixed button says that it lives, and how long it may be silent. Their test stands in clocks 0002."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
TERMS = (
    ("button_heartbeat", 15, "minutes", "wall", POLICY, "Told to each button with every answer"),
    ("button_silent", 1, "hours", "wall", POLICY, "Four heartbeats missed; then the school is told"),
)


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    rule = apps.get_model("clocks", "DeadlineRule")
    rule.objects.bulk_create(
        rule(code=code, amount=amount, unit=unit, basis=basis, source=source, note=note, effective_from=SINCE)
        for code, amount, unit, basis, source, note in TERMS
    )


class Migration(migrations.Migration):
    dependencies = [("alarms", "0002_fixed_buttons"), ("clocks", "0006_ladders")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
