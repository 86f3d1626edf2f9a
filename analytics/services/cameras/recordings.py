"""Files that recorders leave: taken in, looked into, analysed once their teacher said who sat where, then gone."""

import errno
import os
import shutil
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from analytics.enums import CameraCondition, CameraSource, UploadState
from analytics.models import CameraHealth, CameraLink, Upload
from analytics.pipeline.decoding import probe_video
from analytics.pipeline.errors import VideoError
from analytics.rules.recordings import KEPT_UNCONFIRMED, MOST_AT_ONCE, STEADY, is_unfinished, readable, recording_time
from analytics.rules.refusals import RefusedError
from analytics.rules.run_states import DISPATCH_AGAIN_AFTER
from analytics.rules.terms import is_too_old
from analytics.selectors.due_lessons import has_open_seat, is_held, lesson_recorded
from analytics.services.files import require_space, video_path
from analytics.services.requesting import queue_run, require_plan_fits
from analytics.services.uploads import keep_facts, refuse
from caseflow.audit.services import record


def take_recordings() -> int:
    """Take in what lies in the folders of the cameras and look into it. Returns how many files."""
    links = CameraLink.objects.filter(source=CameraSource.FOLDER, is_on=True).select_related("camera__room")
    taken = sum(_take_from(link) for link in links) if settings.RECORDINGS else 0
    for upload_id, length in _coming().values_list("pk", "length"):
        if video_path(upload_id).exists() and video_path(upload_id).stat().st_size == length:
            _settle(upload_id)  # a crash came between
    whole = Upload.objects.filter(camera__isnull=False, state=UploadState.RECEIVED)
    for upload in whole.select_related("camera"):
        _look_into(upload)
    return taken


def begin_recorded() -> int:
    """Ask for the analysis of each recording whose lesson is confirmed by now. Returns of how many."""
    waiting = Upload.objects.filter(camera__isnull=False, state=UploadState.CHECKED).select_related("camera")
    return sum(_begin(upload) for upload in waiting)


def _take_from(link: CameraLink) -> int:
    """Take in the files of one folder. What is wrong with it is said on the camera's page."""
    folder, trouble, taken = Path(settings.RECORDINGS) / link.folder, "", 0
    try:
        if not os.access(folder, os.W_OK):  # what cannot be taken away would be taken again and again
            raise PermissionError(errno.EACCES if folder.is_dir() else errno.ENOENT, "")
        with os.scandir(folder) as entries:
            whole = list(islice(filter(_is_whole, entries), MOST_AT_ONCE))
        for entry in whole:
            taken += _take(link, Path(entry.path))
    except RefusedError as refused:
        trouble = refused.code
    except OSError as error:
        trouble = "folder_missing" if error.errno == errno.ENOENT else "folder_closed"
    _say(link, trouble, taken)
    return taken


def _is_whole(entry: "os.DirEntry[str]") -> bool:
    try:
        if is_unfinished(entry.name) or not entry.is_file(follow_symlinks=False):
            return False
        changed_s = entry.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:  # taken away this very moment
        return False
    return timezone.now().timestamp() - changed_s >= STEADY.total_seconds()


def _take(link: CameraLink, source: Path) -> bool:
    """The row first: a file that was moved and not noted down is found again. Raises RefusedError("no_space")."""
    try:
        length = source.stat(follow_symlinks=False).st_size
    except FileNotFoundError:  # another worker was faster
        return False
    require_space(length)
    upload = Upload(
        school_id=link.camera.room.school_id,
        camera=link.camera,
        file_name=readable(source.name),
        length=length,
        expires_at=timezone.now() + KEPT_UNCONFIRMED,
    )
    with transaction.atomic():
        upload.save()
        record(action="video.taken_in", actor_id=None, role="", obj=f"upload:{upload.pk}", detail={"camera": link.pk})
    try:
        _move(source, video_path(upload.pk))
    except FileNotFoundError:  # another worker was faster
        upload.delete()
        return False
    _settle(upload.pk)
    return True


def _move(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copied = target.with_suffix(".coming")
        shutil.copyfile(source, copied, follow_symlinks=False)
        with copied.open("rb") as file:
            os.fsync(file.fileno())
        source.unlink()
        copied.rename(target)
    if not target.is_symlink():
        target.chmod(0o600)


def _coming() -> QuerySet[Upload]:
    return Upload.objects.filter(camera__isnull=False, state=UploadState.RECEIVING)


def _settle(upload_id: UUID) -> None:
    _coming().filter(pk=upload_id).update(state=UploadState.RECEIVED, received=F("length"))


def _look_into(upload: Upload) -> None:
    """By content; a file that shows no lesson is not kept for a moment longer (rule 12)."""
    try:
        info = probe_video(video_path(upload.pk))
        recorded_at = recording_time(info.recorded_at, upload.file_name)
        _require_a_lesson(upload, recorded_at, info.duration_s)
    except (VideoError, RefusedError) as error:
        refuse(upload.pk, error.code)
    except FileNotFoundError:
        refuse(upload.pk, "file_gone")
    else:
        keep_facts(upload.pk, info, recorded_at)


def _require_a_lesson(upload: Upload, recorded_at: datetime, length_s: float) -> None:
    """Raises RefusedError: too_old, time_ahead, no_lesson."""
    if is_too_old(recorded_at, timezone.now()):
        raise RefusedError("too_old")
    if recorded_at + timedelta(seconds=length_s) > timezone.now():
        raise RefusedError("time_ahead")
    if upload.camera is None or not is_held(upload.camera, recorded_at, length_s):
        raise RefusedError("no_lesson")


def _begin(upload: Upload) -> bool:
    if upload.camera is None or upload.recorded_at is None:
        return False
    due = lesson_recorded(upload.camera, upload.recorded_at, upload.duration_s or 0.0)
    if due is None:
        return False
    now = timezone.now()
    run = due.new_run(
        upload.recorded_at, upload=upload, declared_s=upload.duration_s, lease_until=now + DISPATCH_AGAIN_AFTER
    )
    try:
        require_plan_fits(due.confirmation.plan, upload)
        if has_open_seat(run, now):
            queue_run(None, run, upload)
            return True
    except RefusedError as refused:
        refuse(upload.pk, refused.code)
    return False


def _say(link: CameraLink, trouble: str, taken: int) -> None:
    now = timezone.now()
    condition = CameraCondition.BLIND if trouble else CameraCondition.SEEING
    health = CameraHealth.objects.filter(link=link, link__version=link.version)
    health.exclude(condition=condition, trouble=trouble).update(condition=condition, trouble=trouble, since=now)
    if taken:
        health.update(seen_at=now)
