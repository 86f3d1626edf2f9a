"""Who hears that a decision of a council was not carried out in time; its day is set by the council."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
CODE = "council_decision"
LADDER = (
    ((0, "minutes", "wall"), (("agency", "agency_officer"), ("region", "prosecutor"))),
    ((3, "days", "working"), (("region", "council_chair"),)),
)


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    common = {"code": CODE, "source": POLICY, "effective_from": SINCE}
    rule_of = apps.get_model("clocks", "DeadlineRule")
    rule_of.objects.create(amount=30, unit="days", basis="wall", note="Only when nobody set a date", **common)
    step_of = apps.get_model("clocks", "EscalationStep")
    step_of.objects.bulk_create(
        step_of(step=step, level=level, role=role, amount=amount, unit=unit, basis=basis, **common)
        for step, ((amount, unit, basis), whom) in enumerate(LADDER, start=1)
        for level, role in whom
    )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0016_places")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
