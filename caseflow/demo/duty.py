"""Who is on duty in the demo's school and region: the week that was, this one and the next. All invented."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from caseflow.clocks.models import DutyShift
from caseflow.clocks.rules import SATURDAY, monday_of
from caseflow.clocks.services.roster import add_shift
from caseflow.demo.people import People
from caseflow.directory.actors import Actor

WEEK = timedelta(days=7)
DAYS = 21
BY_DAY, BY_NIGHT = time(8), time(20)
LATER = timedelta(days=2 * DAYS)  # beyond every shift that is entered where it stays
# By day the duty person, on days off one of these in turn; by night one of those in turn. So somebody always is.
ON_DAYS_OFF = ("psychologist", "principal")
AT_NIGHT = ("pedagogue", "psychologist2", "principal")


def make_duty(people: People, now: datetime) -> None:
    """The rosters, without a gap from last week's Monday to the end of next week."""
    school, lead = people.staff["schooladmin"], people.staff["lead"]
    first = monday_of(timezone.localdate(now)) - WEEK
    for number in range(DAYS):
        day = first + timedelta(days=number)
        off = day.isoweekday() >= SATURDAY
        by_day = ON_DAYS_OFF[number % len(ON_DAYS_OFF)] if off else "duty"
        _enter(school, people.staff[by_day], _at(day, BY_DAY), _at(day, BY_NIGHT))
        by_night = AT_NIGHT[number % len(AT_NIGHT)]
        _enter(school, people.staff[by_night], _at(day, BY_NIGHT), _at(day + timedelta(days=1), BY_DAY))
    for number in range(0, DAYS, WEEK.days):
        monday = first + timedelta(days=number)
        _enter(lead, lead, _at(monday, BY_DAY), _at(monday + WEEK, BY_DAY))


def _enter(keeper: Actor, member: Actor, starts_at: datetime, ends_at: datetime) -> None:
    """By the roster's own service. It takes no shift that is over: such a one is entered for later and set back."""
    over = ends_at <= timezone.now() + timedelta(minutes=1)
    by = LATER if over else timedelta()
    shift = add_shift(keeper, member_id=member.membership.pk, starts_at=starts_at + by, ends_at=ends_at + by)
    if over:
        DutyShift.objects.filter(pk=shift.pk).update(starts_at=starts_at, ends_at=ends_at)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, timezone.get_default_timezone())
