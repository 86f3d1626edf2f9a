"""Who is told of a missed deadline, step by step (docs/decisions/the-ladder-of-a-missed-deadline.md)."""

from datetime import date

from django.db import migrations
from django.db.models import F

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
PSYCHOLOGIST, PRINCIPAL = ("school", "psychologist"), ("school", "principal")
DISTRICT_LEAD, REGION_LEAD = ("district", "lead_psychologist"), ("region", "lead_psychologist")
OFFICER, OFFICER_ABOVE = ("agency", "agency_officer"), ("agency_above", "agency_officer")
AT_ONCE = (0, "minutes", "wall")
FIRST = (AT_ONCE, (PSYCHOLOGIST, DISTRICT_LEAD))

LADDERS = {
    "psych_assessment_acute": (FIRST, ((15, "minutes", "wall"), (REGION_LEAD,))),
    "psych_assessment_high": (FIRST, ((4, "hours", "wall"), (REGION_LEAD,))),
    "psych_assessment_moderate": (FIRST, ((6, "hours", "wall"), (REGION_LEAD,))),
    "psych_assessment_low": (FIRST, ((7, "hours", "school"), (REGION_LEAD,))),
    "signal_review": (FIRST, ((4, "hours", "school"), (REGION_LEAD,))),
    "legal_assessment": (
        (AT_ONCE, (OFFICER, PSYCHOLOGIST)),
        ((1, "days", "working"), (OFFICER_ABOVE,)),
        ((3, "days", "working"), (REGION_LEAD,)),
    ),
    "police_informed": (
        (AT_ONCE, (PSYCHOLOGIST, PRINCIPAL, DISTRICT_LEAD)),
        ((1, "hours", "wall"), (REGION_LEAD,)),
    ),
}


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    step_of = apps.get_model("clocks", "EscalationStep")
    step_of.objects.bulk_create(
        step_of(
            code=code,
            step=number,
            level=level,
            role=role,
            amount=amount,
            unit=unit,
            basis=basis,
            source=POLICY,
            effective_from=SINCE,
        )
        for code, ladder in LADDERS.items()
        for number, ((amount, unit, basis), whom) in enumerate(ladder, start=1)
        for level, role in whom
    )
    # Of these the people of the first step were told already; the next sweep looks when the second is due.
    told = apps.get_model("clocks", "Clock").objects.filter(escalated_at__isnull=False, stopped_at=None)
    told.filter(code__in=LADDERS).update(escalation_step=1, next_step_at=F("due_at"))


class Migration(migrations.Migration):
    dependencies = [("clocks", "0005_escalation")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
