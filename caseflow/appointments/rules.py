"""When an appointment may be, what may become of it, and where a calendar has room. Pure: times are aware."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from uuid import UUID

from caseflow.appointments.enums import AppointmentKind, AppointmentState
from caseflow.directory.enums import Role

# Who learns that a room is taken, and no more of it.
ROOM_READERS = (
    Role.PSYCHOLOGIST,
    Role.SOCIAL_PEDAGOGUE,
    Role.PRINCIPAL,
    Role.SCHOOL_ADMIN,
    Role.TEACHER,
    Role.CLASS_TEACHER,
)
STEP = 5
DEFAULT_MINUTES, LONGEST_MINUTES = 45, 480
FARTHEST, LONGEST_AGO = timedelta(days=400), timedelta(days=31)
LONGEST_TEXT = 4_000
MOST_PEOPLE = 60
CORRECTABLE = (AppointmentState.HELD, AppointmentState.NOT_COME)  # answers that can be taken back
REMINDER_CHOICES = (0, 5, 10, 15, 30, 60, 120)
Span = tuple[datetime, datetime]


class AppointmentRefused(Exception):  # noqa: N818  said to a person, not an error of the program
    """What was asked is not possible; `str` says why in the reader's language."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An appointment as somebody wants it. `members` are ids of users of the staff."""

    starts_at: datetime
    minutes: int
    kind: AppointmentKind
    room: int | None = None
    case: UUID | None = None
    pupils: tuple[UUID, ...] = ()
    guardians: tuple[UUID, ...] = ()
    members: tuple[int, ...] = ()
    purpose: str = ""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def people_count(self) -> int:
        return len(self.pupils) + len(self.guardians) + len(self.members)


def only_moved(before: Plan, after: Plan, *, room: bool = True) -> bool:
    """Whether nothing but the time is another one, or with `room` the room; people in any order are the same people."""
    rooms = after.room if room else before.room
    return _who(replace(before, starts_at=after.starts_at, minutes=after.minutes, room=rooms)) == _who(after)


def _who(plan: Plan) -> tuple[Plan, frozenset[UUID], frozenset[UUID], frozenset[int]]:
    rest = replace(plan, pupils=(), guardians=(), members=(), purpose=plan.purpose.strip())
    return rest, frozenset(plan.pupils), frozenset(plan.guardians), frozenset(plan.members)


def may_become(state: str, target: str, *, starts_at: datetime, now: datetime) -> bool:
    """Whether an appointment in `state` may become `target`: an answer is final, and none comes before the beginning
    but that it is called off. Planned becoming planned is a move."""
    if state != AppointmentState.PLANNED:
        return False
    return starts_at <= now or target in (AppointmentState.CALLED_OFF, AppointmentState.PLANNED)


def is_unanswered(state: str, *, ends_at: datetime, now: datetime) -> bool:
    """Whether somebody has to say what became of it."""
    return state == AppointmentState.PLANNED and ends_at <= now


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a moment; where one ends as the other begins, they do not."""
    return one[0] < other[1] and other[0] < one[1]


def weekly(first: date, last: date, counts: Callable[[date], bool]) -> list[date]:
    """`first` and each day whole weeks after it up to `last`, without those that do not count; `first` always."""
    weeks = max((last - first).days, 0) // 7
    days = (first + timedelta(weeks=number) for number in range(1, weeks + 1))
    return [first, *(day for day in days if counts(day))]


def at_time(moment: datetime, day: date, zone: tzinfo) -> datetime:
    """The same time of the clock on another day."""
    return datetime.combine(day, moment.astimezone(zone).time(), zone)


def carried(moment: datetime, old: datetime, new: datetime, zone: tzinfo) -> datetime:
    """Where `moment` of a series goes when the appointment at `old` goes to `new`: as many days on, to the new time."""
    days = new.astimezone(zone).date() - old.astimezone(zone).date()
    return datetime.combine(moment.astimezone(zone).date() + days, new.astimezone(zone).time(), zone)


def free_starts(window: Span, busy: Iterable[Span], minutes: int, step: int = STEP) -> list[datetime]:
    """Every moment within the window, `step` minutes apart, from which `minutes` are free."""
    taken, length = list(busy), timedelta(minutes=minutes)
    found, moment = [], window[0]
    while moment + length <= window[1]:
        clashing = [span for span in taken if overlap((moment, moment + length), span)]
        if clashing:
            moment += max(_steps_to(moment, max(span[1] for span in clashing), step), timedelta(minutes=step))
        else:
            found.append(moment)
            moment += timedelta(minutes=step)
    return found


def _steps_to(moment: datetime, target: datetime, step: int) -> timedelta:
    """Whole steps from one moment until the other is reached."""
    pace = timedelta(minutes=step)
    return -(-(target - moment) // pace) * pace


def apart(moments: Sequence[datetime], minutes: int, most: int) -> list[datetime]:
    """The first `most` of them that lie at least `minutes` apart: an offer of different times."""
    chosen: list[datetime] = []
    for moment in moments:
        if len(chosen) < most and (not chosen or moment - chosen[-1] >= timedelta(minutes=minutes)):
            chosen.append(moment)
    return chosen


@dataclass(frozen=True, slots=True)
class Hours:
    """The first and the last hour of a calendar, the last one not shown any more."""

    first: int
    last: int

    @property
    def labels(self) -> list[tuple[time, int]]:
        """Each hour, and the row in which it begins."""
        return [(time(hour), (hour - self.first) * 60 // STEP + 1) for hour in range(self.first, self.last)]

    def row(self, moment: datetime) -> int:
        """The row of 5 minutes in which a local moment lies, counted from 1."""
        return (moment.hour * 60 + moment.minute - self.first * 60) // STEP + 1


def hours_shown(opens: time, closes: time, spans: Iterable[Span]) -> Hours:
    """The working hours, widened by what lies beyond them. The spans are local and end on the day they begin."""
    first, last = opens.hour, closes.hour + (closes.minute > 0)
    for begins, ends in spans:
        first = min(first, begins.hour)
        last = max(last, ends.hour + (ends.minute > 0))
    return Hours(first, last)
