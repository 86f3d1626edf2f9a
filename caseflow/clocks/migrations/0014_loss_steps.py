"""Who is told of a missed step after a loss. The terms themselves stand in the checklist, a day has none."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
NOTE = "Each step of a protocol has its own term"
CODES = ("loss_step", "loss_step_urgent", "loss_day")
LADDERS = (
    ("loss_step", 1, "owner", "", 0, "minutes", "wall"),
    ("loss_step", 2, "district", "lead_psychologist", 4, "hours", "working"),
    ("loss_step", 3, "region", "lead_psychologist", 1, "days", "working"),
    ("loss_step_urgent", 1, "owner", "", 0, "minutes", "wall"),
    ("loss_step_urgent", 1, "district", "lead_psychologist", 0, "minutes", "wall"),
    ("loss_step_urgent", 2, "region", "lead_psychologist", 1, "hours", "wall"),
    ("loss_day", 1, "owner", "", 0, "minutes", "wall"),
    ("loss_day", 2, "district", "lead_psychologist", 1, "days", "working"),
)


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    common = {"source": POLICY, "effective_from": SINCE}
    rule_of = apps.get_model("clocks", "DeadlineRule")
    for code in CODES:
        rule_of.objects.create(code=code, amount=24, unit="hours", basis="wall", note=NOTE, **common)
    step_of = apps.get_model("clocks", "EscalationStep")
    step_of.objects.bulk_create(
        step_of(code=code, step=step, level=level, role=role, amount=amount, unit=unit, basis=basis, **common)
        for code, step, level, role, amount, unit, basis in LADDERS
    )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0013_leaver_term")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
