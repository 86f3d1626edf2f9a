"""How long a drill stays armed, and who is told when a button's month passed without a test."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
TEST = "button_test"
WINDOW = ("drill_window", 10, "minutes", "wall", POLICY, "A press of the armed button within it is the drill")
LADDER = (
    ((0, "minutes", "wall"), (("district", "drill_officer"),)),
    ((3, "days", "working"), (("school", "principal"), ("school", "school_admin"))),
    ((7, "days", "working"), (("region", "drill_officer"),)),
)


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    code, amount, unit, basis, source, note = WINDOW
    apps.get_model("clocks", "DeadlineRule").objects.create(
        code=code, amount=amount, unit=unit, basis=basis, source=source, note=note, effective_from=SINCE
    )
    step_of = apps.get_model("clocks", "EscalationStep")
    step_of.objects.bulk_create(
        step_of(
            code=TEST,
            step=number,
            level=level,
            role=role,
            amount=amount,
            unit=unit,
            basis=basis,
            source=POLICY,
            effective_from=SINCE,
        )
        for number, ((amount, unit, basis), whom) in enumerate(LADDER, start=1)
        for level, role in whom
    )


class Migration(migrations.Migration):
    dependencies = [("alarms", "0004_drills"), ("clocks", "0006_ladders")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
