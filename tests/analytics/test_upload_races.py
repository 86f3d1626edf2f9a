"""A video that an analysis takes at the same moment is neither removed nor expired under it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from analytics.enums import RunState, UploadState
from analytics.models import AnalysisRun, Upload
from analytics.pipeline.errors import NotAVideo
from analytics.rules.refusals import RefusedError
from analytics.selectors import due_lessons
from analytics.selectors.runs import resumable
from analytics.services import requesting, uploads
from analytics.services.files import video_path
from tests.analytics.factories import Lesson, checked_upload, lesson
from tests.analytics.requests_of import ask, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requesting, "send_run", lambda _run_id: None)


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=2, consented=1)


def assert_taken(upload: Upload) -> None:
    upload.refresh_from_db()
    assert upload.state == UploadState.USED
    assert video_path(upload.pk).exists()
    assert AnalysisRun.objects.get().state == RunState.QUEUED


def test_giving_up_a_video_that_was_just_taken(where: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = checked_upload(where, b"video")

    class Racing:
        """The analysis is asked for between the look and the change."""

        def __init__(self) -> None:
            self.found = resumable(where.psychologist)

        def get(self, **wanted: Any) -> Upload:
            found: Upload = self.found.get(**wanted)
            ask(where, upload)
            monkeypatch.setattr(uploads, "resumable", resumable)
            return found

    monkeypatch.setattr(uploads, "resumable", lambda _actor: Racing())
    with pytest.raises(Upload.DoesNotExist):
        uploads.remove_upload(where.psychologist, upload.pk)
    assert_taken(upload)


def test_a_video_that_expires_as_it_is_taken(where: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = checked_upload(where, b"video")
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    def racing(found: Iterator[Any]) -> list[Any]:
        stale = [*found]
        ask(where, upload)
        return stale

    monkeypatch.setattr(uploads, "list", racing, raising=False)
    assert uploads.expire_uploads() == 0
    assert_taken(upload)


def test_asking_for_a_video_that_was_just_given_up(where: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = checked_upload(where, b"video")
    asked = due_lessons.has_open_seat

    def given_up_meanwhile(run: AnalysisRun, now: datetime) -> bool:
        uploads.remove_upload(where.psychologist, upload.pk)
        return asked(run, now)

    monkeypatch.setattr(requesting, "has_open_seat", given_up_meanwhile)

    assert refusal(lambda: ask(where, upload)) == "upload_not_ready"
    upload.refresh_from_db()
    assert upload.state == UploadState.REMOVED


def test_a_look_that_fails_after_the_video_was_taken(where: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = checked_upload(where, b"video")

    def taken_meanwhile(_upload_id: UUID) -> None:
        ask(where, upload)
        raise NotAVideo("taken")

    monkeypatch.setattr(uploads, "_looked_into", taken_meanwhile)
    with pytest.raises(RefusedError, match="not_a_video"):
        uploads.check_upload(where.psychologist, upload.pk)
    assert_taken(upload)
