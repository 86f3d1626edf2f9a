from typing import Final

from django.db import models
from django.db.models import F, Q

from analytics.models.switches import ModelCard
from caseflow.records.models import Record

LONGEST_NAME: Final = 120


class ModelEvaluation(Record):
    """How well a model told the faces of a set whose expressions are known. The card keeps it (rule 6).

    `files` could be read, of `used` an expression was told. `figures` is what `pipeline.evaluation_json` makes: counts
    and shares, by group where groups were given. No file, no name of one and no picture is kept.
    """

    card = models.ForeignKey(ModelCard, models.PROTECT, related_name="evaluations")
    evaluated_at = models.DateTimeField()
    name = models.CharField(max_length=LONGEST_NAME)
    files = models.PositiveIntegerField()
    used = models.PositiveIntegerField()
    figures = models.JSONField()

    class Meta:
        ordering = ("-evaluated_at",)
        constraints = (
            models.CheckConstraint(condition=Q(used__gte=1) & Q(used__lte=F("files")), name="used_within_files"),
        )

    def __str__(self) -> str:
        return f"{self.card_id} {self.name}"
