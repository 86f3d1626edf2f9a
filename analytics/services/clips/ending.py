"""A clip ends with its 30 days, with the review of its report, or by the hand of who decides; then nothing opens it."""

from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from analytics.enums import ClipAct, ClipState, UploadPurpose, UploadState
from analytics.models import IncidentClip, Upload
from analytics.models.sealed import SealedClip
from analytics.rules.clips import UNDER_WAY
from analytics.selectors.clips import closed_for_good, scoped_clips, under_review
from analytics.services.clips.logging import log_clip, required_reason
from analytics.services.files import remove_video
from caseflow.directory.actors import Actor
from caseflow.incidents.models import Incident
from caseflow.records.files import remove_file
from caseflow.records.models import DataKey


def remove_clip(actor: Actor, clip_id: UUID, reason: str) -> UUID:
    """End a clip. Returns its report. Raises IncidentClip.DoesNotExist outside the actor's scope, ClipRefusedError."""
    said = required_reason(reason)
    clip = scoped_clips(actor).get(pk=clip_id)
    _end(clip, ClipAct.REMOVED, actor, said)
    return clip.incident_id


def end_clips() -> int:
    """End the clips whose time is over or whose report is no longer under review. Returns how many.

    What was closed a moment ago waits: a decision can be taken back.
    """
    expired = Q(expires_at__lte=timezone.now())
    over = IncidentClip.objects.exclude(state=ClipState.ENDED).filter(expired | closed_for_good("incident"))
    found = over.select_related("incident__data_key", "incident__triage_item")
    return sum(_end(clip, ClipAct.EXPIRED, None, "") for clip in found)


def discard_left_uploads() -> int:
    """Remove what a crash left of videos that became clips, and videos on their way to reports that were closed
    meanwhile. Returns how many."""
    made = Q(state=UploadState.USED) & ~Q(clip__state__in=UNDER_WAY)
    late = Q(state__in=(UploadState.RECEIVING, UploadState.RECEIVED)) & ~Q(
        incident__in=Incident.objects.filter(under_review())
    )
    left = list(Upload.objects.filter(made | late, purpose=UploadPurpose.CLIP).values_list("pk", flat=True))
    for upload_id in left:
        discard_upload(upload_id)
    return len(left)


def discard_upload(upload_id: UUID) -> None:
    """Remove the video that a clip was made of."""
    remove_video(upload_id)
    Upload.objects.filter(pk=upload_id).update(state=UploadState.REMOVED)


@transaction.atomic
def _end(clip: IncidentClip, act: ClipAct, actor: Actor | None, reason: str) -> bool:
    transaction.on_commit(lambda: discard_upload(clip.upload_id))  # first: it is the one that nothing has sealed
    return end_sealed(clip, act, actor, reason)


@transaction.atomic
def end_sealed(clip: SealedClip, act: ClipAct, actor: Actor | None, reason: str = "") -> bool:
    """End a clip of any kind: its key is destroyed and, after the commit, its files go. False when it had ended."""
    locked = type(clip)._default_manager.select_for_update(of=("self",))  # no lock on a key that is none
    there = locked.filter(pk=clip.pk).exclude(state=ClipState.ENDED)
    row = there.first()
    if row is None:
        return False
    key, names = row.key_id, [name for name in (row.covered_file, row.sharp_file) if name]
    there.update(state=ClipState.ENDED, ended_at=timezone.now(), key=None, covered_file="", sharp_file="")
    DataKey.objects.filter(pk=cast("UUID", key)).delete()  # it has one until now
    log_clip(clip, act, actor, reason)
    transaction.on_commit(lambda: _discard(names))
    return True


def _discard(names: list[str]) -> None:
    for name in names:
        remove_file(name)
