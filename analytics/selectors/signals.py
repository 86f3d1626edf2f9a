from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from analytics.enums import Mode
from analytics.models import DayValue, Seat, Series, Signal
from analytics.pipeline.baseline import baseline_of
from analytics.rules.evidence import Evidence
from analytics.rules.gates import QualityGate, agreement_words, quality_gates
from analytics.rules.trend import Usual
from analytics.selectors.plans import gate_for, seats_of
from analytics.selectors.seat_plans import open_pupils_for
from analytics.selectors.switching import mode_of
from caseflow.cases.selectors import scoped_cases
from caseflow.consent.enums import Purpose
from caseflow.consent.selectors import ledgers
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.triage.enums import ItemKind
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import scoped_items, waiting

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LISTED = 200
SHOWN_IN = {Role.PSYCHOLOGIST: (Mode.ACTIVE,), Role.LEAD_PSYCHOLOGIST: (Mode.ACTIVE, Mode.SHADOW)}


def readable_items(items: Sequence[TriageItem]) -> set[UUID]:
    """The items whose signal may be shown at this moment: the gate is open and was for every frame since (3 queries).

    A signal that was erased after a withdrawal is not there any more, so its item is blank.
    """
    signals = Signal.objects.filter(triage_item__in=[item.pk for item in items])
    return {signal.triage_item_id for signal in readable(signals.select_related("series", "triage_item"))}


def places_of_items(items: Sequence[TriageItem]) -> dict[UUID, str]:
    """The room of the seat, by item of the queue. One query; the caller has asked which may be read."""
    signals = Signal.objects.filter(triage_item__in=[item.pk for item in items])
    found = signals.select_related("seat__plan__camera__room")
    return {signal.triage_item_id: str(signal.seat.plan.camera.room) for signal in found}


def readable(signals: Iterable[Signal]) -> list[Signal]:
    """Those signals whose values may be read now (2 queries); each needs its series and triage item loaded."""
    listed, now = list(signals), timezone.now()
    known = ledgers([signal.pupil_id for signal in listed])
    return [
        signal
        for signal in listed
        if (ledger := known.get(signal.pupil_id)) is not None
        and ledger.allows(
            Purpose.MOOD_ANALYSIS,
            frame_at=signal.series.first_frame_at,
            now=now,
            operator_id=signal.triage_item.school_id,
        )
    ]


def scoped_signals(actor: Actor) -> QuerySet[Signal]:
    """The signals whose items the actor may see: of the own school, or in shadow of the schools one leads."""
    return Signal.objects.filter(triage_item__in=scoped_items(actor).values("pk")).select_related(
        "pupil__school_class", "series", "card", "triage_item__psych_clock", "triage_item__decided_by"
    )


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A line of the list; `signal` is None when its values may not be shown (withdrawn)."""

    item: TriageItem
    signal: Signal | None


def signal_rows(actor: Actor, *, waiting_only: bool) -> list[SignalRow]:
    """The actor's signal items, the nearest deadline first; never by strength (rule 3)."""
    if waiting_only:
        items = list(waiting(actor, ItemKind.SIGNAL)[:LISTED])
    else:
        decided = scoped_items(actor).filter(kind=ItemKind.SIGNAL).exclude(decided_at=None)
        items = list(decided.order_by("-decided_at")[:LISTED])
    signals = scoped_signals(actor).filter(pk__in=[item.pk for item in items])
    shown = {signal.pk: signal for signal in readable(list(signals))}
    return [SignalRow(item, shown.get(item.pk)) for item in items]


def shown_signals(actor: Actor, *, waiting_only: bool) -> list[Signal]:
    """The signals of `signal_rows` that may be read now."""
    return [row.signal for row in signal_rows(actor, waiting_only=waiting_only) if row.signal is not None]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where an item stands in the actor's queue of signals; None at its ends or when it waits no more."""

    position: int
    total: int
    before: UUID | None
    after: UUID | None


def neighbours(actor: Actor, item_id: UUID) -> Neighbours:
    """The items before and after this one among those that wait."""
    ids = list(waiting(actor, ItemKind.SIGNAL).values_list("pk", flat=True)[:LISTED])
    if item_id not in ids:
        return Neighbours(0, len(ids), None, ids[0] if ids else None)
    place = ids.index(item_id)
    after = ids[place + 1] if place + 1 < len(ids) else None
    return Neighbours(place + 1, len(ids), ids[place - 1] if place else None, after)


@dataclass(frozen=True, slots=True)
class Review:
    """All the review page shows of one signal."""

    signal: Signal
    evidence: Evidence
    gates: tuple[QualityGate, ...]
    agreement: "StrOrPromise | None"
    seats: tuple[Seat, ...]
    open_seats: frozenset[int]
    other_signals: bool


def review_of(actor: Actor, item_id: UUID) -> Review:
    """The signal behind an item. Raises Signal.DoesNotExist outside the actor's scope and when the gate is closed."""
    signal = scoped_signals(actor).select_related(
        "pupil__school_class", "series", "card", "seat__plan__camera__room", "triage_item__psych_clock",
        "triage_item__decided_by", "triage_item__case", "triage_item__school",
    ).get(triage_item=item_id)  # fmt: skip
    if not readable([signal]):
        raise Signal.DoesNotExist
    seats = tuple(seats_of(signal.seat.plan_id))
    others = (
        scoped_signals(actor).filter(pupil=signal.pupil_id).exclude(pk=signal.pk).exists()
    )  # never their number (rule 3)
    evidence = Evidence.from_json(signal.evidence)
    gates = quality_gates(evidence, signal.coverage, signal.card.thresholds)
    agreement = agreement_words(evidence, signal.card.thresholds)
    return Review(signal, evidence, gates, agreement, seats, _open_seats(actor, signal, seats), others)


def _open_seats(actor: Actor, signal: Signal, seats: Iterable[Seat]) -> frozenset[int]:
    """The seats that are open now, see `open_pupils_for`: the drawn map says open or closed, never why."""
    by_seat = {seat.pk: seat.pupil_id for seat in seats if seat.pupil_id is not None}
    opened = open_pupils_for(actor, list(by_seat.values()), signal.triage_item.school_id)
    return frozenset(pk for pk, pupil in by_seat.items() if pupil in opened)


@dataclass(frozen=True, slots=True)
class Mood:
    """The newest series of a pupil as a case page shows it; `days_missing` counts down to a baseline.

    `usual` is None before the baseline is known; `evidence` stands with `signal`.
    """

    series: Series
    days: tuple[DayValue, ...]
    signal: Signal | None
    evidence: Evidence | None
    usual: Usual | None
    days_missing: int


def mood_of(actor: Actor, pupil_id: UUID) -> Mood | None:
    """What may be shown of a pupil's series now; None when there is none, the gate is closed, or not for this role.

    In shadow only the lead psychologist sees values, to validate them; once the feature is active the psychologist of
    the school, and the lead of pupils whose case was given to them; with the switch off nobody does.
    Raises Pupil.DoesNotExist outside the actor's scope.
    """
    pupil = actor.pupils().get(pk=pupil_id)
    if not _sees_values(actor, pupil):
        return None
    days = Prefetch("days", DayValue.objects.order_by("date"))
    here = Series.objects.filter(pupil=pupil, camera__room__school=pupil.school_id)  # nothing of another school
    series = here.select_related("card", "signal__triage_item").prefetch_related(days)
    newest = series.first()
    if newest is None or not _open_since(pupil_id, pupil.school_id, newest.first_frame_at):
        return None
    rows = tuple(newest.days.all())
    signal = _visible_signal(actor, newest)
    evidence = Evidence.from_json(signal.evidence) if signal else None
    wanted = newest.card.thresholds["baseline_days"]
    baseline = baseline_of([(row.date, row.value) for row in rows if row.value is not None], wanted)
    usual = Usual(baseline.mean, baseline.sd) if baseline else None
    return Mood(newest, rows, signal, evidence, usual, max(0, wanted - sum(row.value is not None for row in rows)))


def _sees_values(actor: Actor, pupil: Pupil) -> bool:
    mode = mode_of(pupil.school_id)
    if mode not in SHOWN_IN[actor.role]:
        return False
    return mode == Mode.SHADOW or actor.role == Role.PSYCHOLOGIST or scoped_cases(actor).filter(pupil=pupil).exists()


def _visible_signal(actor: Actor, series: Series) -> Signal | None:
    return scoped_signals(actor).filter(series=series).first()


def _open_since(pupil_id: UUID, operator_id: int, frame_at: datetime) -> bool:
    return gate_for([pupil_id], operator_id).allows(pupil_id, frame_at=frame_at, now=timezone.now())
