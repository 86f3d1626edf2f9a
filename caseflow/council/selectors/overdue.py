"""Decisions that are overdue, for whoever holds agencies to their duties."""

from datetime import datetime

from django.db.models import QuerySet

from caseflow.council.enums import DecisionState
from caseflow.council.models import Decision


def overdue_decisions(region_id: int, now: datetime) -> QuerySet[Decision]:
    """The decisions of a region's council whose day is over and that nobody reports as done, the longest first."""
    late = Decision.objects.filter(state=DecisionState.RUNNING, clock__due_at__lt=now)
    found = late.filter(session__council__region=region_id).select_related("agency", "clock", "session")
    return found.order_by("clock__due_at", "pk")
