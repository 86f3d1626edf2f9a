"""A day or a week of appointments, laid out as the page shows it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from caseflow.appointments.enums import AppointmentState
from caseflow.appointments.models import Appointment
from caseflow.appointments.rules import Hours, hours_shown, is_unanswered
from caseflow.appointments.selectors.days import midnight, zone
from caseflow.appointments.selectors.scope import scoped_appointments
from caseflow.clocks.enums import Basis
from caseflow.clocks.rules import Calendar, monday_of
from caseflow.clocks.selectors import calendar_of
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School

DAY, WEEK = "day", "week"
OWN, ALL = "own", "all"
SLOT_MINUTES = 30
SATURDAY, SUNDAY = 6, 7
PEOPLE = ("participants__pupil__school_class", "participants__guardian", "participants__member")
UNANSWERED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment, in local time. `appointment` is None where its reader learns only that a room is taken."""

    starts_at: datetime
    ends_at: datetime
    row: int
    rows: int
    room: str
    appointment: Appointment | None
    unanswered: bool = False
    own: bool = False

    @property
    def people(self) -> list[str]:
        """Who takes part, the pupils first."""
        if self.appointment is None:
            return []
        everybody = self.appointment.participants.all()
        return [each.person for each in sorted(everybody, key=lambda each: each.pupil_id is None)]

    @property
    def state(self) -> str:
        return self.appointment.state if self.appointment else ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which a new appointment can begin."""

    at: datetime
    row: int


@dataclass(frozen=True, slots=True)
class Day:
    """`off` says that there are no lessons on it; `chosen` that the page was asked for this day."""

    date: date
    today: bool
    past: bool
    off: bool
    chosen: bool
    entries: tuple[Entry, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days of whose appointments are looked at."""

    day: date
    view: str = WEEK
    whose: str = OWN

    @property
    def first(self) -> date:
        return self.day if self.view == DAY else monday_of(self.day)

    @property
    def last(self) -> date:
        return self.day if self.view == DAY else self.first + timedelta(days=6)

    @property
    def earlier(self) -> date:
        return self.day - timedelta(days=1 if self.view == DAY else 7)

    @property
    def later(self) -> date:
        return self.day + timedelta(days=1 if self.view == DAY else 7)


@dataclass(frozen=True, slots=True)
class CalendarPage:
    asked: Asked
    days: tuple[Day, ...]
    hours: Hours
    unanswered: tuple[Appointment, ...]
    now: datetime

    @property
    def entries(self) -> list[Entry]:
        return [entry for day in self.days for entry in day.entries]

    @property
    def shown(self) -> list[str]:
        """The ids of the appointments that the reader learns of."""
        return [str(entry.appointment.pk) for entry in self.entries if entry.appointment]


def calendar_page(actor: Actor, asked: Asked, now: datetime | None = None) -> CalendarPage:
    """The calendar of these days. A constant number of queries."""
    moment = now or timezone.now()
    found = within(actor, asked)
    school = actor.schools().select_related("district").first() if actor.role == Role.PSYCHOLOGIST else None
    calendar = calendar_of(school, Basis.SCHOOL, midnight(asked.first)) if school else Calendar(zone())
    entries = [_entry(actor, each, seen=seen, now=moment) for each, seen in found]
    hours = hours_shown(calendar.opens_at, calendar.closes_at, [(each.starts_at, each.ends_at) for each in entries])
    placed = [_placed(entry, hours) for entry in entries]
    days = [
        _day(asked, day, calendar, [each for each in placed if each.starts_at.date() == day], hours, moment, school)
        for day in _days(asked, placed, six_day_week=calendar.six_day_week)
    ]
    return CalendarPage(asked, tuple(days), hours, tuple(unanswered(actor, moment)), moment)


def within(actor: Actor, asked: Asked) -> list[tuple[Appointment, bool]]:
    """The appointments of these days, the earliest first, and whether the actor may open each.

    A psychologist also learns when a room of the school is taken by what they may not open. Five queries at most.
    """
    reached = scoped_appointments(actor)
    readable = _whose(actor, reached, asked.whose)
    span = {"starts_at__gte": midnight(asked.first), "starts_at__lt": midnight(asked.last + timedelta(days=1))}
    seen = list(readable.filter(**span).select_related("owner", "room", "school").prefetch_related(*PEOPLE))
    hidden: Iterable[Appointment] = []
    if actor.role == Role.PSYCHOLOGIST and asked.whose == ALL:
        there = Appointment.objects.filter(**span, school__in=actor.schools(), room__isnull=False)
        hidden = there.exclude(pk__in=reached.values("pk")).exclude(state=AppointmentState.CALLED_OFF)
        hidden = hidden.select_related("room")
    both = [*((each, True) for each in seen), *((each, False) for each in hidden)]
    return sorted(both, key=lambda pair: (pair[0].starts_at, str(pair[0].pk)))


def unanswered(actor: Actor, now: datetime) -> QuerySet[Appointment]:
    """The actor's own appointments that are over and of which nobody has said what became of them, the oldest first."""
    own = scoped_appointments(actor).filter(owner=actor.user, state=AppointmentState.PLANNED, ends_at__lte=now)
    shown = own.select_related("room", "owner", "school").prefetch_related(*PEOPLE)
    return shown.order_by("starts_at")[:UNANSWERED_SHOWN]


def coming_today(actor: Actor, now: datetime) -> QuerySet[Appointment]:
    """What of the own appointments is planned for the rest of the day."""
    end = midnight(timezone.localdate(now) + timedelta(days=1))
    own = scoped_appointments(actor).filter(owner=actor.user, state=AppointmentState.PLANNED)
    ahead = own.filter(ends_at__gt=now, starts_at__lt=end)
    return ahead.select_related("room", "owner", "school").prefetch_related(*PEOPLE)


def of_case(actor: Actor, case_id: UUID, pupil_id: UUID) -> QuerySet[Appointment]:
    """The appointments that belong to the case, or to which its pupil was to come, the newest first."""
    reached = scoped_appointments(actor)
    found = reached.filter(case=case_id) | reached.filter(participants__pupil=pupil_id)
    shown = found.select_related("room", "owner", "school").prefetch_related(*PEOPLE)
    return shown.distinct().order_by("-starts_at")


def _whose(actor: Actor, reached: QuerySet[Appointment], whose: str) -> QuerySet[Appointment]:
    return reached.filter(owner=actor.user) if whose == OWN and actor.role == Role.PSYCHOLOGIST else reached


def _entry(actor: Actor, appointment: Appointment, *, seen: bool, now: datetime) -> Entry:
    begins, ends = timezone.localtime(appointment.starts_at), timezone.localtime(appointment.ends_at)
    late = is_unanswered(appointment.state, ends_at=appointment.ends_at, now=now)
    return Entry(
        starts_at=begins,
        ends_at=ends,
        row=0,
        rows=0,
        room=str(appointment.room) if appointment.room else "",
        appointment=appointment if seen else None,
        unanswered=seen and late,
        own=appointment.owner_id == actor.user.pk,
    )


def _placed(entry: Entry, hours: Hours) -> Entry:
    first = hours.row(entry.starts_at)
    length = int((entry.ends_at - entry.starts_at).total_seconds()) // 300
    return Entry(
        entry.starts_at,
        entry.ends_at,
        first,
        length,
        entry.room,
        entry.appointment,
        entry.unanswered,
        entry.own,
    )


def _days(asked: Asked, entries: Collection[Entry], *, six_day_week: bool) -> list[date]:
    """The days shown: of a week those with lessons, and any other that has an entry or was asked for."""
    busy = {entry.starts_at.date() for entry in entries} | {asked.day}
    every = [asked.first + timedelta(days=number) for number in range((asked.last - asked.first).days + 1)]
    last = SATURDAY if six_day_week else SATURDAY - 1
    return [day for day in every if day.isoweekday() <= last or day in busy]


def _day(  # what a day looks like depends on all of these
    asked: Asked,
    day: date,
    calendar: Calendar,
    entries: list[Entry],
    hours: Hours,
    now: datetime,
    school: School | None,
) -> Day:
    today = timezone.localdate(now)
    return Day(
        date=day,
        today=day == today,
        past=day < today,
        off=not calendar.counts(day),
        chosen=day == asked.day,
        entries=tuple(entries),
        slots=_slots(day, hours, now) if school else (),
    )


def _slots(day: date, hours: Hours, now: datetime) -> tuple[Slot, ...]:
    moments = [
        datetime.combine(day, time(hour, minute), zone())
        for hour in range(hours.first, hours.last)
        for minute in range(0, 60, SLOT_MINUTES)
    ]
    return tuple(Slot(moment, hours.row(moment)) for moment in moments if moment > now)
