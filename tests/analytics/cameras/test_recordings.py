"""What recorders leave in a folder is taken in, belongs to its lesson by its time, and is gone after its analysis."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from analytics.enums import CameraCondition, RunState, UploadState
from analytics.models import AnalysisRun, CameraHealth, SeatConfirmation, Upload, Window
from analytics.pipeline.clips import render_clip
from analytics.rules.recordings import KEPT_UNCONFIRMED, MOST_AT_ONCE
from analytics.rules.refusals import RefusedError
from analytics.services.cameras import recordings
from analytics.services.cameras.linking import link_folder
from analytics.services.cameras.recordings import begin_recorded, take_recordings
from analytics.services.files import video_path
from analytics.services.uploads import expire_uploads
from analytics.tasks import take_recordings as task
from tests.analytics.cameras.factories import admin_of
from tests.analytics.conftest import Execute
from tests.analytics.factories import Lesson, confirm, lesson, lesson_clip

pytestmark = pytest.mark.django_db
LATE = 3600.0


@pytest.fixture
def where() -> Lesson:
    return lesson(consented=2)


@pytest.fixture
def folder(where: Lesson, settings: Any, tmp_path: Path) -> Path:
    settings.RECORDINGS = str(tmp_path)
    link_folder(admin_of(where.plan.camera), where.plan.camera.pk, "room 214")
    (tmp_path / "room 214").mkdir()
    return tmp_path / "room 214"


@pytest.fixture(autouse=True)
def nothing_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.services.requesting.send_run", lambda _pk: None)


def left(folder: Path, name: str, content: bytes, age_s: float = LATE) -> Path:
    path = folder / name
    path.write_bytes(content)
    written = timezone.now().timestamp() - age_s
    os.utime(path, (written, written))
    return path


def named(moment: datetime) -> str:
    return f"room214_{timezone.localtime(moment):%Y-%m-%d_%H-%M-%S}.mp4"


def test_a_recording_becomes_a_run_and_is_gone(where: Lesson, folder: Path, film: bytes, execute: Execute) -> None:
    source = left(folder, named(where.recorded_at), film)
    assert task() == 2
    assert not source.exists()
    run = AnalysisRun.objects.get()
    assert (run.slot, run.date, run.recorded_at, run.requested_by) == (where.slot, where.date, where.recorded_at, None)
    upload = run.upload
    assert upload is not None
    assert (upload.state, upload.owner, upload.camera) == (UploadState.USED, None, where.plan.camera)
    assert video_path(upload.pk).stat().st_mode & 0o777 == 0o600
    execute(run.pk)
    run.refresh_from_db()
    assert (run.state, run.masked_seats) == (RunState.DONE, 1)
    assert Window.objects.exists()
    assert not video_path(upload.pk).exists()
    assert task() == 0


def test_it_waits_for_its_teacher_and_no_longer_than_is_said(where: Lesson, folder: Path, film: bytes) -> None:
    SeatConfirmation.objects.all().delete()
    left(folder, named(where.recorded_at), film)
    assert (take_recordings(), begin_recorded()) == (1, 0)
    upload = Upload.objects.get()
    assert (upload.state, upload.duration_s, upload.width_px) == (UploadState.CHECKED, 12.0, 960)
    confirm(where.slot, where.date, where.plan)
    assert begin_recorded() == 1
    assert begin_recorded() == 0

    AnalysisRun.objects.all().delete()
    Upload.objects.update(state=UploadState.CHECKED, expires_at=timezone.now() - timedelta(seconds=1))
    assert upload.expires_at - timezone.now() > KEPT_UNCONFIRMED - timedelta(minutes=1)
    assert expire_uploads() == 1
    assert not video_path(upload.pk).exists()


OLD = named(datetime(2020, 3, 4, 9, tzinfo=timezone.get_default_timezone()))


@pytest.mark.parametrize(("name", "code"), [("lesson.mp4", "name_without_time"), (OLD, "too_old")])
def test_what_shows_no_known_lesson_is_not_kept(folder: Path, film: bytes, name: str, code: str) -> None:
    left(folder, name, film)
    take_recordings()
    upload = Upload.objects.get()
    assert (upload.state, upload.error_code) == (UploadState.REFUSED, code)
    assert not video_path(upload.pk).exists()
    assert list(folder.iterdir()) == []


def test_breaks_and_the_future_are_not_kept(where: Lesson, folder: Path, film: bytes) -> None:
    left(folder, named(where.recorded_at + timedelta(hours=5)), film)
    left(folder, named(timezone.now() + timedelta(hours=1)), film)
    take_recordings()
    assert set(Upload.objects.values_list("error_code", flat=True)) == {"no_lesson", "time_ahead"}


def test_what_is_no_video_is_refused_by_its_content(where: Lesson, folder: Path) -> None:
    left(folder, named(where.recorded_at), b"MZ" * 500)
    take_recordings()
    assert Upload.objects.get().error_code == "not_a_video"


def test_a_name_of_any_bytes_stops_nobody(where: Lesson, folder: Path, film: bytes) -> None:
    for name in (b"\xff\xfe\n\x1b[31m.mp4", b"x" * 251 + b".mp4", "\u202e4pm.2026".encode()):
        (folder / os.fsdecode(name)).write_bytes(b"no video")
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    left(folder, named(where.recorded_at), film)
    assert (take_recordings(), begin_recorded()) == (4, 1)
    assert all(name.isprintable() for name in Upload.objects.values_list("file_name", flat=True))


def test_a_file_that_goes_away_is_none_of_ours(where: Lesson, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = left(folder, "gone.mp4", b"gone")
    (entry,) = os.scandir(folder)
    source.unlink()
    assert not recordings._is_whole(entry)
    link = CameraHealth.objects.get().link
    assert not recordings._take(link, source)
    assert not Upload.objects.exists()


def test_what_is_still_written_or_no_file_is_left_alone(where: Lesson, folder: Path, film: bytes) -> None:
    left(folder, named(where.recorded_at), film, age_s=2)
    left(folder, ".hidden.mp4", film)
    left(folder, "copy.mp4.part", film)
    (folder / "sub").mkdir()
    (folder / "link.mp4").symlink_to("/etc/passwd")
    assert take_recordings() == 0
    assert len(list(folder.iterdir())) == 5
    assert Path("/etc/passwd").exists()


def test_a_file_of_another_shape_than_the_plan_is_refused(where: Lesson, folder: Path, tmp_path: Path) -> None:
    narrow = tmp_path / "narrow.mp4"
    render_clip(narrow, lesson_clip(duration_s=6).__class__(places=(), people=(), width_px=480, height_px=480))
    left(folder, named(where.recorded_at), narrow.read_bytes())
    assert (take_recordings(), begin_recorded()) == (1, 0)
    assert Upload.objects.get().error_code == "plan_does_not_fit"


def test_a_lesson_in_which_nobody_may_be_seen_waits(folder: Path, film: bytes) -> None:
    nobody = lesson(consented=0)
    link_folder(admin_of(nobody.plan.camera), nobody.plan.camera.pk, "room 7")
    (folder.parent / "room 7").mkdir()
    left(folder.parent / "room 7", named(nobody.recorded_at), film)
    assert (take_recordings(), begin_recorded()) == (1, 0)
    assert Upload.objects.get().state == UploadState.CHECKED


def test_the_page_is_told_what_is_wrong_with_a_folder(where: Lesson, folder: Path, film: bytes) -> None:
    take_recordings()
    health = CameraHealth.objects.get()
    assert (health.condition, health.trouble, health.seen_at) == (CameraCondition.SEEING, "", None)
    left(folder, named(where.recorded_at), film)
    take_recordings()
    health.refresh_from_db()
    assert health.seen_at is not None
    folder.rename(folder.with_name("elsewhere"))
    assert take_recordings() == 0
    health.refresh_from_db()
    assert (health.condition, health.trouble) == (CameraCondition.BLIND, "folder_missing")


def test_a_closed_folder_and_a_full_disk_are_said(
    where: Lesson, folder: Path, film: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = left(folder, named(where.recorded_at), film)
    monkeypatch.setattr("os.access", lambda *_: False)  # root may everything
    take_recordings()
    assert CameraHealth.objects.get().trouble == "folder_closed"
    monkeypatch.undo()

    def full(_length: int) -> None:
        raise RefusedError("no_space")

    monkeypatch.setattr(recordings, "require_space", full)
    take_recordings()
    assert CameraHealth.objects.get().trouble == "no_space"
    assert source.exists()


def test_from_another_disk_it_is_copied_whole(
    where: Lesson, folder: Path, film: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = left(folder, named(where.recorded_at), film)
    rename = Path.rename

    def across(self: Path, target: Path) -> Path:
        if self == source:
            raise OSError(18, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", across)
    assert take_recordings() == 1
    assert not source.exists()
    assert video_path(Upload.objects.get().pk).read_bytes() == film


def test_a_crash_on_the_way_loses_nothing(
    where: Lesson, folder: Path, film: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(folder, named(where.recorded_at), film)

    def killed(_upload_id: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(recordings, "_settle", killed)
    with pytest.raises(KeyboardInterrupt):
        take_recordings()
    assert Upload.objects.get().state == UploadState.RECEIVING
    monkeypatch.undo()
    assert take_recordings() == 0
    assert Upload.objects.get().state == UploadState.CHECKED
    video_path(Upload.objects.get().pk).unlink()
    Upload.objects.update(state=UploadState.RECEIVED)
    take_recordings()
    assert Upload.objects.get().error_code == "file_gone"


def test_what_is_half_there_waits(where: Lesson, folder: Path) -> None:
    facts = {"school": where.school, "camera": where.plan.camera, "length": 5, "expires_at": timezone.now()}
    Upload.objects.create(state=UploadState.RECEIVING, **facts)
    Upload.objects.create(state=UploadState.CHECKED, **facts)  # nobody has said when
    assert task() == 0
    assert set(Upload.objects.values_list("state", flat=True)) == {UploadState.RECEIVING, UploadState.CHECKED}


def test_a_link_that_was_put_in_the_place_of_a_file_leads_nowhere(
    where: Lesson, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / named(where.recorded_at)).symlink_to("/etc/passwd")
    monkeypatch.setattr(recordings, "_is_whole", lambda _entry: True)
    assert take_recordings() == 1
    assert Upload.objects.get().error_code == "not_a_video"
    assert Path("/etc/passwd").exists()


def test_a_file_that_may_not_be_moved_is_said(
    where: Lesson, folder: Path, film: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(folder, named(where.recorded_at), film)

    def refused(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refused)
    assert take_recordings() == 0
    assert CameraHealth.objects.get().trouble == "folder_closed"


def test_two_workers_take_a_file_once(
    where: Lesson, folder: Path, film: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(folder, named(where.recorded_at), film)

    def faster(_source: Path, _target: Path) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(recordings, "_move", faster)
    assert take_recordings() == 0
    assert not Upload.objects.exists()


def test_a_lesson_analysed_meanwhile_refuses_the_second_file(where: Lesson, folder: Path, film: bytes) -> None:
    left(folder, named(where.recorded_at), film)
    left(folder, "again_" + named(where.recorded_at), film)
    assert take_recordings() == 2
    assert begin_recorded() == 1
    assert Upload.objects.filter(state=UploadState.CHECKED).count() == 1, "it waits, and is removed with its term"


def test_a_folder_takes_so_many_at_once(where: Lesson, folder: Path, film: bytes) -> None:
    for number in range(MOST_AT_ONCE + 1):
        left(folder, f"{number}.mp4", b"no video")
    assert take_recordings() == MOST_AT_ONCE


def test_without_a_place_of_recordings_nothing_is_looked_at(folder: Path, film: bytes, settings: Any) -> None:
    left(folder, "a.mp4", film)
    settings.RECORDINGS = ""
    assert task() == 0
