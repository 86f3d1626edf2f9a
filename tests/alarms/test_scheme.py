"""The map is drawn from coordinates alone: everything within it, north up, what lies outside at the edge."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.alarms.models import Centre
from caseflow.alarms.rules.scheme import (
    EDGE,
    HEIGHT,
    MARGIN,
    NAME_HEIGHT,
    NAME_WIDTH,
    WIDTH,
    Placed,
    Point,
    Scheme,
    apart,
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


@given(PLACES)
def test_no_name_runs_over_another_name_or_another_school(places: list[Placed]) -> None:
    named = [at for at, free in zip(places, apart(places), strict=True) if free]
    for at in named:
        for other in places:
            reaches = at.x <= other.x < at.x + NAME_WIDTH if other not in named else abs(other.x - at.x) < NAME_WIDTH
            assert other is at or not (reaches and abs(other.y - at.y) < NAME_HEIGHT)


def test_what_stands_alone_has_its_name() -> None:
    assert apart([Placed(50, 50), Placed(300, 50), Placed(50, 200)]) == (True, True, True)


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
    assert [alarm.pk for alarm, _at in found.alarms] == [known.pk]
    assert [alarm.pk for alarm in found.unplaced] == [elsewhere.pk]


def test_without_coordinates_or_without_a_centre_there_is_no_map(here: Territory) -> None:
    assert map_of(board_of(here.operator)) is None
    lies(here.school, "43.65", "51.16")
    Centre.objects.filter(pk=here.own.pk).delete()
    assert map_of(board_of(here.operator)) is None
