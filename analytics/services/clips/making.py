"""The work of one clip, in a worker: drawn anew without sound, what moves pixelated, then the upload goes (rule 12)."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from analytics.enums import ClipState
from analytics.models import IncidentClip
from analytics.pipeline.errors import VideoError
from analytics.pipeline.evidence import Evidence, make_evidence
from analytics.rules.clips import LEASE, LIMITS, MOST_LOSSES, RENEW_EVERY_S
from analytics.services.clips.ending import discard_upload
from analytics.services.dispatch import send_clip
from analytics.services.files import video_path
from analytics.services.leases import LeaseLostError
from caseflow.records.files import files_with_rows, keep_file
from caseflow.records.models import DataKey


@dataclass(slots=True)
class Making:
    """The one try of one worker at a clip."""

    clip_id: UUID
    worker: str
    renewed_at: float

    def held(self) -> QuerySet[IncidentClip]:
        """The clip's row while it is this worker's; empty once it was removed, or lost to another."""
        return IncidentClip.objects.filter(pk=self.clip_id, worker=self.worker, state=ClipState.MAKING)

    def alive(self, share: float) -> None:
        """Hold the clip on, now and then. Raises LeaseLostError."""
        if monotonic() - self.renewed_at < RENEW_EVERY_S:
            return
        self.renewed_at = monotonic()
        if not self.held().update(lease_until=timezone.now() + LEASE, progress=share):
            raise LeaseLostError


def make_clip(clip_id: UUID) -> None:
    """Make the clip if it waits. It ends once: ready or failed; what a lost worker began is begun anew."""
    making = _claim(clip_id)
    if making is None:
        return
    clip = IncidentClip.objects.select_related("key").get(pk=clip_id)
    try:
        evidence = make_evidence(video_path(clip.upload_id), LIMITS, making.alive)
        _keep(making, clip.key, evidence)
    except LeaseLostError:
        return
    except VideoError as error:
        fail_clip(making.held(), error.code)
    except FileNotFoundError:
        fail_clip(making.held(), "file_gone")
    discard_upload(clip.upload_id)


def sweep_clips() -> int:
    """Send again what waits too long or was lost, give up what was lost three times. Returns how many."""
    now = timezone.now()
    under_way = IncidentClip.objects.filter(state__in=(ClipState.WAITING, ClipState.MAKING), lease_until__lt=now)
    return sum(_take_up(clip, under_way) for clip in list(under_way))


def fail_clip(clips: QuerySet[IncidentClip], code: str) -> bool:
    """Say why there will be no clip."""
    return bool(clips.update(state=ClipState.FAILED, error_code=code, worker=""))


def _claim(clip_id: UUID) -> Making | None:
    now, worker = timezone.now(), uuid4().hex
    lost = Q(state=ClipState.MAKING, lease_until__lt=now)
    free = IncidentClip.objects.filter(Q(state=ClipState.WAITING) | lost, pk=clip_id, attempt__lt=MOST_LOSSES)
    claimed = free.update(
        state=ClipState.MAKING, worker=worker, lease_until=now + LEASE, attempt=F("attempt") + 1, progress=0
    )
    return Making(clip_id, worker, monotonic()) if claimed else None


def _keep(making: Making, key: DataKey | None, evidence: Evidence) -> None:
    if key is None:  # removed while it was being made
        raise LeaseLostError
    with files_with_rows():
        kept = making.held().update(
            state=ClipState.READY,
            worker="",
            progress=1.0,
            covered_file=keep_file(key, evidence.covered),
            sharp_file=keep_file(key, evidence.sharp),
            covered_share=evidence.covered_share,
            duration_s=evidence.duration_s,
            width_px=evidence.width_px,
            height_px=evidence.height_px,
        )
        if not kept:
            raise LeaseLostError


def _take_up(clip: IncidentClip, under_way: QuerySet[IncidentClip]) -> bool:
    mine = under_way.filter(pk=clip.pk, attempt=clip.attempt)
    if clip.attempt >= MOST_LOSSES:
        given_up = fail_clip(mine, "clip_lost")
        if given_up:
            discard_upload(clip.upload_id)
        return given_up
    with transaction.atomic():
        taken = bool(mine.update(lease_until=timezone.now() + LEASE, state=ClipState.WAITING, worker=""))
        if taken:
            transaction.on_commit(_sending(clip.pk))
    return taken


def _sending(clip_id: UUID) -> Callable[[], None]:
    return lambda: send_clip(clip_id)
