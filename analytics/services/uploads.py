"""A video comes in piece by piece; whatever breaks on the way, it goes on from the last byte that is safe."""

from datetime import datetime
from pathlib import Path
from shutil import copyfile
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from analytics.enums import UploadState
from analytics.models import Upload
from analytics.pipeline.containers import sniff_demuxer
from analytics.pipeline.decoding import probe_video
from analytics.pipeline.errors import VideoError
from analytics.pipeline.video import VideoInfo
from analytics.rules.refusals import RefusedError
from analytics.rules.terms import is_too_old
from analytics.rules.tus import EXPIRES_AFTER, LARGEST_FILE, WRITING_LEASE
from analytics.selectors.runs import own_uploads, resumable
from analytics.selectors.switching import any_on
from analytics.services.files import Readable, create_empty, remove_video, require_space, video_path, write_at
from caseflow.audit.services import record
from caseflow.directory.actors import Actor

WAITING = (UploadState.RECEIVING, UploadState.RECEIVED, UploadState.CHECKED)


class OffsetConflictError(Exception):
    """The upload stands elsewhere, or ended."""


class BusyError(Exception):
    """Another request is writing to the upload right now."""


def begin_upload(actor: Actor, *, length: int, file_name: str) -> Upload:
    """Room for a video of `length` bytes.

    Raises RefusedError: switched_off, empty_file, too_large, no_space.
    """
    if not any_on(actor.schools().values_list("pk", flat=True)):
        raise RefusedError("switched_off")
    if length > LARGEST_FILE:
        raise RefusedError("too_large")
    upload = Upload(school=actor.schools().get(), owner=actor.user, file_name=file_name, length=length)
    return begin_place(actor, upload)


def begin_place(actor: Actor, upload: Upload) -> Upload:
    """Save the upload with an empty file of its own. Raises RefusedError: empty_file, no_space."""
    if upload.length <= 0:
        raise RefusedError("empty_file")
    require_space(upload.length + _still_coming())
    upload.expires_at = timezone.now() + EXPIRES_AFTER
    create_empty(upload.pk)
    with transaction.atomic():
        upload.save()
        _record(actor, "video.upload_begun", upload.pk)
    return upload


def append(actor: Actor, upload_id: UUID, *, offset: int, body: Readable, size: int) -> Upload:
    """Add the `size` bytes of `body` from `offset` on; what arrived before a broken connection stays.

    Raises Upload.DoesNotExist, OffsetConflictError, BusyError, RefusedError (no_space; a file whose first bytes are
    no video is refused and removed).
    """
    upload = Upload.objects.get(pk=upload_id, owner=actor.user, school__in=actor.schools())
    if offset + size > upload.length:
        raise OffsetConflictError
    writer = _claim(upload, offset)
    written = 0
    try:
        written = write_at(upload.pk, offset, body, size)
    finally:
        _release(upload.pk, writer, offset + written)
    if offset == 0 and written:
        _refuse_at_sight(upload)
    return Upload.objects.get(pk=upload_id)


def check_upload(actor: Actor, upload_id: UUID) -> Upload:
    """Look into a video that is all there: by content, never by name (rule 25).

    Takes as long as reading the file. A file that cannot be analysed is removed. Raises Upload.DoesNotExist,
    RefusedError with the pipeline's code, too_old, or upload_not_ready.
    """
    upload = own_uploads(actor).get(pk=upload_id)
    if upload.state == UploadState.RECEIVING:
        raise RefusedError("upload_not_ready")
    try:
        info = _looked_into(upload.pk)
    except (VideoError, RefusedError) as error:
        refuse(upload.pk, error.code)
        raise RefusedError(error.code) from error
    keep_facts(upload.pk, info, info.recorded_at)
    return Upload.objects.get(pk=upload_id)


def remove_upload(actor: Actor, upload_id: UUID) -> None:
    """Give a video up before it was used. Raises Upload.DoesNotExist."""
    upload = resumable(actor).get(pk=upload_id)
    with transaction.atomic():
        if not resumable(actor).filter(pk=upload.pk).update(state=UploadState.REMOVED):
            raise Upload.DoesNotExist  # it was taken meanwhile
        _record(actor, "video.removed", upload.pk)
    remove_video(upload.pk)


def adopt_file(actor: Actor, source: Path, file_name: str) -> Upload:
    """Take in a copy of a file that lies on this machine already, as if `actor` had uploaded it."""
    upload = Upload(
        school=actor.schools().get(),
        owner=actor.user,
        file_name=file_name,
        pk=uuid4(),
        expires_at=timezone.now() + 365 * EXPIRES_AFTER,
    )
    create_empty(upload.pk)
    copyfile(source, video_path(upload.pk))
    upload.length = upload.received = source.stat().st_size
    upload.state = UploadState.RECEIVED
    upload.save()
    return upload


def refuse(upload_id: UUID, code: str) -> None:
    """The file cannot be used: remember why, remove it. Nothing happens to one that an analysis has taken."""
    if Upload.objects.filter(pk=upload_id, state__in=WAITING).update(state=UploadState.REFUSED, error_code=code):
        remove_video(upload_id)


def expire_uploads() -> int:
    """Remove videos that nobody went on with. Returns how many."""
    stale = Upload.objects.filter(state__in=WAITING, expires_at__lt=timezone.now())
    removed = 0
    for upload_id in list(stale.values_list("pk", flat=True)):
        if stale.filter(pk=upload_id).update(state=UploadState.REMOVED):
            remove_video(upload_id)
            removed += 1
    return removed


def _still_coming() -> int:
    receiving = Upload.objects.filter(state=UploadState.RECEIVING).values_list("length", "received")
    return sum(length - received for length, received in receiving)


def _claim(upload: Upload, offset: int) -> UUID:
    """Become the one writer at `offset`: two tabs that send the same upload cannot interleave."""
    writer, now = uuid4(), timezone.now()
    at_offset = Upload.objects.filter(pk=upload.pk, state=UploadState.RECEIVING, received=offset)
    free = at_offset.filter(Q(writer=None) | Q(writing_until__lt=now))
    if free.update(writer=writer, writing_until=now + WRITING_LEASE):
        return writer
    raise BusyError if at_offset.exists() else OffsetConflictError


def _release(upload_id: UUID, writer: UUID, received: int) -> None:
    held = Upload.objects.filter(pk=upload_id, writer=writer)
    held.update(received=received, writer=None, writing_until=None, expires_at=timezone.now() + EXPIRES_AFTER)
    whole = Upload.objects.filter(pk=upload_id, state=UploadState.RECEIVING, received=F("length"))
    whole.update(state=UploadState.RECEIVED)


def _refuse_at_sight(upload: Upload) -> None:
    try:
        with video_path(upload.pk).open("rb") as file:
            sniff_demuxer(file)
    except VideoError as error:
        refuse(upload.pk, error.code)
        raise RefusedError(error.code) from error


def _looked_into(upload_id: UUID) -> VideoInfo:
    info = probe_video(video_path(upload_id))
    if info.recorded_at is not None and is_too_old(info.recorded_at, timezone.now()):
        raise RefusedError("too_old")
    return info


def keep_facts(upload_id: UUID, info: VideoInfo, recorded_at: datetime | None) -> None:
    """The video was looked into, and waits for its lesson."""
    Upload.objects.filter(pk=upload_id, state=UploadState.RECEIVED).update(
        state=UploadState.CHECKED,
        recorded_at=recorded_at,
        duration_s=info.duration_s,
        width_px=info.width_px,
        height_px=info.height_px,
    )


def _record(actor: Actor, action: str, upload_id: UUID) -> None:
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=f"upload:{upload_id}")
