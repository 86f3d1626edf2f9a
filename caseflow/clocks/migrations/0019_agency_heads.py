"""Who hears of what an agency owes: its head, then the prosecutor, by number and never by name (rule 22)."""

from datetime import date

from django.db import migrations

SINCE = date(2026, 9, 1)
POLICY = "[P] policy of the installation"
OFFICER, HEAD = ("agency", "agency_officer"), ("agency", "agency_head")
OFFICER_ABOVE, HEAD_ABOVE = ("agency_above", "agency_officer"), ("agency_above", "agency_head")
PSYCHOLOGIST, LEAD = ("school", "psychologist"), ("region", "lead_psychologist")
PROSECUTOR, CHAIR = ("region", "prosecutor"), ("region", "council_chair")
AT_ONCE = (0, "minutes", "wall")
LADDERS = {
    "legal_assessment": (
        (AT_ONCE, (OFFICER, PSYCHOLOGIST)),
        ((1, "days", "working"), (HEAD, OFFICER_ABOVE)),
        ((3, "days", "working"), (HEAD_ABOVE, PROSECUTOR, LEAD)),
    ),
    "council_decision": (
        (AT_ONCE, (OFFICER, HEAD, PROSECUTOR)),
        ((3, "days", "working"), (CHAIR,)),
    ),
}


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    step_of = apps.get_model("clocks", "EscalationStep")
    common = {"source": POLICY, "effective_from": SINCE}
    for code, ladder in LADDERS.items():
        if step_of.objects.filter(code=code, effective_from__gte=SINCE).exists():
            continue  # the installation has a ladder of its own by then
        step_of.objects.bulk_create(
            step_of(code=code, step=step, level=level, role=role, amount=amount, unit=unit, basis=basis, **common)
            for step, ((amount, unit, basis), whom) in enumerate(ladder, start=1)
            for level, role in whom
        )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0018_missed_numbers")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
