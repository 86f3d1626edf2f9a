from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
from django.db.models import Q, QuerySet
from django.utils import timezone

from caseflow.clocks.enums import Basis
from caseflow.clocks.models import Clock, DeadlineRule, DutyHours
from caseflow.clocks.rules import NOT_APPLICABLE, Calendar, ClockReading, read_clock
from caseflow.directory.models import Region, School, SchoolBreak

HORIZON = timedelta(days=400)  # the longest term and the longest break fit in


class UnknownDeadlineError(LookupError):
    """No deadline rule with this code is in force on that day."""


def reading(clock: Clock | None, now: datetime | None = None) -> ClockReading:
    """The clock at `now`; no clock reads as not applicable. Makes no query."""
    if clock is None:
        return NOT_APPLICABLE
    moment = now or timezone.now()
    return read_clock(
        started_at=clock.started_at,
        warn_at=clock.warn_at,
        due_at=clock.due_at,
        stopped_at=clock.stopped_at,
        now=moment,
        paused=is_paused(clock, moment),
    )


def is_paused(clock: Clock, now: datetime) -> bool:
    """Whether the clock stands: a pause is over at its end, whether or not a sweep has noticed."""
    return clock.paused_until is not None and now < clock.paused_until


def rule_in_force(code: str, on: date) -> DeadlineRule:
    """The rule that holds on that day. Raises UnknownDeadlineError."""
    rule = DeadlineRule.objects.filter(code=code, effective_from__lte=on).order_by("-effective_from").first()
    if rule is None:
        raise UnknownDeadlineError(code)
    return rule


def rules_in_force(on: date | None = None) -> QuerySet[DeadlineRule]:
    """One rule per code, the one that holds on that day (today), by code."""
    day = on or timezone.localdate()
    newer = DeadlineRule.objects.filter(effective_from__lte=day).order_by("code", "-effective_from")
    latest: dict[str, int] = {}
    for code, pk in newer.values_list("code", "pk"):
        latest.setdefault(code, pk)
    return DeadlineRule.objects.filter(pk__in=latest.values()).order_by("code")


def calendar_of(place: School | Region, basis: str, start: datetime) -> Calendar:
    """The days and hours that count there: public holidays, and for the school days of a school its breaks as well.

    Days for which no school year is known count like any other, so that a term begun in summer ends in summer. Wall
    time needs none of it, and asks nothing (an alarm's clocks run by it).
    """
    if basis == Basis.WALL:
        return Calendar(zone=timezone.get_default_timezone())
    first = timezone.localdate(start)
    school = place if isinstance(place, School) else None
    duty = _duty_hours(school, first)
    by_lessons = school if basis == Basis.SCHOOL else None
    return Calendar(
        zone=timezone.get_default_timezone(),
        holidays=public_holidays(first.year) | public_holidays(first.year + 1),
        breaks=_breaks(by_lessons, first) if by_lessons else (),
        six_day_week=by_lessons is not None and by_lessons.six_day_week,
        opens_at=duty.opens_at,
        closes_at=duty.closes_at,
    )


def out_of_hours(school: School, now: datetime | None = None) -> bool:
    """Whether nobody need be at the school then: outside its working days and hours."""
    moment = now or timezone.now()
    return not calendar_of(school, Basis.WORKING, moment).is_open(moment)


@lru_cache(maxsize=8)
def public_holidays(year: int) -> frozenset[date]:
    """The days off of the Republic of Kazakhstan, transferred ones included, as the package `holidays` knows them."""
    return frozenset(holidays.country_holidays("KZ", years=year))


def is_working_day(day: date) -> bool:
    """Whether the offices of the country work on that day: from Monday to Friday, but for the days off."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def _duty_hours(school: School | None, on: date) -> DutyHours:
    """The school's own hours before the general ones, the latest first."""
    hours = DutyHours.objects.filter(Q(school=school) | Q(school=None), effective_from__lte=on)
    return sorted(hours, key=lambda h: (h.school_id is not None, h.effective_from))[-1]


def _breaks(school: School, first: date) -> tuple[tuple[date, date], ...]:
    breaks = SchoolBreak.objects.filter(
        year__region=school.district.region_id, ends_on__gte=first, starts_on__lte=first + HORIZON
    )
    return tuple(breaks.values_list("starts_on", "ends_on"))
