"""The register of decisions: what was decided, who carries it out, and how far it is."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from caseflow.council.enums import DecisionState, Move, SessionState, Side
from caseflow.council.models import Decision, DecisionStep
from caseflow.council.rules import OPEN, moves_open
from caseflow.council.selectors.people import is_reached
from caseflow.council.selectors.scope import decisions_of, side_of
from caseflow.directory.actors import Actor
from caseflow.directory.models import Agency

LATE, WAITING = "late", "waiting"  # what is asked for besides the states: overdue; the chair has to answer


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the register is asked for. `state` is one of the states, `late`, `waiting`, or "" for all."""

    state: str = ""
    agency: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many decisions there are, and of them how many are carried out, overdue, and wait for the chair."""

    all: int
    running: int
    late: int
    waiting: int
    done: int


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """Everything on the page of a decision. `reached`: somebody at the agency signs in here."""

    decision: Decision
    steps: tuple[DecisionStep, ...]
    moves: tuple[Move, ...]
    side: Side | None
    reached: bool


def register(actor: Actor, asked: Asked) -> QuerySet[Decision]:
    """The approved decisions that fit: the overdue ones first, then those that run by their day, then the others."""
    found = _approved(actor)
    if asked.state == LATE:
        found = found.filter(_late())
    elif asked.state == WAITING:
        found = found.filter(_waits())
    elif asked.state in DecisionState:
        found = found.filter(state=asked.state)
    if asked.agency:
        found = found.filter(agency=asked.agency)
    if asked.year:
        found = found.filter(session__year=asked.year)
    late, open_now = When(_late(), then=Value(0)), When(state__in=OPEN, then=Value(1))
    rank = Case(late, open_now, default=Value(2), output_field=IntegerField())
    return found.annotate(rank=rank).order_by("rank", "due_on", "number", "pk")


def decisions_since(actor: Actor, day: date) -> QuerySet[Decision]:
    """Those still to be carried out, and those done or lifted on that day or later, in the order of the register."""
    return register(actor, Asked()).filter(Q(state__in=OPEN) | Q(clock__stopped_at__date__gte=day))


def counts_of(actor: Actor) -> Counts:
    """How many there are. One query."""
    found = _approved(actor).aggregate(
        all=Count("pk"),
        running=Count("pk", filter=Q(state=DecisionState.RUNNING)),
        late=Count("pk", filter=_late()),
        waiting=Count("pk", filter=_waits()),
        done=Count("pk", filter=Q(state=DecisionState.DONE)),
    )
    return Counts(**found)


def register_choices(actor: Actor) -> tuple[list[Agency], list[int]]:
    """The agencies and the years that have decisions, for the filters. Two queries."""
    approved = _approved(actor)
    agencies = Agency.objects.filter(pk__in=approved.values("agency")).order_by("name_ru", "pk")
    years = approved.order_by("-session__year").values_list("session__year", flat=True).distinct()
    return list(agencies), list(years)


def decision_file(actor: Actor, decision_id: UUID) -> DecisionFile:
    """A decision with its steps, the latest last. Raises Decision.DoesNotExist."""
    decision = decisions_of(actor).select_related("session__council__region", "approved_by").get(pk=decision_id)
    side = side_of(actor)
    steps = decision.steps.select_related("by").prefetch_related("evidence")
    moves = moves_open(decision.state, side, asked=decision.asked_until is not None) if side else ()
    if decision.session.state != SessionState.HELD:
        moves = tuple(move for move in moves if move != Move.APPROVE)
    return DecisionFile(decision, tuple(steps), moves, side, is_reached(decision))


def draft_digest(decision: Decision) -> str:
    """SHA-256 (hex) of what a draft says, so that nothing is approved but what was read."""
    said = [decision.text, decision.agency_id, decision.person, f"{decision.due_on}", f"{decision.item_id}"]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def is_late(decision: Decision) -> bool:
    """Whether its day is over and nobody has reported it as done."""
    clock = decision.clock
    return decision.state == DecisionState.RUNNING and clock is not None and clock.due_at < timezone.now()


def _approved(actor: Actor) -> QuerySet[Decision]:
    return decisions_of(actor).exclude(state=DecisionState.DRAFT)


def _late() -> Q:
    return Q(state=DecisionState.RUNNING, clock__due_at__lt=timezone.now())


def _waits() -> Q:
    return Q(state=DecisionState.REPORTED) | Q(asked_until__isnull=False)
