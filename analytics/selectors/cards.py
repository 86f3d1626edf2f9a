from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q

from analytics.models import ModelCard, ModelEvaluation, Signal
from analytics.pipeline.disturbance.card import PACK as MOTION_PACK
from analytics.rules.cards import is_overdue, missing_of
from analytics.rules.evaluations import EvaluatedGroup, EvaluationFigures, shown_figures, shown_groups
from analytics.rules.model_cards import THRESHOLDS
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.triage.enums import ItemState

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

CONFIRMED: Final = Q(triage_item__state__in=[ItemState.CASE_OPENED, ItemState.LINKED])
DISMISSED: Final = Q(triage_item__state=ItemState.DISMISSED)
READS_RATES: Final = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.DPO)


@dataclass(frozen=True, slots=True)
class Rate:
    """How people decided on a model's signals at one school."""

    school: str
    signals: int
    confirmed: int
    dismissed: int

    @property
    def waiting(self) -> int:
        return self.signals - self.confirmed - self.dismissed


@dataclass(frozen=True, slots=True)
class ShownEvaluation:
    """One evaluation of the model on a set of labelled faces."""

    name: str
    evaluated_at: datetime
    files: int
    used: int
    figures: EvaluationFigures
    groups: tuple[EvaluatedGroup, ...]


@dataclass(frozen=True, slots=True)
class OpenedCard:
    """A card; `rates` is None for those who may not know how many signals a school has.

    The newest of the evaluations comes first.
    """

    card: ModelCard
    rates: tuple[Rate, ...] | None
    review_is_due: bool
    evaluations: tuple[ShownEvaluation, ...]

    @property
    def missing(self) -> "list[StrPromise]":
        """What it lacks before its models may be used, in words."""
        return missing_of(self.card)

    @property
    def is_motion(self) -> bool:
        """Whether it tells motion and no faces: its figures are published camera by camera."""
        return self.card.pack == MOTION_PACK

    @property
    def thresholds(self) -> list[tuple[str, float]]:
        """The card's figures by their names, in the order in which they decide; those nobody has named come last."""
        order = {name: number for number, name in enumerate(THRESHOLDS)}
        figures = sorted(self.card.thresholds.items(), key=lambda figure: order.get(figure[0], len(order)))
        return [(str(THRESHOLDS.get(name, name)), value) for name, value in figures]


def opened_card(actor: Actor, slug: str) -> OpenedCard:
    """Raises ModelCard.DoesNotExist (4 queries at most)."""
    card = ModelCard.objects.get(slug=slug)
    reads = actor.role in READS_RATES and card.pack != MOTION_PACK
    rates = tuple(_rates(actor, card)) if reads else None
    return OpenedCard(card, rates, card.review_on is not None and is_overdue(card), tuple(_evaluations(card)))


def _evaluations(card: ModelCard) -> Iterator[ShownEvaluation]:
    for kept in ModelEvaluation.objects.filter(card=card):
        figures, groups = shown_figures(kept.figures["figures"]), shown_groups(kept.figures)
        yield ShownEvaluation(kept.name, kept.evaluated_at, kept.files, kept.used, figures, groups)


def _rates(actor: Actor, card: ModelCard) -> list[Rate]:
    """Confirmed and dismissed signals of this model version by school of the actor (rule 6)."""
    schools = {school.pk: school.name for school in actor.schools()}
    counted = (
        Signal.objects.filter(card=card, triage_item__school__in=schools)
        .values_list("triage_item__school")
        .annotate(signals=Count("pk"), confirmed=Count("pk", filter=CONFIRMED), dismissed=Count("pk", filter=DISMISSED))
        .order_by()
    )
    rows = [Rate(schools[school], *counts) for school, *counts in counted]
    return sorted(rows, key=lambda row: row.school)
