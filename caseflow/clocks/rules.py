"""How deadlines are counted, and who is rung next.

Pure: times come in with a time zone and go out with the same one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from caseflow.clocks.enums import Basis, ClockState, Rung, Unit

WARN_SHARE = 0.75
SATURDAY, SUNDAY = 6, 7  # as date.isoweekday counts
ANSWER, RING_AGAIN = "duty_answer", "duty_ring_again"  # the terms of the duty roster
LAST_RUNG = Rung.REGION
STEP = {
    Unit.SECONDS: timedelta(seconds=1),
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days and hours count. `breaks` are first and last day, both without lessons."""

    zone: tzinfo
    holidays: frozenset[date] = frozenset()
    breaks: tuple[tuple[date, date], ...] = ()
    six_day_week: bool = False
    opens_at: time = time(9)
    closes_at: time = time(18)

    def counts(self, day: date) -> bool:
        last = SATURDAY if self.six_day_week else SATURDAY - 1
        free = day in self.holidays or any(start <= day <= end for start, end in self.breaks)
        return day.isoweekday() <= last and not free

    def hours_of(self, day: date) -> tuple[datetime, datetime]:
        """When the working day begins and ends."""
        return (
            datetime.combine(day, self.opens_at, self.zone),
            datetime.combine(day, self.closes_at, self.zone),
        )

    def is_open(self, moment: datetime) -> bool:
        """Whether it is working time then."""
        local = moment.astimezone(self.zone)
        opens, closes = self.hours_of(local.date())
        return self.counts(local.date()) and opens <= local < closes

    def day_length(self) -> timedelta:
        opens, closes = self.hours_of(date(2026, 1, 1))
        return closes - opens


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A clock at a moment. `seconds_left` is negative when overdue; `share_used` lies between 0 and 1."""

    state: ClockState
    seconds_left: int
    share_used: float
    due_at: datetime | None
    stopped_at: datetime | None


NOT_APPLICABLE = ClockReading(ClockState.NOT_APPLICABLE, 0, 0.0, None, None)


def add_working_time(start: datetime, amount: timedelta, calendar: Calendar) -> datetime:
    """The moment when `amount` of working time has passed since `start`.

    Time outside working hours does not count; a start outside them counts from the next opening. An amount that
    fills a day exactly ends at its closing time.
    """
    moment, left = start.astimezone(calendar.zone), amount
    while True:
        opens, closes = calendar.hours_of(moment.date())
        begins = max(moment, opens)
        if calendar.counts(moment.date()) and begins < closes:
            if left <= closes - begins:
                return begins + left
            left -= closes - begins
        moment = datetime.combine(moment.date() + timedelta(days=1), time(0), calendar.zone)


def due_time(start: datetime, amount: int, unit: str, basis: str, calendar: Calendar) -> datetime:
    """When a term of `amount` `unit` that begins at `start` ends.

    A working day is as long as the working hours of one day. Zero days of wall time end with the local day.
    """
    if basis == Basis.WALL:
        return _end_of_day(start, calendar) if unit == Unit.DAYS and amount == 0 else start + amount * STEP[Unit(unit)]
    return add_working_time(start, _working_amount(amount, unit, calendar), calendar)


def warn_time(start: datetime, due: datetime, amount: int, unit: str, basis: str, calendar: Calendar) -> datetime:
    """When three quarters of the term are used, counted in the same time as the term itself."""
    if basis == Basis.WALL:
        return start + (due - start) * WARN_SHARE
    used = _working_amount(amount, unit, calendar) * WARN_SHARE
    return min(due, add_working_time(start, used, calendar))


def time_between(start: datetime, end: datetime, basis: str, calendar: Calendar) -> timedelta:
    """How much time of this basis passes from `start` to `end`; none where `end` is not later."""
    if end <= start:
        return timedelta(0)
    if basis == Basis.WALL:
        return end - start
    first, last = start.astimezone(calendar.zone).date(), end.astimezone(calendar.zone).date()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    worked = [calendar.hours_of(day) for day in days if calendar.counts(day)]
    return sum((max(timedelta(0), min(end, closes) - max(start, opens)) for opens, closes in worked), timedelta(0))


def after_pause(
    moment: datetime, paused_at: datetime, resumed_at: datetime, basis: str, calendar: Calendar
) -> datetime:
    """Where a mark of a clock lies after a pause: as much counted time after `resumed_at` as it lay after `paused_at`.

    A mark that had passed before the pause stays. A pause in which no time of the basis passes changes nothing.
    """
    left = time_between(paused_at, moment, basis, calendar)
    if moment <= paused_at or not time_between(paused_at, resumed_at, basis, calendar):
        return moment
    return resumed_at + left if basis == Basis.WALL else add_working_time(resumed_at, left, calendar)


def extended(moment: datetime, amount: int, unit: str, basis: str, calendar: Calendar) -> datetime:
    """Where a mark of a clock lies after an extension of its term by `amount` `unit`, in the time of the term."""
    if basis == Basis.WALL:
        return moment + amount * STEP[Unit(unit)]
    return add_working_time(moment, _working_amount(amount, unit, calendar), calendar)


def read_clock(
    *,
    started_at: datetime,
    warn_at: datetime,
    due_at: datetime,
    stopped_at: datetime | None,
    now: datetime,
    paused: bool = False,
) -> ClockReading:
    """The state of a clock at `now`, or when it was stopped; the marks of a `paused` one hold its pause already."""
    at = stopped_at or now
    standing = paused and stopped_at is None
    return ClockReading(
        state=ClockState.PAUSED if standing else _state(warn_at, due_at, stopped_at, now),
        seconds_left=int((due_at - at).total_seconds()),
        share_used=_share_used(started_at, warn_at, due_at, at),
        due_at=due_at,
        stopped_at=stopped_at,
    )


def _state(warn_at: datetime, due_at: datetime, stopped_at: datetime | None, now: datetime) -> ClockState:
    if stopped_at is not None:
        return ClockState.DONE
    if now > due_at:
        return ClockState.LATE
    return ClockState.SOON if now >= warn_at else ClockState.RUNNING


def _share_used(started_at: datetime, warn_at: datetime, due_at: datetime, at: datetime) -> float:
    """Straight from 0 to the warning and from there to 1: right at both marks whatever time counts between."""
    if at >= due_at:
        return 1.0
    if at >= warn_at:
        return WARN_SHARE + (1 - WARN_SHARE) * ((at - warn_at) / (due_at - warn_at))
    return max(0.0, WARN_SHARE * ((at - started_at) / (warn_at - started_at)))


def _working_amount(amount: int, unit: str, calendar: Calendar) -> timedelta:
    return amount * (calendar.day_length() if unit == Unit.DAYS else STEP[Unit(unit)])


def _end_of_day(start: datetime, calendar: Calendar) -> datetime:
    tomorrow = start.astimezone(calendar.zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(0), calendar.zone)


@dataclass(frozen=True, slots=True)
class Ring:
    """Which rungs ring now, and under which term somebody has to answer."""

    rungs: tuple[int, ...]
    highest: int
    term: str


def next_ring(first: int, after: int | None, staffed: Collection[int]) -> Ring:
    """The ring after the rung `after` (None: nothing rang yet) of a call that began at `first`.

    `staffed` are the rungs at which somebody is to be reached: empty ones are passed over at once. When no higher one
    is left, all of them ring together, again and again: a call is never silent.
    """
    above = [rung for rung in Rung if rung in staffed and rung >= first and (after is None or rung > after)]
    if above:
        return Ring((above[0],), above[0], RING_AGAIN if above[0] == LAST_RUNG else ANSWER)
    return Ring(tuple(rung for rung in Rung if rung in staffed and rung >= first), LAST_RUNG, RING_AGAIN)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.isoweekday() - 1)


def steps_reached(times: Sequence[datetime], now: datetime) -> tuple[int, datetime | None]:
    """How many steps of a ladder are due, and when the next one is (None: none is left). A step is never due before
    the one below it, whatever times count for each."""
    at = datetime.min.replace(tzinfo=now.tzinfo)
    for number, moment in enumerate(times):
        at = max(at, moment)
        if at > now:
            return number, at
    return len(times), None


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a clock may still stand, and by how much it may still be extended, in the unit of its term.

    `own_extension` is what whoever has it may give themselves: never more in all than the length of the term.
    """

    pause: timedelta
    extension: int
    own_extension: int


def limits(*, longest_pause: int, paused: timedelta, longest_extension: int, extended: int, amount: int) -> Limits:
    """What is left of the limits of a term after pauses of `paused` and extensions of `extended` in all."""
    left = max(0, longest_extension - extended)
    return Limits(
        pause=max(timedelta(0), timedelta(days=longest_pause) - paused),
        extension=left,
        own_extension=min(left, max(0, amount - extended)),
    )
