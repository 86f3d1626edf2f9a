"""The gate: whether a pupil's data may be used for a purpose. Pure; rules 1, 8, 9, 10.

Everything that asks goes through `gate_state`. A test compares it with an independent reference model for any
sequence of events.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from uuid import UUID

from caseflow.consent.enums import CLOSED_BY_DISSENT, CLOSED_BY_EXCLUDED, GIVING, REFUSING, EventKind, Purpose

ADULT_AGE = 18  # rule 10: the guardians' decisions end, the pupil's own begin
OWN = None  # stands where a guardian's id would: the grown pupil decides


def adult_on(birth_date: date) -> date:
    """The 18th birthday; who was born on 29 February comes of age on 1 March."""
    try:
        return birth_date.replace(year=birth_date.year + ADULT_AGE)
    except ValueError:
        return date(birth_date.year + ADULT_AGE, 3, 1)


def latest_adult_birth(day: date) -> date:
    """The last date of birth with which one is of age on `day`."""
    try:
        return day.replace(year=day.year - ADULT_AGE)
    except ValueError:
        return date(day.year - ADULT_AGE, 2, 28)


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the ledger as far as the gate cares.

    `guardian_id` is None for the pupil's own acts. `complete` says that a consent holds all that rule 8 asks.
    A dissent and an exclusion hold for every purpose.
    """

    kind: str
    at: datetime
    guardian_id: UUID | None = OWN
    purpose: str = ""
    operator_id: int | None = None
    expires_at: datetime | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Guardianship:
    """Who stands for the pupil, first and last day included."""

    guardian_id: UUID
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Who may decide for a pupil when. Days are days of `zone`."""

    guardianships: tuple[Guardianship, ...]
    birth_date: date
    zone: tzinfo

    def deciders(self, at: datetime) -> frozenset[UUID | None]:
        """The guardians in force, from the 18th birthday on the pupil alone."""
        day = at.astimezone(self.zone).date()
        if day >= adult_on(self.birth_date):
            return frozenset({OWN})
        return frozenset(g.guardian_id for g in self._begun(day) if g.ends_on is None or day <= g.ends_on)

    def opponents(self, at: datetime, ended_later: frozenset[UUID | None]) -> frozenset[UUID | None]:
        """Whose refusals count: the deciders, and the guardians whose last day is over but was not yet entered then."""
        if OWN in (deciders := self.deciders(at)):
            return deciders
        begun = self._begun(at.astimezone(self.zone).date())
        return deciders | (ended_later & {g.guardian_id for g in begun})

    def changes(self) -> Iterator[datetime]:
        """The moments at which `deciders` can change."""
        yield self._midnight(adult_on(self.birth_date))
        for guardianship in self.guardianships:
            yield self._midnight(guardianship.starts_on)
            if guardianship.ends_on is not None and guardianship.ends_on < date.max:
                yield self._midnight(guardianship.ends_on + timedelta(days=1))

    def _begun(self, day: date) -> Iterator[Guardianship]:
        return (g for g in self.guardianships if g.starts_on <= day)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(0), self.zone)


def gate_state(
    events: Iterable[Event],
    standing: Standing,
    *,
    purpose: str,
    frame_at: datetime,
    now: datetime,
    operator_id: int,
) -> bool:
    """Whether data of `frame_at` may be used at `now` by this operator for this purpose.

    It must be allowed at the frame, now, and at every moment between: what was closed once in that time stays closed
    for this frame, even when consent is given again. A frame from the future is refused.

    When the office ends a guardianship, doubt closes. A consent counts no more from the moment the end is entered, even
    on the last day, and from the day after the last day if that lies back. A refusal closes until the end is entered
    and the last day is over, so that an end entered late opens nothing filmed before. Taken up again, both count anew.
    """
    if frame_at > now:
        return False
    ledger = sorted(events, key=lambda event: event.at)
    moments = {frame_at, now, *(m for m in _changes(ledger, standing) if frame_at < m < now)}
    return all(_open_at(ledger, standing, Purpose(purpose), operator_id, moment) for moment in moments)


def _changes(ledger: Sequence[Event], standing: Standing) -> Iterator[datetime]:
    for event in ledger:
        yield event.at
        if event.expires_at is not None:
            yield event.expires_at
    yield from standing.changes()


def _open_at(ledger: Sequence[Event], standing: Standing, purpose: Purpose, operator_id: int, at: datetime) -> bool:
    past = [event for event in ledger if event.at <= at]
    if purpose in CLOSED_BY_DISSENT and is_dissenting(past):
        return False
    latest, excluded = _decisions(past, purpose), excluded_at(past)
    ended_later = frozenset(e.guardian_id for e in ledger if e.kind == EventKind.GUARDIANSHIP_ENDED and e.at > at)
    if purpose.optional and _refused(latest, purpose, standing.opponents(at, ended_later), excluded):
        return False
    counted = standing.deciders(at) - excluded - ended_at(past)
    return any(_active(event, operator_id, at) for who, event in latest.items() if who in counted)


def is_dissenting(past: Sequence[Event]) -> bool:
    """Whether the pupil's last word is a dissent; `past` in order of time."""
    words = [event.kind for event in past if event.kind in (EventKind.DISSENT, EventKind.DISSENT_LIFTED)]
    return bool(words) and words[-1] == EventKind.DISSENT


def excluded_at(past: Sequence[Event]) -> frozenset[UUID | None]:
    """The guardians whose exclusion was approved and not taken back; `past` in order of time."""
    return _out(past, EventKind.GUARDIAN_EXCLUDED, EventKind.GUARDIAN_READMITTED)


def ended_at(past: Sequence[Event]) -> frozenset[UUID | None]:
    """The guardians whose guardianship the office has ended and not taken up again; `past` in order of time."""
    return _out(past, EventKind.GUARDIANSHIP_ENDED, EventKind.GUARDIANSHIP_RESUMED)


def _out(past: Sequence[Event], put_out: EventKind, let_in: EventKind) -> frozenset[UUID | None]:
    last = {event.guardian_id: event.kind for event in past if event.kind in (put_out, let_in)}
    return frozenset(who for who, kind in last.items() if kind == put_out)


def _decisions(past: Sequence[Event], purpose: Purpose) -> dict[UUID | None, Event]:
    """The last decision of each who ever decided on this purpose."""
    return {e.guardian_id: e for e in past if e.purpose == purpose and e.kind in GIVING | REFUSING}


def _refused(
    latest: dict[UUID | None, Event],
    purpose: Purpose,
    opponents: frozenset[UUID | None],
    excluded: frozenset[UUID | None],
) -> bool:
    """Whether a refusal or withdrawal that counts is among the last decisions."""
    counted = opponents if purpose in CLOSED_BY_EXCLUDED else opponents - excluded
    return any(event.kind in REFUSING for who, event in latest.items() if who in counted)


def _active(event: Event, operator_id: int, at: datetime) -> bool:
    if event.kind not in GIVING or not event.complete or event.operator_id != operator_id:
        return False
    return event.expires_at is not None and at < event.expires_at
