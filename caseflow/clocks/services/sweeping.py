import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from caseflow.clocks.models import Clock
from caseflow.clocks.selectors.escalation import is_laddered
from caseflow.clocks.services.changing import end_pauses
from caseflow.clocks.services.escalating import climb_ladders
from caseflow.clocks.services.ringing import ring_due_calls
from caseflow.clocks.watchers import Watcher, watchers_of

log = logging.getLogger(__name__)

NEARING = ("warned_at", "warn_at")
MISSED = ("escalated_at", "due_at")


def sweep(now: datetime | None = None) -> int:
    """Mark the running clocks that near their end or missed it, tell their watchers, let the missed ones
    climb their ladders, and ring the duty calls that nobody answered in time. Pauses that are over end. Returns how
    many marks, steps, rings and ends.

    Each mark is set once, by a conditional UPDATE, in one transaction with what its watchers write. A watcher that
    fails takes back this one mark alone, is logged, and is asked again by the next sweep.
    """
    moment = now or timezone.now()
    ended = end_pauses(moment)
    marks = ended + _sweep_stage(moment, *NEARING) + _sweep_stage(moment, *MISSED)
    return marks + climb_ladders(moment) + ring_due_calls(moment)


def _sweep_stage(now: datetime, mark: str, limit: str) -> int:
    ripe = Clock.objects.filter(**{"stopped_at": None, mark: None, f"{limit}__lt": now})
    return sum(_mark(clock, mark, now) for clock in ripe.only("code", "started_at"))


def _mark(clock: Clock, mark: str, now: datetime) -> bool:
    try:
        with transaction.atomic():
            unmarked = Clock.objects.filter(**{"pk": clock.pk, "stopped_at": None, mark: None})
            if not unmarked.update(**{mark: now}):
                return False
            for watcher in _watchers(clock, mark):
                watcher([clock.pk])
    except Exception:
        log.exception("Clock %s: a watcher failed, the next sweep asks again", clock.pk)
        return False
    return True


def _watchers(clock: Clock, mark: str) -> list[Watcher]:
    """A missed clock with a ladder tells nobody by itself: the people of the first step are told by the climb."""
    climbs = mark == MISSED[0] and is_laddered(clock.code, clock.started_at)
    return [] if climbs else watchers_of(clock.code)
