"""When somebody has looked at what a camera saw, and who is told when nobody did: as of a mood signal."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
CODE = "disturbance_review"
STEPS = (
    (1, "school", "psychologist", 0, "minutes", "wall"),
    (1, "district", "lead_psychologist", 0, "minutes", "wall"),
    (2, "region", "lead_psychologist", 4, "hours", "school"),
)


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    apps.get_model("clocks", "DeadlineRule").objects.create(
        code=CODE,
        amount=1,
        unit="days",
        basis="school",
        source=POLICY,
        note="A clip of unusual motion",
        effective_from=SINCE,
    )
    step_of = apps.get_model("clocks", "EscalationStep")
    step_of.objects.bulk_create(
        step_of(
            code=CODE,
            step=step,
            level=level,
            role=role,
            amount=amount,
            unit=unit,
            basis=basis,
            source=POLICY,
            effective_from=SINCE,
        )
        for step, level, role, amount, unit, basis in STEPS
    )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0006_ladders")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
