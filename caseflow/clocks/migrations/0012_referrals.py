"""How long a receiver has to accept and to answer a referral, and who hears of silence; who hears that no lead looked
at work without consent."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
RULES = (
    ("referral_accept", 1, "days", "working", ""),
    ("referral_accept_urgent", 0, "days", "wall", "By the end of the same day"),
    ("referral_answer", 10, "days", "working", ""),
    ("referral_answer_urgent", 1, "days", "working", ""),
    ("referral_transfer", 10, "days", "working", ""),
)
OFFICER, PSYCHOLOGIST = ("agency", "agency_officer"), ("school", "psychologist")
DISTRICT, REGION = ("district", "lead_psychologist"), ("region", "lead_psychologist")
AT_ONCE = (0, "minutes", "wall")
USUAL = (
    (AT_ONCE, (OFFICER, PSYCHOLOGIST)),
    ((1, "days", "working"), (DISTRICT,)),
    ((3, "days", "working"), (REGION,)),
)
URGENT = ((AT_ONCE, (OFFICER, PSYCHOLOGIST, DISTRICT)), ((2, "hours", "wall"), (REGION,)))
LADDERS = {
    "referral_accept": USUAL,
    "referral_accept_urgent": URGENT,
    "referral_answer": USUAL,
    "referral_answer_urgent": URGENT,
    "referral_transfer": USUAL,
    "protective_work_review": ((AT_ONCE, (DISTRICT,)), ((12, "hours", "wall"), (REGION,))),
}


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    common = {"source": POLICY, "effective_from": SINCE}
    rule_of = apps.get_model("clocks", "DeadlineRule")
    for code, amount, unit, basis, note in RULES:
        rule_of.objects.create(code=code, amount=amount, unit=unit, basis=basis, note=note, **common)
    step_of = apps.get_model("clocks", "EscalationStep")
    step_of.objects.bulk_create(
        step_of(code=code, step=step, level=level, role=role, amount=amount, unit=unit, basis=basis, **common)
        for code, ladder in LADDERS.items()
        for step, ((amount, unit, basis), whom) in enumerate(ladder, start=1)
        for level, role in whom
    )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0011_protocol_steps")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
