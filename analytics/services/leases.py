"""A run belongs to one worker for a few seconds at a time. Every step asks the row whether that is still so."""

import os
import socket
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from analytics.enums import Mode, RunState
from analytics.models import AnalysisRun, RunSeat, Window
from analytics.rules.run_states import LEASE, MOST_LOSSES
from analytics.selectors.leases import lapsed
from analytics.selectors.switching import mode_of


class LeaseLostError(Exception):
    """Somebody else has the run, or it has ended: whatever this worker found is not to be kept."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A run and the one try of one worker that holds it."""

    run_id: UUID
    worker: str

    def renew(self, **figures: float | None) -> bool:
        """Hold the run for another lease, noting `figures`. False when it is no longer held."""
        return self.change(lease_until=timezone.now() + LEASE, **figures)

    def change(self, **changes: object) -> bool:
        """Change the row if it is still held; the caller checks the answer inside its transaction."""
        held = AnalysisRun.objects.filter(pk=self.run_id, worker=self.worker, state=RunState.RUNNING)
        return bool(held.update(**changes))


def claim_run(run_id: UUID) -> Holding | None:
    """Take the run for one lease, or None if someone else has it, it has ended, or it was lost too often.

    What an earlier, lost try left behind is removed: the run begins anew and ends complete, once.
    """
    now, worker = timezone.now(), f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid4().hex[:12]}"
    abandoned = lapsed(now) & Q(state=RunState.RUNNING, attempt__lt=MOST_LOSSES)
    free = AnalysisRun.objects.filter(Q(state=RunState.QUEUED) | abandoned, pk=run_id)
    with transaction.atomic():
        claimed = free.update(
            state=RunState.RUNNING,
            worker=worker,
            lease_until=now + LEASE,
            attempt=F("attempt") + 1,
            started_at=now,
            progress=0,
            left_s=None,
        )
        if not claimed:
            return None
        Window.objects.filter(run=run_id).delete()
        RunSeat.objects.filter(run=run_id).delete()
    return Holding(run_id, worker)


def reason_to_stop(run_id: UUID) -> str:
    """Why a running analysis must stop now: "cancelled", "stopped" (the switch), or "" (go on)."""
    school_id, cancel = AnalysisRun.objects.values_list("school_id", "cancel_requested").get(pk=run_id)
    if cancel:
        return "cancelled"
    return "stopped" if mode_of(school_id) == Mode.OFF else ""
