"""The time of a recording and its lesson: a doubtful one refuses the run (rule 1)."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from analytics.enums import RunState, UploadState
from analytics.models import Upload
from analytics.rules.lessons import fits_lesson, lesson_span
from analytics.rules.refusals import text_of
from analytics.rules.terms import WINDOWS_KEPT
from analytics.services import requesting
from analytics.services.files import video_path
from analytics.services.uploads import check_upload
from tests.analytics.conftest import Film
from tests.analytics.factories import Lesson, checked_upload, lesson, upload_of
from tests.analytics.requests_of import ask, refusal
from tests.directory.factories import LessonSlotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requesting, "send_run", lambda _run_id: None)


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=2, consented=1)


@pytest.mark.parametrize("minutes", [-16, 31 + 1, 24 * 60, -7 * 24 * 60])
def test_a_recording_outside_the_lesson_is_refused(where: Lesson, minutes: int) -> None:
    upload = checked_upload(where, duration_s=30 * 60)
    Upload.objects.update(recorded_at=where.recorded_at + timedelta(minutes=minutes))

    assert refusal(lambda: ask(where, upload)) == "time_contradicts"


def test_a_recording_from_the_future_is_refused(where: Lesson) -> None:
    upload = checked_upload(where)
    ahead = where.date + timedelta(days=14)
    Upload.objects.update(recorded_at=where.recorded_at + timedelta(days=14))

    assert refusal(lambda: ask(where, upload, date=ahead)) == "time_ahead"


@pytest.mark.parametrize(("minutes_after_it_began", "is_over"), [(29, False), (31, True)])
def test_a_recording_that_is_not_over_by_its_own_time_is_refused(
    where: Lesson, monkeypatch: pytest.MonkeyPatch, minutes_after_it_began: int, *, is_over: bool
) -> None:
    """Its last frames would lie in the future, where the gate is closed."""
    upload = checked_upload(where, duration_s=30 * 60)
    now = where.recorded_at + timedelta(minutes=minutes_after_it_began)
    monkeypatch.setattr(timezone, "now", lambda: now)

    if is_over:
        assert ask(where, upload).state == RunState.QUEUED
    else:
        assert refusal(lambda: ask(where, upload)) == "time_ahead"


@pytest.mark.parametrize(
    ("minutes", "length_min", "fits"),
    [
        (0, 45, True),
        (-15, 45, True),
        (-16, 10, False),
        (15, 45, True),
        (16, 45, False),
        (0, 61, False),
        (59, 1, False),
        (44, 2, True),
    ],
)
def test_the_tolerance_is_a_quarter_of_an_hour(where: Lesson, minutes: int, length_min: int, *, fits: bool) -> None:
    span = lesson_span(where.date, where.slot.starts_at, where.slot.ends_at)

    assert fits_lesson(span[0] + timedelta(minutes=minutes), length_min * 60, span) == fits


@pytest.mark.parametrize(("after", "refused"), [(timedelta(minutes=-1), False), (timedelta(0), True)])
def test_a_lesson_whose_windows_may_have_gone_is_refused(
    where: Lesson, monkeypatch: pytest.MonkeyPatch, after: timedelta, *, refused: bool
) -> None:
    """The day would be worked out anew from this lesson alone and lose the value that it has."""
    upload = checked_upload(where)
    now = midnight_of(where) + WINDOWS_KEPT + after
    monkeypatch.setattr(timezone, "now", lambda: now)

    if refused:
        assert refusal(lambda: ask(where, upload)) == "too_old"
    else:
        assert ask(where, upload).state == RunState.QUEUED


def test_nor_is_it_taken_with_a_typed_time(where: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = checked_upload(where)
    Upload.objects.update(recorded_at=None)
    now = midnight_of(where) + WINDOWS_KEPT
    monkeypatch.setattr(timezone, "now", lambda: now)

    assert refusal(lambda: ask(where, upload, typed_recorded_at=where.recorded_at)) == "too_old"
    upload.refresh_from_db()
    assert upload.state == UploadState.CHECKED, "another time may be typed"


def test_such_a_video_is_refused_and_removed_when_it_is_looked_into(where: Lesson, dated_film: Film) -> None:
    upload = upload_of(where.psychologist.user, dated_film(timezone.now() - WINDOWS_KEPT))

    assert refusal(lambda: check_upload(where.psychologist, upload.pk)) == "too_old"
    upload.refresh_from_db()
    assert (upload.state, upload.error_code) == (UploadState.REFUSED, "too_old")
    assert not video_path(upload.pk).exists()


def test_the_sentence_names_the_term() -> None:
    assert f"{WINDOWS_KEPT.days} days" in str(text_of("too_old"))


def midnight_of(where: Lesson) -> datetime:
    """The first moment of the lesson's day."""
    return datetime.combine(where.date, time(), timezone.get_default_timezone())


def test_a_break_after_the_lesson_is_not_the_lesson(where: Lesson) -> None:
    span = lesson_span(where.date, where.slot.starts_at, where.slot.ends_at)

    assert not fits_lesson(span[1] + timedelta(seconds=30), 14 * 60, span)


def test_what_shows_more_of_the_next_lesson_in_the_room_is_refused(where: Lesson) -> None:
    LessonSlotFactory.create(
        school_class=where.slot.school_class, room=where.slot.room, weekday=where.slot.weekday,
        starts_at=where.slot.ends_at, ends_at=time(where.slot.ends_at.hour + 1),
    )  # fmt: skip
    upload = checked_upload(where, duration_s=16 * 60)
    ends_at = lesson_span(where.date, where.slot.starts_at, where.slot.ends_at)[1]

    Upload.objects.update(recorded_at=ends_at - timedelta(minutes=7))
    assert refusal(lambda: ask(where, upload)) == "time_contradicts"
    Upload.objects.update(recorded_at=ends_at - timedelta(minutes=9))
    assert ask(where, upload).state == RunState.QUEUED


def test_without_a_time_in_the_file_it_must_be_typed(where: Lesson) -> None:
    upload = checked_upload(where)
    Upload.objects.update(recorded_at=None)

    assert refusal(lambda: ask(where, upload)) == "time_unknown"

    run = ask(where, upload, typed_recorded_at=where.recorded_at)
    assert run.recorded_at_typed


def test_a_typed_time_does_not_overrule_the_file(where: Lesson) -> None:
    upload = checked_upload(where)
    Upload.objects.update(recorded_at=where.recorded_at - timedelta(days=1))

    assert refusal(lambda: ask(where, upload, typed_recorded_at=where.recorded_at)) == "time_contradicts"


def test_a_day_without_that_lesson_is_refused(where: Lesson) -> None:
    assert refusal(lambda: ask(where, date=where.date + timedelta(days=1))) == "wrong_day"
