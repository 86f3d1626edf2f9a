"""How long there is to close, refer or hand over the case of a pupil who leaves, and who hears when nobody does."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
CODE = "task_leaver"
LADDER = (
    (1, "owner", "", 0, "minutes", "wall"),
    (1, "school", "psychologist", 0, "minutes", "wall"),
    (2, "district", "lead_psychologist", 1, "days", "school"),
    (3, "region", "lead_psychologist", 3, "days", "school"),
)


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    common = {"source": POLICY, "effective_from": SINCE}
    apps.get_model("clocks", "DeadlineRule").objects.create(code=CODE, amount=5, unit="days", basis="working", **common)
    step_of = apps.get_model("clocks", "EscalationStep")
    step_of.objects.bulk_create(
        step_of(code=CODE, step=step, level=level, role=role, amount=amount, unit=unit, basis=basis, **common)
        for step, level, role, amount, unit, basis in LADDER
    )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0012_referrals")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
