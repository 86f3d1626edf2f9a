"""Finds what fell on the way and sets it going again. Runs every few seconds; two at once do no harm."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from analytics.enums import RunState
from analytics.models import AnalysisRun, Window
from analytics.rules.run_states import DISPATCH_AGAIN_AFTER, state_after_loss
from analytics.selectors.leases import lapsed
from analytics.services.cameras.recovering import end_lost_live
from analytics.services.dispatch import send_run
from analytics.services.ending import discard_ended_videos, quarantine_run
from analytics.services.uploads import expire_uploads


def sweep() -> int:
    """Send lost and forgotten runs again, set aside what was lost too often, remove left files. Returns how many."""
    now = timezone.now()
    lost = AnalysisRun.objects.filter(lapsed(now), state=RunState.RUNNING)
    swept = sum(end_lost_live(run_id) for run_id in lost.filter(live=True).values_list("pk", flat=True))
    of_files = lost.filter(live=False)
    swept += sum(_take_back(run_id, attempt) for run_id, attempt in of_files.values_list("pk", "attempt"))
    forgotten = AnalysisRun.objects.filter(Q(lease_until=None) | lapsed(now), state=RunState.QUEUED)
    swept += sum(_send_again(run_id) for run_id in forgotten.values_list("pk", flat=True))
    return swept + discard_ended_videos() + expire_uploads()


def _take_back(run_id: UUID, attempt: int) -> bool:
    if state_after_loss(attempt) == RunState.QUARANTINED:
        return quarantine_run(run_id, attempt)
    now = timezone.now()
    lost = AnalysisRun.objects.filter(lapsed(now), pk=run_id, state=RunState.RUNNING, attempt=attempt)
    with transaction.atomic():
        taken = lost.update(state=RunState.QUEUED, worker="", lease_until=now + DISPATCH_AGAIN_AFTER, left_s=None)
        if taken:
            Window.objects.filter(run=run_id).delete()
            transaction.on_commit(lambda: send_run(run_id))
    return bool(taken)


def _send_again(run_id: UUID) -> bool:
    now = timezone.now()
    waiting = AnalysisRun.objects.filter(Q(lease_until=None) | lapsed(now), pk=run_id, state=RunState.QUEUED)
    with transaction.atomic():
        sent = waiting.update(lease_until=now + DISPATCH_AGAIN_AFTER)
        if sent:
            transaction.on_commit(lambda: send_run(run_id))
    return bool(sent)
