import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.clocks.models import Clock
from caseflow.clocks.rules import WARN_SHARE, due_time, warn_time
from caseflow.clocks.selectors import calendar_of, rule_in_force
from caseflow.clocks.watchers import watchers_of
from caseflow.directory.models import School

log = logging.getLogger(__name__)

NEARING = ("warned_at", "warn_at")
MISSED = ("escalated_at", "due_at")


def start_clock(code: str, school: School, at: datetime | None = None, *, due_at: datetime | None = None) -> Clock:
    """Start a clock under the rule in force at `at` (now), or with an end that a person has set.

    Raises UnknownDeadlineError, and ValueError for an end before the start.
    """
    start = at or timezone.now()
    if due_at is not None:
        return _start_until(code, school, start, due_at)
    rule = rule_in_force(code, timezone.localdate(start))
    calendar = calendar_of(school, rule.basis, start)
    due = due_time(start, rule.amount, rule.unit, rule.basis, calendar)
    warn = warn_time(start, due, rule.amount, rule.unit, rule.basis, calendar)
    return Clock.objects.create(code=code, school=school, rule=rule, started_at=start, warn_at=warn, due_at=due)


def stop_clock(clock_id: UUID, at: datetime | None = None) -> bool:
    """Stop the clock; False if it was stopped before (the first stop stays)."""
    return bool(Clock.objects.filter(pk=clock_id, stopped_at=None).update(stopped_at=at or timezone.now()))


def resume_clock(clock_id: UUID, stopped_at: datetime) -> bool:
    """Let a clock run on whose stop was taken back; False unless it was stopped exactly then."""
    return bool(Clock.objects.filter(pk=clock_id, stopped_at=stopped_at).update(stopped_at=None))


def sweep(now: datetime | None = None) -> int:
    """Mark the running clocks that near their end or missed it, and tell their watchers. Returns how many marks.

    Each mark is set once, by a conditional UPDATE, in one transaction with what its watchers write. A watcher that
    fails takes back this one mark alone, is logged, and is asked again by the next sweep.
    """
    moment = now or timezone.now()
    return _sweep_stage(moment, *NEARING) + _sweep_stage(moment, *MISSED)


def _start_until(code: str, school: School, start: datetime, due_at: datetime) -> Clock:
    if due_at < start:
        raise ValueError(f"{code} would end before it starts")
    warn_at = start + (due_at - start) * WARN_SHARE
    return Clock.objects.create(code=code, school=school, started_at=start, warn_at=warn_at, due_at=due_at)


def _sweep_stage(now: datetime, mark: str, limit: str) -> int:
    ripe = Clock.objects.filter(**{"stopped_at": None, mark: None, f"{limit}__lt": now})
    return sum(_mark(pk, code, mark, now) for pk, code in ripe.values_list("pk", "code"))


def _mark(clock_id: UUID, code: str, mark: str, now: datetime) -> bool:
    try:
        with transaction.atomic():
            unmarked = Clock.objects.filter(**{"pk": clock_id, "stopped_at": None, mark: None})
            if not unmarked.update(**{mark: now}):
                return False
            for watcher in watchers_of(code):
                watcher([clock_id])
    except Exception:
        log.exception("Clock %s: a watcher failed, the next sweep asks again", clock_id)
        return False
    return True
