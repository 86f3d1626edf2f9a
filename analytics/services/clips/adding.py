"""A video becomes a clip of a report: uploaded in pieces as lessons are, then handed over with a reason."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from analytics.enums import ClipAct, UploadPurpose, UploadState
from analytics.models import IncidentClip, Upload
from analytics.rules.clips import KEPT, LARGEST, LEASE, MOST_CLIPS, TAKEN, ClipRefusedError
from analytics.selectors.clips import clip_uploads, is_under_review, report_with_clips
from analytics.services.clips.logging import log_clip, required_reason
from analytics.services.dispatch import send_clip
from analytics.services.uploads import begin_place
from caseflow.directory.actors import Actor
from caseflow.incidents.models import Incident
from caseflow.records.vault import new_key


def begin_clip_upload(actor: Actor, incident_id: UUID, *, length: int, file_name: str) -> Upload:
    """Room for a video of `length` bytes of an incident.

    Raises Incident.DoesNotExist unless the actor decides on the report, ClipRefusedError (not_under_review,
    most_clips, too_large), RefusedError (empty_file, no_space).
    """
    incident = _reviewed(actor, incident_id)
    if clip_uploads(actor).filter(incident=incident).count() >= MOST_CLIPS:
        raise ClipRefusedError("most_clips")
    if length > LARGEST:
        raise ClipRefusedError("too_large")
    upload = Upload(
        school=incident.school,
        owner=actor.user,
        purpose=UploadPurpose.CLIP,
        incident=incident,
        file_name=file_name,
        length=length,
    )
    return begin_place(actor, upload)


def add_clip(actor: Actor, incident_id: UUID, upload_id: UUID, reason: str) -> IncidentClip:
    """Make a clip of a video that is all there.

    Raises Incident.DoesNotExist, Upload.DoesNotExist, ClipRefusedError (short_reason, not_under_review, most_clips,
    upload_not_ready).
    """
    said = required_reason(reason)
    with transaction.atomic():
        Incident.objects.select_for_update().filter(pk=incident_id).first()
        incident = _reviewed(actor, incident_id)
        upload = clip_uploads(actor).get(pk=upload_id, incident=incident)
        whole = Upload.objects.filter(pk=upload.pk, state=UploadState.RECEIVED)
        if not whole.update(state=UploadState.USED):
            raise ClipRefusedError("upload_not_ready")
        now = timezone.now()
        last = incident.clips.aggregate(last=Max("number"))["last"] or 0
        clip = IncidentClip.objects.create(
            incident=incident,
            number=last + 1,
            upload=upload,
            key=new_key("clip"),
            lease_until=now + LEASE,
            added_at=now,
            expires_at=now + KEPT,
        )
        log_clip(clip, ClipAct.ADDED, actor, said)
        transaction.on_commit(lambda: send_clip(clip.pk))
    return clip


def _reviewed(actor: Actor, incident_id: UUID) -> Incident:
    incident = report_with_clips(actor, incident_id)
    if not is_under_review(incident):
        raise ClipRefusedError("not_under_review")
    if incident.clips.filter(state__in=TAKEN).count() >= MOST_CLIPS:
        raise ClipRefusedError("most_clips")
    return incident
