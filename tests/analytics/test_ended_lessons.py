"""A lesson that was taken out of the timetable keeps its past days, and no day after them."""

from datetime import date, timedelta

import pytest

from analytics.enums import RunState
from analytics.models import SeatPlan, Upload
from analytics.selectors.confirming import lessons_to_confirm, taught_lesson
from analytics.selectors.plans import confirmed_pupils
from analytics.selectors.runs import lesson_offer, lessons_on, report_for
from analytics.selectors.seat_plans import cameras_with_plans
from analytics.services import requesting
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot, SchoolYear
from caseflow.directory.services.timetable import add_slot, remove_slot
from tests.analytics.factories import Lesson, checked_upload, lesson, run_of
from tests.analytics.requests_of import ask, refusal
from tests.analytics.taught import midday, place, teacher_of
from tests.analytics.taught import where as of_yesterday
from tests.directory.factories import CameraFactory, SchoolClassFactory, actor, signed_in

pytestmark = pytest.mark.django_db
__all__ = ["midday", "of_yesterday"]  # fixtures
WEEK = timedelta(days=7)


@pytest.fixture
def where() -> Lesson:
    """A confirmed lesson of last week."""
    return lesson(pupils=2, consented=1)


@pytest.fixture(autouse=True)
def unsent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requesting, "send_run", lambda _run: None)


def ended(where: Lesson, day: date) -> None:
    LessonSlot.objects.filter(pk=where.slot.pk).update(ends_on=day)
    where.slot.refresh_from_db()


def held_on(where: Lesson, day: date) -> list[int]:
    return [held.slot.pk for held in lessons_on(where.psychologist, day)]


def replaced(where: Lesson) -> LessonSlot:
    """The lesson was taken out, and another took its place."""
    office, old = actor(Role.SCHOOL_ADMIN, school=where.school), where.slot
    remove_slot(office, old.pk)
    return add_slot(
        office,
        LessonSlot(
            school_class=old.school_class, room=old.room, teacher=old.teacher, subject="Физика", weekday=old.weekday,
            starts_at=old.starts_at, ends_at=old.ends_at,
        ),
    )  # fmt: skip


def test_each_day_has_the_lesson_that_was_in_force_on_it(where: Lesson) -> None:
    new = replaced(where)
    assert held_on(where, where.date) == [where.slot.pk]
    assert held_on(where, where.date + 2 * WEEK) == [new.pk]


def test_a_video_of_its_last_day_is_offered_and_analysed(where: Lesson) -> None:
    upload = checked_upload(where)
    ended(where, where.date)
    assert lesson_offer(where.psychologist, upload.pk).suggested == f"{where.slot.pk}:{where.plan.camera_id}"
    run = ask(where, upload)
    assert report_for(where.psychologist, run.pk).run.slot == where.slot


def test_a_video_of_the_day_after_finds_no_lesson(where: Lesson) -> None:
    upload = checked_upload(where)
    ended(where, where.date - timedelta(days=1))
    assert lesson_offer(where.psychologist, upload.pk).lessons == ()
    assert refusal(lambda: ask(where, upload)) == "wrong_day"


def test_nor_does_one_from_before_the_school_year(where: Lesson) -> None:
    SchoolYear.objects.update(starts_on=where.date + timedelta(days=1))
    assert held_on(where, where.date) == []
    assert refusal(lambda: ask(where)) == "wrong_day"


def test_a_past_analysis_is_read_after_its_lesson_was_taken_out(where: Lesson) -> None:
    run = run_of(where, state=RunState.DONE)
    replaced(where)
    page = signed_in(where.psychologist).get(f"/analysis/runs/{run.pk}/")
    assert page.status_code == 200
    assert where.slot.subject in page.text


def test_what_ended_before_does_not_make_a_recording_doubtful(where: Lesson) -> None:
    other = SchoolClassFactory.create(school=where.school, year=where.school_class.year)
    begins = where.slot.ends_at.replace(minute=30)
    beside = LessonSlot.objects.create(
        school_class=other, room=where.slot.room, weekday=where.slot.weekday, subject="Физика", starts_at=begins,
        ends_at=begins.replace(hour=begins.hour + 1),
    )  # fmt: skip
    upload = checked_upload(where, duration_s=10 * 60)
    late = where.recorded_at.replace(hour=begins.hour, minute=40)
    Upload.objects.update(recorded_at=late)
    assert refusal(lambda: ask(where, upload)) == "time_contradicts"
    LessonSlot.objects.filter(pk=beside.pk).update(ends_on=where.date - timedelta(days=1))
    assert ask(where, upload).recorded_at == late


@pytest.mark.usefixtures("midday")
class TestConfirming:
    def test_its_teacher_confirms_its_last_day(self, of_yesterday: Lesson) -> None:
        who = teacher_of(of_yesterday)
        ended(of_yesterday, of_yesterday.date)
        assert [each.slot for each in lessons_to_confirm(who)] == [of_yesterday.slot]
        assert taught_lesson(who, *place(of_yesterday)).slot == of_yesterday.slot

    @pytest.mark.parametrize("days", [1, 30])
    def test_nobody_confirms_a_day_after_it(self, of_yesterday: Lesson, days: int) -> None:
        who = teacher_of(of_yesterday)
        ended(of_yesterday, of_yesterday.date - timedelta(days=days))
        assert lessons_to_confirm(who) == []
        with pytest.raises(LessonSlot.DoesNotExist):
            taught_lesson(who, *place(of_yesterday))

    def test_nobody_confirms_a_day_before_it_began(self, of_yesterday: Lesson) -> None:
        LessonSlot.objects.update(starts_on=of_yesterday.date + timedelta(days=1))
        assert lessons_to_confirm(teacher_of(of_yesterday)) == []


def test_a_room_s_camera_no_longer_waits_for_a_plan_of_the_class(where: Lesson) -> None:
    office = actor(Role.SCHOOL_ADMIN, school=where.school)
    camera = CameraFactory.create(room=where.slot.room)

    def classes() -> list[int]:
        return [each.pk for row in cameras_with_plans(office) if row.camera == camera for each, _plan in row.plans]

    assert classes() == [where.school_class.pk]
    remove_slot(office, where.slot.pk)
    assert classes() == []
    assert SeatPlan.objects.filter(camera__room=where.slot.room).exists()


def test_seats_drawn_anew_for_the_day_close_a_run_that_waits_and_the_offer(where: Lesson) -> None:
    run = run_of(where)
    assert set(confirmed_pupils(run)) == {seat.pk for seat in where.seats}
    assert [offered.confirmed for offered in lessons_on(where.psychologist, where.date)] == [True]
    SeatPlan.objects.filter(pk=where.plan.pk).update(valid_to=where.date - timedelta(days=1))
    assert confirmed_pupils(run) == {}
    assert [offered.confirmed for offered in lessons_on(where.psychologist, where.date)] == [False]
