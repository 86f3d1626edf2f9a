"""A model is held against faces whose expression is known, and its card keeps the result."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from analytics.models import ModelCard, ModelEvaluation
from analytics.pipeline.evaluation import Evaluation, evaluate
from analytics.pipeline.evaluation_json import evaluation_json
from analytics.pipeline.labelled import read_labelled_set
from analytics.services.packs import load_pack, thresholds_of
from caseflow.audit.services import record


class NothingUsedError(Exception):
    """No face of the set could be used; `evaluation` says why."""

    def __init__(self, evaluation: Evaluation) -> None:
        super().__init__("nothing used")
        self.evaluation = evaluation


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What was found, and the row that keeps it."""

    evaluation: Evaluation
    kept: ModelEvaluation


def evaluate_model(card: ModelCard, folder: Path, *, name: str) -> Evaluated:
    """Evaluate the card's models on a folder of labelled faces; each time makes a row of its own.

    Raises LabelledSetError, ModelMissing, ModelChanged or NothingUsedError; then nothing is kept.
    """
    labelled = read_labelled_set(folder)
    evaluation = evaluate(labelled, load_pack(card), thresholds_of(card))
    if not evaluation.used:
        raise NothingUsedError(evaluation)
    return Evaluated(evaluation, _keep(card, name, evaluation))


@transaction.atomic
def _keep(card: ModelCard, name: str, evaluation: Evaluation) -> ModelEvaluation:
    kept = ModelEvaluation.objects.create(
        card=card,
        evaluated_at=timezone.now(),
        name=name,
        files=evaluation.files,
        used=evaluation.used,
        figures=evaluation_json(evaluation),
    )
    record(
        action="card.evaluated",
        actor_id=None,
        role="",
        obj=f"card:{card.slug}",
        detail={"evaluation": str(kept.pk), "files": kept.files, "used": kept.used},
    )
    return kept
