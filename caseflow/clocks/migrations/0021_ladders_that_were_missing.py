"""Ladders of deadlines that had none, and no terms for what starts no clock.

The three looks after something acute are dates of the high-risk protocol, which has clocks of its own. Telling the
authority of a data breach is nothing that this product starts.
"""

from datetime import date

from django.db import migrations

SINCE = date(2026, 9, 1)
POLICY = "[P] policy of the installation"
OWNER, PSYCHOLOGIST = ("owner", ""), ("school", "psychologist")
DISTRICT, REGION = ("district", "lead_psychologist"), ("region", "lead_psychologist")
AT_ONCE = (0, "minutes", "wall")
SAME_DAY = ((AT_ONCE, (PSYCHOLOGIST,)), ((4, "hours", "working"), (DISTRICT,)), ((1, "days", "working"), (REGION,)))
LADDERS = {
    "bullying_registered": SAME_DAY,
    "bullying_parents_told": SAME_DAY,
    "bullying_council": (
        (AT_ONCE, (PSYCHOLOGIST,)),
        ((1, "days", "working"), (DISTRICT,)),
        ((3, "days", "working"), (REGION,)),
    ),
    "data_subject_answer": ((AT_ONCE, (DISTRICT,)), ((1, "days", "working"), (REGION,))),
    "supervision_agreement": ((AT_ONCE, (OWNER,)), ((3, "days", "working"), (OWNER,))),
}
DEAD = ("follow_up_acute_first", "follow_up_acute_second", "follow_up_acute_third", "data_breach")


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    step_of = apps.get_model("clocks", "EscalationStep")
    common = {"source": POLICY, "effective_from": SINCE}
    for code, ladder in LADDERS.items():
        if step_of.objects.filter(code=code).exists():
            continue  # the installation has a ladder of its own
        step_of.objects.bulk_create(
            step_of(code=code, step=step, level=level, role=role, amount=amount, unit=unit, basis=basis, **common)
            for step, ((amount, unit, basis), whom) in enumerate(ladder, start=1)
            for level, role in whom
        )


def remove_dead_terms(apps, schema_editor):  # type: ignore[no-untyped-def]
    used = apps.get_model("clocks", "Clock").objects.filter(code__in=DEAD).values("code")
    apps.get_model("clocks", "DeadlineRule").objects.filter(code__in=DEAD).exclude(code__in=used).delete()


class Migration(migrations.Migration):
    dependencies = [("clocks", "0020_legal_requests")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(remove_dead_terms, migrations.RunPython.noop),
    ]
