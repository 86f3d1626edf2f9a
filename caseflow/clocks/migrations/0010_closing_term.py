"""How long a lead psychologist has to agree that a case which was at high risk is closed, and who hears of silence."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
CODE = "closing_decision"
LADDER = ((1, "owner", "", 0, "days", "wall"), (2, "region", "lead_psychologist", 1, "days", "working"))


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    common = {"source": POLICY, "effective_from": SINCE}
    apps.get_model("clocks", "DeadlineRule").objects.create(code=CODE, amount=2, unit="days", basis="working", **common)
    step_of = apps.get_model("clocks", "EscalationStep")
    step_of.objects.bulk_create(
        step_of(code=CODE, step=step, level=level, role=role, amount=amount, unit=unit, basis=basis, **common)
        for step, level, role, amount, unit, basis in LADDER
    )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0009_limits_and_tasks")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
