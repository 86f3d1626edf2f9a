"""What came of duties with a deadline, asked of many rows at once."""

from datetime import datetime

from django.db.models import Case, F, Value, When

from caseflow.clocks.enums import Outcome


def outcome(clock: str, now: datetime) -> Case:
    """The `Outcome` of each row, by the path to its clock: what is neither given nor overdue at `now` is waiting."""
    stopped, due = f"{clock}__stopped_at", f"{clock}__due_at"
    return Case(
        When(**{f"{stopped}__lte": F(due)}, then=Value(Outcome.IN_TIME.value)),
        When(**{f"{stopped}__gt": F(due)}, then=Value(Outcome.LATE.value)),
        When(**{f"{stopped}__isnull": True, f"{due}__lt": now}, then=Value(Outcome.MISSING.value)),
        default=Value(Outcome.WAITING.value),
    )
