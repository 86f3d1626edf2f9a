"""On which days a weekly lesson is in force, and that no two of them need one class or room at once."""

from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as checks
from hypothesis import strategies as st

from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot, Room, School, SchoolYear
from caseflow.directory.rules import in_force, is_in_force
from caseflow.directory.selectors import collides, free_from
from caseflow.directory.services.timetable import add_slot
from tests.directory.factories import RoomFactory, SchoolClassFactory, SchoolFactory, SchoolYearFactory, actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def on(day: int) -> date:
    """So many days from today."""
    return timezone.localdate() + day * DAY


def year_of(school: School, span: tuple[int, int]) -> SchoolYear:
    return SchoolYearFactory.create(region=school.district.region, starts_on=on(span[0]), ends_on=on(span[1]))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A lesson in small numbers: which class (0, 1 of this year, 2 of the last, 3 of the next) and room, the weekday,
    the hour and its length, and its own first and last day counted from today."""

    school_class: int
    room: int
    weekday: int
    hour: int
    hours: int
    starts: int | None = None
    ends: int | None = None


YEARS = ((-10, 10), (-10, 10), (-30, -11), (11, 30))  # days from today, one for each class
PLACE = {
    "school_class": st.integers(0, 3),
    "room": st.integers(0, 1),
    "weekday": st.integers(1, 2),
    "hour": st.integers(9, 11),
    "hours": st.integers(1, 2),
}


@st.composite
def entered(draw: st.DrawFn) -> Drawn:
    """A lesson that is in the timetable, or was."""
    place = {name: draw(values) for name, values in PLACE.items()}
    first, last = YEARS[place["school_class"]]
    starts = draw(st.none() | st.integers(first, last))
    ends = draw(st.none() | st.integers(first if starts is None else starts, last))
    return Drawn(**place, starts=starts, ends=ends)


NEW = st.builds(Drawn, **PLACE)
TIMETABLES = st.lists(entered(), max_size=4, unique_by=lambda each: (each.school_class, each.weekday, each.hour))


class World:
    """Four classes of three years and two rooms of one school."""

    def __init__(self) -> None:
        school = SchoolFactory.create()
        years = {span: year_of(school, span) for span in YEARS}
        self.classes = [SchoolClassFactory.create(school=school, year=years[span]) for span in YEARS]
        self.rooms: list[Room] = [RoomFactory.create(school=school) for _ in range(2)]
        self.office = actor(Role.SCHOOL_ADMIN, school=school)

    def slot(self, drawn: Drawn) -> LessonSlot:
        return LessonSlot(
            school_class=self.classes[drawn.school_class],
            room=self.rooms[drawn.room],
            subject="Физика",
            weekday=drawn.weekday,
            starts_at=time(drawn.hour),
            ends_at=time(drawn.hour + drawn.hours),
            starts_on=None if drawn.starts is None else on(drawn.starts),
            ends_on=None if drawn.ends is None else on(drawn.ends),
        )

    def fill(self, timetable: list[Drawn]) -> list[LessonSlot]:
        LessonSlot.objects.all().delete()
        return LessonSlot.objects.bulk_create(self.slot(drawn) for drawn in timetable)


@pytest.fixture
def world() -> World:
    return World()


def days_of(slot: LessonSlot) -> set[int]:
    """The days from today on which the slot is in force, counted one by one."""
    year = slot.school_class.year
    days = range((year.starts_on - on(0)).days, (year.ends_on - on(0)).days + 1)
    return {
        day
        for day in days
        if (slot.starts_on is None or slot.starts_on <= on(day)) and (slot.ends_on is None or on(day) <= slot.ends_on)
    }


def hours_of(slot: LessonSlot) -> set[tuple[int, int]]:
    return {(slot.weekday, hour) for hour in range(slot.starts_at.hour, slot.ends_at.hour)}


def meet(one: LessonSlot, other: LessonSlot) -> bool:
    """Whether both need the same class or room in the same hour of the week, on whatever days."""
    shared = one.school_class == other.school_class or one.room == other.room
    return shared and bool(hours_of(one) & hours_of(other))


RULE = checks(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@RULE
@given(timetable=TIMETABLES, drawn=NEW)
def test_what_is_let_in_meets_no_other_lesson_on_any_day(world: World, timetable: list[Drawn], drawn: Drawn) -> None:
    known, new = world.fill(timetable), world.slot(drawn)
    if collides(new):
        return
    add_slot(world.office, new)
    assert days_of(new)
    assert [slot for slot in known if meet(slot, new) and days_of(slot) & days_of(new)] == []


@RULE
@given(timetable=TIMETABLES, drawn=NEW)
def test_what_is_refused_would_have_met_a_lesson_that_goes_on(
    world: World, timetable: list[Drawn], drawn: Drawn
) -> None:
    known, new = world.fill(timetable), world.slot(drawn)
    if not collides(new):
        return
    new.starts_on = free_from(new)
    left = [slot for slot in known if meet(slot, new) and days_of(slot) & days_of(new)]
    assert not days_of(new) or [slot for slot in left if slot.ends_on is None or slot.ends_on > on(0)]


@RULE
@given(timetable=TIMETABLES, drawn=NEW)
def test_a_new_lesson_waits_for_no_longer_than_what_was_taken_out(
    world: World, timetable: list[Drawn], drawn: Drawn
) -> None:
    known, new = world.fill(timetable), world.slot(drawn)
    ended = [slot.ends_on for slot in known if meet(slot, new) and days_of(slot) & days_of(new) and slot.ends_on]
    past = [day for day in ended if day <= on(0)]
    assert free_from(new) == (max(past) + DAY if past else None)


@RULE
@given(timetable=TIMETABLES, first=st.integers(-32, 32), length=st.integers(0, 12))
def test_a_lesson_is_in_force_on_its_own_days_within_its_class_s_year(
    world: World, timetable: list[Drawn], first: int, length: int
) -> None:
    known, span = world.fill(timetable), range(first, first + length + 1)
    found = LessonSlot.objects.filter(in_force(on(span[0]), on(span[-1])))
    assert set(found) == {slot for slot in known if days_of(slot) & set(span)}
    for slot in known:
        assert {day for day in span if is_in_force(slot, on(day))} == days_of(slot) & set(span)


@pytest.mark.parametrize(
    ("own", "asked", "expected"),
    [
        ((2, 5), (0, 1), False),
        ((2, 5), (0, 2), True),
        ((2, 5), (5, 9), True),
        ((2, 5), (6, 9), False),
        ((None, None), (-20, -11), False),
        ((None, None), (-20, -10), True),
        ((None, None), (10, 20), True),
        ((None, None), (11, 20), False),
        ((2, None), (1, 1), False),
        ((None, 5), (6, 6), False),
        ((2, 20), (11, 20), False),
    ],
)
def test_both_ends_of_both_spans_count(
    world: World, own: tuple[int | None, int | None], asked: tuple[int, int], *, expected: bool
) -> None:
    world.fill([Drawn(0, 0, 1, 9, 1, *own)])
    assert LessonSlot.objects.filter(in_force(on(asked[0]), on(asked[1]))).exists() is expected


def test_no_lesson_is_entered_that_the_year_leaves_no_day_for(world: World) -> None:
    SchoolYear.objects.filter(ends_on=on(10)).update(ends_on=on(0))
    for school_class in world.classes:
        school_class.year.refresh_from_db()
    world.fill([Drawn(0, 0, 1, 9, 1, ends=0)])
    assert collides(world.slot(Drawn(0, 0, 1, 9, 1)))
    assert not collides(world.slot(Drawn(0, 0, 2, 9, 1)))
