from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from caseflow.consent.enums import EXCLUDING, GIVING, REFUSING, Purpose
from caseflow.consent.models import ConsentEvent
from caseflow.consent.rules import Event, Guardianship, Standing, excluded_at, gate_state, is_dissenting
from caseflow.directory import models as directory
from caseflow.directory.actors import Actor
from prepared import prepared


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A purpose as the psychologist sees it: open, closed or never answered, and since when. Never by whom."""

    purpose: Purpose
    state: str  # "on", "off", "none"
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All the gate needs to know about one pupil. Once a pupil has died nothing is used any more, for no purpose."""

    events: tuple[Event, ...]
    standing: Standing
    has_died: bool = False

    def allows(self, purpose: str, *, frame_at: datetime, now: datetime, operator_id: int) -> bool:
        return not self.has_died and gate_state(
            self.events, self.standing, purpose=purpose, frame_at=frame_at, now=now, operator_id=operator_id
        )


def gate_open(pupil_id: UUID, purpose: str, *, frame_at: datetime, now: datetime, operator_id: int) -> bool:
    """Whether data of this pupil from `frame_at` may be used at `now` (2 queries). See `rules.gate_state`."""
    return bool(open_pupils([pupil_id], purpose, frame_at=frame_at, now=now, operator_id=operator_id))


def open_pupils(
    pupil_ids: Iterable[UUID], purpose: str, *, frame_at: datetime, now: datetime, operator_id: int
) -> set[UUID]:
    """Those of the pupils for whom the gate is open (2 queries for any number)."""
    return {
        pupil_id
        for pupil_id, ledger in ledgers(pupil_ids).items()
        if ledger.allows(purpose, frame_at=frame_at, now=now, operator_id=operator_id)
    }


def ledgers(pupil_ids: Iterable[UUID]) -> dict[UUID, Ledger]:
    """The ledger and the standing of every pupil about whom anything was ever decided (2 queries)."""
    events: defaultdict[UUID, list[ConsentEvent]] = defaultdict(list)
    births: dict[UUID, date] = {}
    died: set[UUID] = set()
    lines = ConsentEvent.objects.filter(pupil__in=set(pupil_ids)).select_related("pupil").order_by("at")
    for line in lines:
        events[line.pupil_id].append(line)
        births[line.pupil_id] = line.pupil.birth_date
        died |= {line.pupil_id} if line.pupil.died_on else set()
    guardianships = _guardianships(events)
    return {
        pupil_id: Ledger(
            tuple(_as_event(line) for line in lines),
            Standing(guardianships.get(pupil_id, ()), births[pupil_id], timezone.get_default_timezone()),
            pupil_id in died,
        )
        for pupil_id, lines in events.items()
    }


def consent_panel(pupil_id: UUID, now: datetime | None = None) -> list[PanelRow]:
    """One row per purpose for the case page: its state now and when that last changed by a decision (3 queries)."""
    moment = now or timezone.now()
    operator_id = directory.Pupil.objects.values_list("school_id", flat=True).get(pk=pupil_id)
    ledger = ledgers([pupil_id]).get(pupil_id)
    return [_panel_row(Purpose(purpose), ledger, operator_id, moment) for purpose in Purpose]


@dataclass(frozen=True, slots=True)
class Panel:
    """A pupil and what is open for the pupil."""

    pupil: directory.Pupil
    rows: list[PanelRow]


def panel_of(actor: Actor, pupil_id: UUID) -> Panel:
    """What is open for a pupil of the actor's. Raises Pupil.DoesNotExist outside the scope."""
    return Panel(actor.pupils().get(pk=pupil_id), consent_panel(pupil_id))


def dissenting(pupil_id: UUID) -> bool:
    """Whether the pupil's last word is a dissent. For the psychologist alone."""
    return is_dissenting(_events_of(pupil_id))


@dataclass(frozen=True, slots=True)
class Told:
    """What a ledger says of one pupil: lines of the kinds asked for, the oldest first, and who is excluded now."""

    events: list[ConsentEvent]
    excluded: frozenset[UUID | None]


def told_of(pupil_id: UUID, kinds: Collection[str] = ()) -> Told:
    """For the psychologist and the lead alone. Of the lines no more than kind, purpose, time and guardian. 1 query."""
    found = _lines_of_kinds(pupil_id, (*kinds, *sorted(EXCLUDING)))
    past = [Event(line.kind, line.at, line.guardian_id) for line in found]
    return Told([line for line in found if line.kind in kinds], excluded_at(past))


@prepared
def _lines_of_kinds(pupil_id: UUID, kinds: tuple[str, ...]) -> QuerySet[ConsentEvent]:
    lines = ConsentEvent.objects.filter(pupil=pupil_id, kind__in=kinds)
    return lines.only("at", "kind", "purpose", "guardian_id")


def excluded_guardians(pupil_id: UUID) -> frozenset[UUID | None]:
    """The guardians excluded now. For the psychologist and the lead alone. 1 query."""
    return told_of(pupil_id).excluded


def _events_of(pupil_id: UUID) -> tuple[Event, ...]:
    ledger = ledgers([pupil_id]).get(pupil_id)
    return ledger.events if ledger else ()


def _panel_row(purpose: Purpose, ledger: Ledger | None, operator_id: int, now: datetime) -> PanelRow:
    decided = [e for e in ledger.events if e.purpose == purpose and e.kind in GIVING | REFUSING] if ledger else []
    if ledger is None or not decided:
        return PanelRow(purpose, "none", None)
    is_open = ledger.allows(purpose, frame_at=now, now=now, operator_id=operator_id)
    return PanelRow(purpose, "on" if is_open else "off", decided[-1].at)


def _guardianships(pupil_ids: Iterable[UUID]) -> dict[UUID, tuple[Guardianship, ...]]:
    found: defaultdict[UUID, tuple[Guardianship, ...]] = defaultdict(tuple)
    for row in directory.Guardianship.objects.filter(pupil__in=list(pupil_ids)):
        found[row.pupil_id] += (Guardianship(row.guardian_id, row.starts_on, row.ends_on),)
    return found


def _as_event(line: ConsentEvent) -> Event:
    return Event(
        kind=line.kind,
        at=line.at,
        guardian_id=line.guardian_id,
        purpose=line.purpose,
        operator_id=line.operator_id,
        expires_at=line.expires_at,
        complete=line.is_complete,
    )
