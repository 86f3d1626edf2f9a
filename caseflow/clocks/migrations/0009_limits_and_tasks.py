"""For how long a clock may stand and by how much it may be extended, and who is told of a missed task.

What is not named here is neither paused nor extended (docs/decisions/pausing-a-deadline.md).
"""

from datetime import date

from django.db import migrations
from django.db.models import F

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
LIMITS = (  # code, longest pause in days, longest extension in the unit of the term
    ("psych_assessment_moderate", 3, 24),
    ("psych_assessment_low", 14, 5),
    ("signal_review", 7, 2),
    ("task", 30, 20),
)
LADDER = (
    (1, "owner", "", 0, "minutes", "wall"),
    (1, "school", "psychologist", 0, "minutes", "wall"),
    (2, "district", "lead_psychologist", 1, "days", "school"),
    (3, "region", "lead_psychologist", 3, "days", "school"),
)


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    for code, pause, extension in LIMITS:
        rules = apps.get_model("clocks", "DeadlineRule").objects.filter(code=code, source=POLICY)
        rules.update(longest_pause=pause, longest_extension=extension)
    step_of = apps.get_model("clocks", "EscalationStep")
    step_of.objects.bulk_create(
        step_of(
            code="task",
            step=step,
            level=level,
            role=role,
            amount=amount,
            unit=unit,
            basis=basis,
            source=POLICY,
            effective_from=SINCE,
        )
        for step, level, role, amount, unit, basis in LADDER
    )
    # Of these the owner, the school and the leads were told at once; what is left is the step of the region.
    told = apps.get_model("clocks", "Clock").objects.filter(code="task", escalated_at__isnull=False, stopped_at=None)
    told.update(escalation_step=2, next_step_at=F("due_at"))


class Migration(migrations.Migration):
    dependencies = [("clocks", "0008_changes_and_absences")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
