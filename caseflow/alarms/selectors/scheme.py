"""What the map of a console shows: the schools of the centre's territory, and the open alarms."""

from dataclasses import dataclass

from caseflow.alarms.models import Alarm, Centre
from caseflow.alarms.rules.scheme import HEIGHT, WIDTH, Placed, Point, Scheme, Side, alarm_side, beside
from caseflow.alarms.selectors.board import Board
from caseflow.directory.models import School


@dataclass(frozen=True, slots=True)
class Map:
    """`schools` with their names and the side on which there is room for these, `alarms` with the side of their text.

    `unplaced` are open alarms of schools whose coordinates nobody has entered.
    """

    territory: str
    schools: tuple[tuple[str, Placed, Side], ...]
    alarms: tuple[tuple[Alarm, Placed, Side], ...]
    unplaced: tuple[Alarm, ...]
    width: int = WIDTH
    height: int = HEIGHT


def map_of(board: Board) -> Map | None:
    """The map for what the board shows; None where the centre's territory has no school with coordinates (1 query)."""
    if board.centre is None:
        return None
    territory, known = _territory(board.centre)
    if not known:
        return None
    scheme = Scheme([point for _name, point in known])
    places = [scheme.place(point) for _name, point in known]
    open_ones = [(alarm, _point(alarm.school)) for alarm in board.open]
    alarms = [(alarm, scheme.place(point)) for alarm, point in open_ones if point]
    sides = beside(places, [at for _alarm, at in alarms])
    return Map(
        territory=territory,
        schools=tuple(zip((name for name, _point in known), places, sides, strict=True)),
        alarms=tuple((alarm, at, alarm_side(at)) for alarm, at in alarms),
        unplaced=tuple(alarm for alarm, point in open_ones if point is None),
    )


def _territory(centre: Centre) -> tuple[str, list[tuple[str, Point]]]:
    """The centre's own district, or its region where it serves that or the district has a single school to show."""
    agency = centre.agency
    known = School.objects.filter(district__region=agency.region_id, latitude__isnull=False)
    placed = [(school.district_id, str(school), point) for school in known if (point := _point(school))]
    own = [(name, point) for district, name, point in placed if district == agency.district_id]
    if len(own) > 1:
        return str(agency.district), own
    return str(agency.region), [(name, point) for _district, name, point in placed]


def _point(school: School) -> Point | None:
    if school.latitude is None or school.longitude is None:
        return None
    return Point(float(school.latitude), float(school.longitude))
