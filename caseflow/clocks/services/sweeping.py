import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.clocks.models import Clock
from caseflow.clocks.services.ringing import ring_due_calls
from caseflow.clocks.watchers import watchers_of

log = logging.getLogger(__name__)

NEARING = ("warned_at", "warn_at")
MISSED = ("escalated_at", "due_at")


def sweep(now: datetime | None = None) -> int:
    """Mark the running clocks that near their end or missed it, tell their watchers, and ring the duty calls that
    nobody answered in time. Returns how many marks and rings.

    Each mark is set once, by a conditional UPDATE, in one transaction with what its watchers write. A watcher that
    fails takes back this one mark alone, is logged, and is asked again by the next sweep.
    """
    moment = now or timezone.now()
    return _sweep_stage(moment, *NEARING) + _sweep_stage(moment, *MISSED) + ring_due_calls(moment)


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
