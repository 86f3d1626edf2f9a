"""What is worth knowing of a time, and which times are free."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from caseflow.appointments.enums import CalledOffBy
from caseflow.appointments.selectors.clashes import Wanted, clash, free_slots, hints
from caseflow.appointments.services import call_off
from caseflow.appointments.services.reading import Slots, offer_slots
from caseflow.clocks.selectors.deadlines import public_holidays
from tests.appointments.factories import monday, planned, room_at
from tests.cases.factories import psychologist
from tests.directory.factories import LessonSlotFactory, PupilFactory, SchoolClassFactory, SchoolYearFactory

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()


def plain_week() -> date:
    """A Monday ahead of two weeks without a public holiday."""
    days = [timedelta(days=number) for number in range(12)]
    mondays = (monday(weeks) for weeks in range(1, 30))
    return next(day for day in mondays if not any(day + each in public_holidays((day + each).year) for each in days))


MONDAY = plain_week()


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of that week, counted from Monday."""
    return datetime.combine(MONDAY + timedelta(days=day), time(hour, minute), ZONE)


class Scene:
    """A psychologist with a room and a pupil who has a lesson on Mondays from nine."""

    def __init__(self) -> None:
        self.who = psychologist()
        school = self.who.membership.school
        assert school is not None
        self.school = school
        first, last = timezone.localdate() - timedelta(days=60), MONDAY + timedelta(days=90)
        year = SchoolYearFactory.create(region=school.district.region, starts_on=first, ends_on=last)
        year.breaks.create(starts_on=MONDAY + timedelta(days=3), ends_on=MONDAY + timedelta(days=4))
        self.pupil = PupilFactory.create(school_class=SchoolClassFactory.create(school=school, year=year))
        self.room = room_at(self.who)
        self.lesson = LessonSlotFactory.create(school_class=self.pupil.school_class, weekday=1)

    def wanted(self, **facts: object) -> Wanted:
        usual = {"school": self.school, "owner": self.who.user.pk, "room": None, "pupils": [self.pupil.pk]}
        return Wanted(**(usual | facts))  # type: ignore[arg-type]


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


def said(scene: Scene, begins: datetime, minutes: int = 45, **facts: object) -> list[str]:
    return hints(scene.wanted(**facts), (begins, begins + timedelta(minutes=minutes)))


def test_a_plain_time_has_no_hint(scene: Scene) -> None:
    assert said(scene, on(0, 10)) == []


def test_a_lesson_of_the_pupil_is_a_hint_and_no_refusal(scene: Scene) -> None:
    expected = f"Class {scene.pupil.school_class} has a lesson then: Математика, 09:00–09:45."
    assert said(scene, on(0, 9, 30)) == [expected]
    assert said(scene, on(1, 9, 30)) == []
    assert planned(scene.who, on(0, 9, 30), scene.pupil).is_planned


def test_a_lesson_in_the_room_is_a_hint(scene: Scene) -> None:
    assert said(scene, on(0, 9), pupils=[], room=scene.lesson.room_id) == [
        "There is a lesson in this room: 09:00–09:45."
    ]


def test_a_lesson_of_another_year_is_none(scene: Scene) -> None:
    scene.lesson.ends_on = MONDAY - timedelta(days=7)
    scene.lesson.save()
    assert said(scene, on(0, 9)) == []


@pytest.mark.parametrize("day", [3, 5, 6])
def test_school_holidays_and_weekends_are_a_warning(scene: Scene, day: int) -> None:
    assert said(scene, on(day, 10)) == ["There are no lessons on that day: a day off or school holidays."]


@pytest.mark.parametrize(("hour", "minutes"), [(7, 30), (17, 90)])
def test_an_hour_outside_working_time_is_a_warning(scene: Scene, hour: int, minutes: int) -> None:
    assert said(scene, on(1, hour), minutes) == ["This is outside working hours, 09:00–18:00."]


def test_free_times_lie_in_working_hours_outside_lessons_and_appointments(scene: Scene) -> None:
    planned(scene.who, on(0, 9, 45), scene.pupil, minutes=75)
    offered = free_slots(scene.wanted(), 45, on(0, 0))
    assert offered == [on(0, 11) + timedelta(minutes=30 * number) for number in range(6)]


def test_free_times_begin_after_the_moment_and_pass_over_days_off(scene: Scene) -> None:
    offered = free_slots(scene.wanted(), 60, on(2, 16, 33))
    assert offered[:3] == [on(2, 16, 35), on(7, 9, 45), on(7, 10, 15)]
    assert free_slots(scene.wanted(), 60, on(1, 16, 35))[0] == on(1, 16, 35)


def test_nothing_is_offered_where_nothing_is_free(scene: Scene) -> None:
    assert free_slots(scene.wanted(), 600, on(0, 0)) == []


def test_what_was_called_off_stands_in_nobodys_way(scene: Scene) -> None:
    made = planned(scene.who, on(0, 10), scene.pupil)
    span = (on(0, 10), on(0, 11))
    assert clash(scene.wanted(), span, asking=scene.who.user.pk) != ""
    assert clash(scene.wanted(but=[made.pk]), span, asking=scene.who.user.pk) == ""
    call_off(scene.who, made.pk, by=CalledOffBy.PUPIL)
    assert clash(scene.wanted(), span, asking=scene.who.user.pk) == ""


def test_the_form_is_offered_what_it_asks_for_within_reach(scene: Scene) -> None:
    planned(scene.who, on(0, 10), scene.pupil)
    elsewhere = PupilFactory.create()
    slots = Slots(on(0, 10), 45, scene.room.pk, (scene.pupil.pk, elsewhere.pk))
    offer = offer_slots(scene.who, slots)
    assert offer.clash.startswith("You have an appointment then")
    assert (offer.hints, offer.free[0]) == ([], on(0, 10, 45))
    before = offer_slots(scene.who, Slots(None, 45))
    assert (before.clash, before.hints, len(before.free)) == ("", [], 6)
    assert before.free[0] > timezone.now()
