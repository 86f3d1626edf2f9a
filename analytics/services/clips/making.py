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
from analytics.rules.clips import LEASE, LIMITS, MOST_LOSSES, RENEW_EVERY_S, UNDER_WAY
from analytics.selectors.leases import lapsed
from analytics.services.clips.ending import discard_left_uploads, discard_upload
from analytics.services.dispatch import send_clip
from analytics.services.files import video_path
from analytics.services.leases import LeaseLostError
from caseflow.records.files import keep_file, remove_file
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
        ended = _keep(making, clip.key, evidence)
    except LeaseLostError:
        ended = False
    except VideoError as error:
        ended = fail_clip(making.held(), error.code)
    except FileNotFoundError:
        ended = fail_clip(making.held(), "file_gone")
    if ended:  # else another worker may be reading it
        discard_upload(clip.upload_id)


def sweep_clips() -> int:
    """Send again what waits too long or was lost, give up what was lost three times, remove what a crash left behind.
    Returns how many."""
    under_way = IncidentClip.objects.filter(lapsed(timezone.now()), state__in=UNDER_WAY)
    return sum(_take_up(clip, under_way) for clip in list(under_way)) + discard_left_uploads()


def fail_clip(clips: QuerySet[IncidentClip], code: str) -> bool:
    """Say why there will be no clip."""
    return bool(clips.update(state=ClipState.FAILED, error_code=code, worker=""))


def _claim(clip_id: UUID) -> Making | None:
    now, worker = timezone.now(), uuid4().hex
    lost = lapsed(now) & Q(state=ClipState.MAKING)
    free = IncidentClip.objects.filter(Q(state=ClipState.WAITING) | lost, pk=clip_id, attempt__lt=MOST_LOSSES)
    claimed = free.update(
        state=ClipState.MAKING, worker=worker, lease_until=now + LEASE, attempt=F("attempt") + 1, progress=0
    )
    return Making(clip_id, worker, monotonic()) if claimed else None


def _keep(making: Making, key: DataKey | None, evidence: Evidence) -> bool:
    """Keep both videos; False, and nothing kept, where the clip is no longer this worker's."""
    if key is None:  # removed before it was read
        return False
    # Large files are sealed outside of any transaction: on SQLite a panic press would wait for it.
    names, kept = list[str](), False
    try:
        for content in (evidence.covered, evidence.sharp):
            names.append(keep_file(key, content))
        kept = bool(making.held().update(**_figures(evidence), covered_file=names[0], sharp_file=names[1]))
    finally:
        if not kept:
            for name in names:
                remove_file(name)
    return kept


def _figures(evidence: Evidence) -> dict[str, object]:
    return {
        "state": ClipState.READY,
        "worker": "",
        "progress": 1.0,
        "covered_share": evidence.covered_share,
        "duration_s": evidence.duration_s,
        "width_px": evidence.width_px,
        "height_px": evidence.height_px,
    }


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
