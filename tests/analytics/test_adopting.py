"""A video that lies on this machine already is taken in as if it had been uploaded."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from analytics.enums import UploadState
from analytics.selectors.runs import lesson_offer, own_uploads
from analytics.services.files import video_path
from analytics.services.uploads import adopt_file, check_upload, expire_uploads
from tests.analytics.conftest import Film
from tests.analytics.factories import Lesson, lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=1)


@pytest.fixture
def source(where: Lesson, dated_film: Film, tmp_path: Path) -> Path:
    path = tmp_path / "source.mp4"
    path.write_bytes(dated_film(where.recorded_at))
    return path


def test_it_waits_for_its_lesson_like_an_uploaded_one(where: Lesson, source: Path) -> None:
    upload = adopt_file(where.psychologist, source, "lesson.mp4")

    (waiting,) = own_uploads(where.psychologist)
    assert (waiting.pk, waiting.file_name, waiting.state) == (upload.pk, "lesson.mp4", UploadState.RECEIVED)
    assert waiting.length == waiting.received == source.stat().st_size
    assert check_upload(where.psychologist, upload.pk).recorded_at == where.recorded_at
    assert lesson_offer(where.psychologist, upload.pk).day == where.date


def test_the_file_itself_stays_and_its_copy_is_read_by_nobody_else(where: Lesson, source: Path) -> None:
    upload = adopt_file(where.psychologist, source, "lesson.mp4")

    copy = video_path(upload.pk)
    assert copy.read_bytes() == source.read_bytes()
    assert copy.stat().st_mode & 0o077 == 0


def test_it_waits_for_longer_than_a_person_would(where: Lesson, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = adopt_file(where.psychologist, source, "lesson.mp4")
    in_a_month = timezone.now() + timedelta(days=30)
    monkeypatch.setattr("analytics.services.uploads.timezone.now", lambda: in_a_month)

    assert expire_uploads() == 0
    assert video_path(upload.pk).exists()
