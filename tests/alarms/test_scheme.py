"""The map is drawn from coordinates alone: everything within it, north up, what lies outside at the edge."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.alarms.models import Centre
from caseflow.alarms.rules.scheme import (
    ALARM_GAP,
    ALARM_WIDTH,
    EDGE,
    HALF,
    HEIGHT,
    MARGIN,
    NAME_GAP,
    NAME_WIDTH,
    SIDES,
    WIDTH,
    Box,
    Placed,
    Point,
    Scheme,
    alarm_side,
    beside,
    label,
)
from caseflow.alarms.selectors.board import board_of
from caseflow.alarms.selectors.scheme import Map, map_of
from caseflow.directory.models import School
from tests.alarms.factories import Territory, pressed, staff_phone, territory
from tests.directory.factories import SchoolFactory

DEGREES = st.builds(Point, st.floats(40, 56), st.floats(46, 88))


@given(st.lists(DEGREES, min_size=1, max_size=30))
def test_the_whole_territory_is_within_the_margins(territory: list[Point]) -> None:
    scheme = Scheme(territory)
    for point in territory:
        at = scheme.place(point)
        assert MARGIN - 1 <= at.x <= WIDTH - MARGIN + 1
        assert MARGIN - 1 <= at.y <= HEIGHT - MARGIN + 1
        assert at.arrow == ""


@given(st.lists(DEGREES, min_size=2, max_size=10), DEGREES)
def test_what_lies_outside_stands_at_the_edge_and_is_pointed_to(territory: list[Point], other: Point) -> None:
    at = Scheme(territory).place(other)
    assert EDGE <= at.x <= WIDTH - EDGE
    assert EDGE <= at.y <= HEIGHT - EDGE
    at_the_edge = at.x in (EDGE, WIDTH - EDGE) or at.y in (EDGE, HEIGHT - EDGE)
    assert not at.arrow or at_the_edge


@pytest.mark.parametrize(
    ("far", "arrow"),
    [
        (Point(60, 51), "↑"),
        (Point(60, 70), "↗"),
        (Point(43.5, 70), "→"),
        (Point(30, 70), "↘"),
        (Point(30, 51), "↓"),
        (Point(30, 40), "↙"),
        (Point(43.5, 40), "←"),
        (Point(60, 40), "↖"),
    ],
)
def test_arrows_point_where_it_lies(far: Point, arrow: str) -> None:
    assert Scheme([Point(43, 50.5), Point(44, 51.5)]).place(far).arrow == arrow


def test_north_is_up_and_east_is_right() -> None:
    south_west, north_east = Point(43, 50), Point(44, 51)
    scheme = Scheme([south_west, north_east])
    low, high = scheme.place(south_west), scheme.place(north_east)
    assert low.x < high.x
    assert low.y > high.y


PLACES = st.lists(st.builds(Placed, st.integers(0, WIDTH), st.integers(0, HEIGHT)), max_size=20, unique=True)


@given(PLACES, st.data())
def test_no_name_runs_over_a_name_a_school_an_alarm_or_the_edge(places: list[Placed], data: st.DataObject) -> None:
    alarms = data.draw(st.lists(st.sampled_from(places), max_size=3, unique=True)) if places else []
    sides = beside(places, alarms)
    names = [label(at, NAME_GAP, NAME_WIDTH, side) for at, side in zip(places, sides, strict=True) if side]
    said = [label(at, ALARM_GAP, ALARM_WIDTH, alarm_side(at)) for at in alarms]
    assert all(name.left >= 0 and name.right <= WIDTH for name in names)
    for number, name in enumerate(names):
        assert not any(map(name.meets, [*names[:number], *said]))
    for at, side in zip(places, sides, strict=True):
        if side:
            name = label(at, NAME_GAP, NAME_WIDTH, side)
            assert not any(name.meets(Box(o.x - HALF, o.x + HALF, o.y)) for o in places if o is not at)
            assert at not in alarms


def test_what_stands_alone_has_its_name_to_the_right_and_at_the_right_edge_to_the_left() -> None:
    assert beside([Placed(50, 50), Placed(300, 50), Placed(WIDTH - 30, 200)]) == ("right", "right", "left")


def test_what_has_neighbours_on_both_sides_has_no_name() -> None:
    assert beside([Placed(200, 50), Placed(240, 50), Placed(280, 50)])[1] == ""
    assert set(SIDES) == {"right", "left"}


def lies(school: School, latitude: str, longitude: str) -> School:
    school.latitude, school.longitude = Decimal(latitude), Decimal(longitude)
    school.save()
    return school


@pytest.fixture
def here(db: None) -> Territory:
    return territory()


def shown(here: Territory) -> Map:
    found = map_of(board_of(here.operator))
    assert found
    return found


def test_a_district_with_several_schools_is_shown_alone(here: Territory) -> None:
    lies(here.school, "43.65", "51.16")
    lies(SchoolFactory.create(district=here.school.district), "43.66", "51.18")
    lies(SchoolFactory.create(district=here.neighbour.agency.district), "45.3", "55.2")
    found = shown(here)
    assert (found.territory, len(found.schools)) == (str(here.school.district), 2)


def test_a_district_of_one_school_is_shown_within_its_region(here: Territory) -> None:
    lies(here.school, "43.65", "51.16")
    lies(SchoolFactory.create(district=here.neighbour.agency.district), "45.3", "55.2")
    found = shown(here)
    assert (found.territory, len(found.schools)) == (str(here.school.district.region), 2)


def test_open_alarms_are_marked_and_those_without_coordinates_named(here: Territory) -> None:
    lies(here.school, "43.65", "51.16")
    unknown = SchoolFactory.create(district=here.school.district)
    known, elsewhere = pressed(here.phone), pressed(staff_phone(unknown))
    found = shown(here)
    assert [alarm.pk for alarm, _at, _side in found.alarms] == [known.pk]
    assert [alarm.pk for alarm in found.unplaced] == [elsewhere.pk]


def test_without_coordinates_or_without_a_centre_there_is_no_map(here: Territory) -> None:
    assert map_of(board_of(here.operator)) is None
    lies(here.school, "43.65", "51.16")
    Centre.objects.filter(pk=here.own.pk).delete()
    assert map_of(board_of(here.operator)) is None
