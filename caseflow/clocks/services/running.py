from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from caseflow.clocks.models import Clock, DeadlineRule
from caseflow.clocks.rules import WARN_SHARE, due_time, warn_time
from caseflow.clocks.selectors import calendar_of, rule_in_force
from caseflow.directory.models import Region, School


def start_clock(
    code: str,
    place: School | Region,
    at: datetime | None = None,
    *,
    due_at: datetime | None = None,
    warn_at: datetime | None = None,
) -> Clock:
    """Start a clock under the rule in force at `at` (now), or with an end that a person has set, which warns when three
    quarters are used or at `warn_at` (at once where that has passed).

    Raises UnknownDeadlineError, and ValueError for an end before the start.
    """
    start = at or timezone.now()
    if due_at is not None:
        return _start_until(code, place, start, due_at, warn_at)
    return start_clocks(code, [place], start)[0]


def start_clocks(code: str, places: Iterable[School | Region], start: datetime) -> list[Clock]:
    """A clock for each of the places under the rule in force at `start`. In wall time 2 queries for any number.

    Raises UnknownDeadlineError.
    """
    rule = rule_in_force(code, timezone.localdate(start))
    return Clock.objects.bulk_create(_clock(code, place, rule, start) for place in places)


def stop_clock(clock_id: UUID, at: datetime | None = None) -> bool:
    """Stop the clock; False if it was stopped before (the first stop stays)."""
    return bool(Clock.objects.filter(pk=clock_id, stopped_at=None).update(stopped_at=at or timezone.now()))


def hasten_clock(clock_id: UUID, due_at: datetime, at: datetime) -> bool:
    """Let a running clock end sooner, at `due_at`, and warn anew when three quarters from `at` to it are used; False
    where it has stopped, or ends by then anyway."""
    later = Clock.objects.filter(pk=clock_id, stopped_at=None, due_at__gt=due_at)
    return bool(later.update(due_at=due_at, warn_at=at + (due_at - at) * WARN_SHARE, warned_at=None))


def resume_clock(clock_id: UUID, stopped_at: datetime) -> bool:
    """Let a clock run on whose stop was taken back; False unless it was stopped exactly then."""
    return bool(Clock.objects.filter(pk=clock_id, stopped_at=stopped_at).update(stopped_at=None))


def _clock(code: str, place: School | Region, rule: DeadlineRule, start: datetime) -> Clock:
    calendar = calendar_of(place, rule.basis, start)
    due = due_time(start, rule.amount, rule.unit, rule.basis, calendar)
    warn = warn_time(start, due, rule.amount, rule.unit, rule.basis, calendar)
    return Clock(code=code, **_at(place), rule=rule, started_at=start, warn_at=warn, due_at=due)


def _at(place: School | Region) -> dict[str, Any]:
    return {"school" if isinstance(place, School) else "region": place}


def _start_until(
    code: str, place: School | Region, start: datetime, due_at: datetime, warn_at: datetime | None
) -> Clock:
    if due_at < start:
        raise ValueError(f"{code} would end before it starts")
    warn = start + (due_at - start) * WARN_SHARE if warn_at is None else min(max(warn_at, start), due_at)
    return Clock.objects.create(code=code, **_at(place), started_at=start, warn_at=warn, due_at=due_at)
