"""An event of loss as one reader sees it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.postvention.enums import Manner, Occasion, Phase, Sayer
from caseflow.postvention.models import DeathRecord, LossEvent, LossStep
from caseflow.postvention.rules import COUNSELLORS, phase_of
from caseflow.postvention.selectors.scope import scoped_losses
from caseflow.protocols.enums import Doer
from caseflow.records.vault import unseal, where

EVENT, STEP, DEATH = "postvention.LossEvent", "postvention.LossStep", "postvention.DeathRecord"


@dataclass(frozen=True, slots=True)
class StepView:
    """A step in clear. `mine`: this reader may settle it; the words of others' steps are for the counsellors."""

    row: LossStep
    phase: Phase
    name: str
    help: str
    proof: str
    mine: bool


@dataclass(frozen=True, slots=True)
class DeathView:
    """What two people recorded, or one so far. `may_confirm`: this reader may be the second."""

    record: DeathRecord
    words: str
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class LossPage:
    """An event as its page shows it. `manner` is empty for the head of the school."""

    event: LossEvent
    name: str
    manner: str
    steps: list[StepView]
    help_reason: str
    closing: str
    death: DeathView | None
    counsels: bool
    may_take_help: bool

    @property
    def open_steps(self) -> int:
        return sum(1 for step in self.steps if step.row.done_at is None)


@dataclass(frozen=True, slots=True)
class LossLine:
    """An event in a list."""

    event: LossEvent
    name: str
    open_steps: int


def loss_lines(actor: Actor) -> list[LossLine]:
    """The events the actor reaches, open ones first, then the newest. One query."""
    waiting = Count("steps", filter=Q(steps__done_at=None))
    found = scoped_losses(actor).annotate(waiting=waiting).order_by("closed_at", "-opened_at")
    ordered = sorted(found, key=lambda event: event.closed_at is not None)
    return [LossLine(event, name_of(event), event.waiting) for event in ordered]


def loss_page(actor: Actor, event_id: UUID) -> LossPage:
    """One event with everything its page shows. Raises LossEvent.DoesNotExist outside the actor's scope."""
    event = scoped_losses(actor).select_related("help_taken_by", "closed_by").get(pk=event_id)
    counsels = actor.role in COUNSELLORS
    return LossPage(
        event,
        name_of(event),
        manner_of(event) if counsels else "",
        [step_view(actor, step) for step in steps_of(event)],
        words_of(event, "help_reason") if counsels else "",
        words_of(event, "closing") if counsels else "",
        _death(actor, event) if counsels else None,
        counsels,
        may_take_help=event.is_open
        and actor.role == Role.LEAD_PSYCHOLOGIST
        and event.help_asked_at is not None
        and event.help_taken_at is None,
    )


def steps_of(event: LossEvent) -> list[LossStep]:
    """The steps by when they are due, each with its clock. One query."""
    steps = list(event.steps.select_related("step", "clock", "done_by").order_by("clock__due_at", "step__position"))
    for step in steps:
        step.event = event
    return steps


def step_view(actor: Actor, step: LossStep) -> StepView:
    mine = step.done_at is None and step.event.is_open and may_settle(actor, step)
    open_to = actor.role in COUNSELLORS or step.doer == Doer.PRINCIPAL
    proof = unseal(step.event.data_key, step.proof_sealed, where(STEP, step.pk, "proof")) if open_to else ""
    phase = phase_of(step.event.opened_at, step.clock.due_at)
    return StepView(step, phase, name_of_step(step), step.step.help if step.step else "", proof, mine)


def may_settle(actor: Actor, step: LossStep) -> bool:
    """The counsellors settle every step, the head of the school the own ones."""
    return actor.role in COUNSELLORS or step.doer == Doer.PRINCIPAL


def name_of(event: LossEvent) -> str:
    """Who has died, in clear; for a pupil the name on the roll."""
    if event.name_sealed:
        return words_of(event, "name")
    return event.pupil.short_name if event.pupil else ""


def manner_of(event: LossEvent) -> str:
    """What is said of it, and who says so: never more than that."""
    if event.manner == Manner.NOT_SAID:
        return str(Manner(event.manner).label)
    return f"{Manner(event.manner).label} ({Sayer(event.said_by).label})"


def name_of_step(step: LossStep) -> str:
    """What is to be done; of a day that comes back what day it is, in the reader's language."""
    if step.step:
        return step.step.name
    label = unseal(step.event.data_key, step.label_sealed, where(STEP, step.pk, "label"))
    return label or str(Occasion(step.occasion).label)


def words_of(event: LossEvent, field: str) -> str:
    """A sealed field of the event in clear."""
    return unseal(event.data_key, getattr(event, f"{field}_sealed"), where(EVENT, event.pk, field))


def standing_death(event: LossEvent) -> QuerySet[DeathRecord]:
    """What is recorded of the pupil who has died, unless it was taken back."""
    return event.deaths.filter(undone_at=None).select_related("recorded_by", "confirmed_by", "pupil")


def _death(actor: Actor, event: LossEvent) -> DeathView | None:
    found = standing_death(event).first()
    if found is None:
        return None
    words = unseal(event.data_key, found.words_sealed, where(DEATH, found.pk, "words"))
    return DeathView(found, words, found.confirmed_at is None and found.recorded_by_id != actor.user.pk)
