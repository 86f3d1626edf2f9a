"""Who answers for a model, and which one analyses from now on (rule 6)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from analytics.models import ModelCard, ModelChoice
from analytics.rules.cards import is_overdue, missing_of
from analytics.rules.refusals import RefusedError
from analytics.services.model_files import model_store
from analytics.services.packs import load_pack
from caseflow.audit.services import record


@dataclass(frozen=True, slots=True)
class CardWords:
    """What is added to a card; nothing where it is left out. A figure of `accuracy` is (what, value, source)."""

    owner: str = ""
    licence: str = ""
    review_on: date | None = None
    impact_assessment_on: date | None = None
    accuracy: tuple[tuple[str, str, str], ...] = ()
    limits: tuple[str, ...] = ()


@transaction.atomic
def complete_card(card: ModelCard, words: CardWords) -> ModelCard:
    """Write what was missing onto the card. Raises RefusedError: review_overdue, assessment_in_future."""
    if words.review_on and words.review_on <= timezone.localdate():
        raise RefusedError("review_overdue")
    if words.impact_assessment_on and words.impact_assessment_on > timezone.localdate():
        raise RefusedError("assessment_in_future")
    changed = ModelCard.objects.select_for_update().get(pk=card.pk)
    changed.owner = words.owner.strip() or changed.owner
    changed.review_on = words.review_on or changed.review_on
    changed.impact_assessment_on = words.impact_assessment_on or changed.impact_assessment_on
    figures = [{"what": what, "value": value, "source": source} for what, value, source in words.accuracy]
    changed.accuracy = [*changed.accuracy, *figures]
    changed.limits = [*changed.limits, *words.limits]
    if words.licence.strip():
        changed.licence = words.licence.strip()
        changed.files = [{**file, "licence": file["licence"] or changed.licence} for file in changed.files]
    changed.save()
    record(action="card.completed", actor_id=None, role="", obj=f"card:{card.slug}")
    return changed


def choose_pack(card: ModelCard, second: ModelCard | None = None) -> ModelChoice:
    """Analyse with that pack from now on, with a second opinion of another one; what runs already keeps its own.

    Raises RefusedError (card_incomplete, review_overdue, second_is_same), ModelMissing, ModelChanged or ModelRefused;
    then it stays as it was.
    """
    if second == card:
        raise RefusedError("second_is_same")
    for each in filter(None, (card, second)):
        if missing_of(each):
            raise RefusedError("card_incomplete")
        if is_overdue(each):
            raise RefusedError("review_overdue")
    with model_store().alone(), transaction.atomic():
        load_pack(card, second)
        choice = ModelChoice.objects.create(card=card, second=second)
        record(
            action="model.chosen",
            actor_id=None,
            role="",
            obj=f"card:{card.slug}",
            detail={"second": second.slug if second else ""},
        )
    return choice
