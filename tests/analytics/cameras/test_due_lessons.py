"""Which lesson is analysed by itself: one that is held, confirmed, switched on, and not analysed yet."""

from datetime import datetime, time, timedelta

import pytest

from analytics.enums import Mode, RunState
from analytics.models import SeatConfirmation
from analytics.selectors.due_lessons import lesson_now, lesson_recorded
from analytics.services.switching import set_mode
from tests.analytics.cameras.factories import before, held, noon_of
from tests.analytics.factories import Lesson, confirm, run_of
from tests.directory.factories import CameraFactory, LessonSlotFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return held()


def test_a_confirmed_lesson_is_due_while_it_is_held(where: Lesson) -> None:
    due = lesson_now(where.plan.camera, noon_of(where))
    assert due is not None
    assert (due.slot, due.day, due.confirmation) == (where.slot, where.date, where.confirmation)
    assert due.ends_at == before(where, seconds=0)
    assert lesson_now(where.plan.camera, noon_of(where) + timedelta(days=1)) is None
    assert lesson_now(CameraFactory.create(room=where.slot.room), noon_of(where)) is None, "not confirmed before it"
    assert lesson_now(CameraFactory.create(), noon_of(where)) is None


def test_nothing_is_due_that_nobody_confirmed_or_switched_on(where: Lesson) -> None:
    set_mode(UserFactory.create(), where.school, Mode.OFF)
    assert lesson_now(where.plan.camera, noon_of(where)) is None
    there = held()
    SeatConfirmation.objects.filter(plan=there.plan).delete()
    assert lesson_now(there.plan.camera, noon_of(there)) is None


@pytest.mark.parametrize("state", [state for state in RunState if state != RunState.PARTIAL])
def test_a_lesson_is_analysed_once(where: Lesson, state: RunState) -> None:
    run_of(where, state=state, live=True)
    assert lesson_now(where.plan.camera, noon_of(where)) is None


def test_one_that_was_broken_off_is_gone_on_with(where: Lesson) -> None:
    run_of(where, state=RunState.PARTIAL, live=True)
    assert lesson_now(where.plan.camera, noon_of(where)) is not None
    assert lesson_recorded(where.plan.camera, noon_of(where), 600) is None, "a recording is not the rest of it"
    run_of(where, state=RunState.PARTIAL)
    assert lesson_now(where.plan.camera, noon_of(where)) is None


def test_a_confirmation_of_another_class_before_the_camera_does_not_count(where: Lesson) -> None:
    other = LessonSlotFactory.create(
        room=where.slot.room, weekday=where.slot.weekday, starts_at=time(23, 59, 59, 1), ends_at=time(23, 59, 59, 9)
    )
    other.school_class.year = where.school_class.year
    other.school_class.save()
    confirm(other, where.date, where.plan)
    at = datetime.combine(where.date, time(23, 59, 59, 5), noon_of(where).tzinfo)
    assert lesson_now(where.plan.camera, at) is None


def test_a_recording_belongs_to_the_lesson_it_shows_most_of(where: Lesson) -> None:
    where.slot.starts_at, where.slot.ends_at = time(9), time(9, 45)
    where.slot.save()
    LessonSlotFactory.create(
        school_class=where.school_class,
        room=where.slot.room,
        weekday=where.slot.weekday,
        starts_at=time(9, 50),
        ends_at=time(10, 35),
    )
    nine = datetime.combine(where.date, time(9), noon_of(where).tzinfo)
    due = lesson_recorded(where.plan.camera, nine, 2700)
    assert due is not None
    assert due.slot == where.slot
    assert lesson_recorded(where.plan.camera, nine + timedelta(minutes=50), 2700) is None, "of that nobody said a word"
    assert lesson_recorded(where.plan.camera, nine + timedelta(hours=5), 2700) is None
