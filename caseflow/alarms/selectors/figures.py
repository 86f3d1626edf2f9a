"""How fast alarms of schools are answered, drills apart from real alarms (rules 20 and 22)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils import timezone

from caseflow.alarms.models import Alarm
from caseflow.alarms.rules.figures import Times, times_of
from caseflow.directory.actors import Actor
from caseflow.directory.models import District, School


@dataclass(slots=True)
class Lengths:
    """Seconds of single answers."""

    drills: list[float] = field(default_factory=list)
    accepted: list[float] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)

    def add(self, other: "Lengths") -> None:
        self.drills += other.drills
        self.accepted += other.accepted
        self.arrived += other.arrived


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a school or a district. Drills are duties, so exact; of real alarms nothing is told below eight, and never
    how many there were: what could be subtracted is not published."""

    name: str
    drills: int
    drill_accepted: Times
    accepted: Times
    arrived: Times


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    district: Figures
    schools: tuple[Figures, ...]


def figures_of(actor: Actor, now: datetime | None = None) -> list[DistrictFigures]:
    """The districts the actor reaches with their schools: drills and real alarms of the last twelve whole months
    (2 queries). Whole months do not change any more, so nothing is learnt by looking twice."""
    first, end = period(now or timezone.now())
    zone = timezone.get_default_timezone()
    between = (datetime.combine(first, time(), zone), datetime.combine(end, time(), zone))
    schools = list(actor.schools().select_related("district").order_by("district__name_ru", "name_ru"))
    by_school = _lengths(schools, *between)
    districts: dict[District, list[School]] = defaultdict(list)
    for school in schools:
        districts[school.district].append(school)
    return [_district(district, within, by_school) for district, within in districts.items()]


def period(now: datetime) -> tuple[date, date]:
    """The first day of the twelve whole months before this one, and the first day after them."""
    today = timezone.localdate(now)
    return date(today.year - 1, today.month, 1), date(today.year, today.month, 1)


def _lengths(schools: list[School], begin: datetime, end: datetime) -> dict[int, Lengths]:
    found: dict[int, Lengths] = defaultdict(Lengths)
    answered = Alarm.objects.filter(
        school__in=schools, accepted_at__isnull=False, pressed_at__gte=begin, pressed_at__lt=end
    )
    for alarm in answered.select_related("drill"):
        of = found[alarm.school_id]
        (of.drills if alarm.is_drill else of.accepted).extend(_since_press(alarm, alarm.accepted_at))
        of.arrived.extend(_since_press(alarm, alarm.arrived_at))  # no patrol goes to a drill
    return found


def _since_press(alarm: Alarm, at: datetime | None) -> list[float]:
    return [(at - alarm.pressed_at).total_seconds()] if at else []


def _district(district: District, schools: Iterable[School], by_school: dict[int, Lengths]) -> DistrictFigures:
    total, rows = Lengths(), []
    for school in schools:
        of = by_school.get(school.pk, Lengths())
        total.add(of)
        rows.append(_figures(str(school), of))
    return DistrictFigures(_figures(str(district), total), tuple(rows))


def _figures(name: str, of: Lengths) -> Figures:
    return Figures(
        name=name,
        drills=len(of.drills),
        drill_accepted=times_of(of.drills, exact=True),
        accepted=times_of(of.accepted, exact=False),
        arrived=times_of(of.arrived, exact=False),
    )
