from django.conf import settings
from django.db import models

from analytics.enums import Autonomy, Feature, Mode, RiskClass
from caseflow.directory.models import School


class ModelCard(models.Model):
    """What a model pack is and may be used for (rule 6). Nothing runs without one.

    `purpose`, `limits` and each text of `accuracy` are English msgids. `files`: [{role, file_name, sha256, licence,
    source}], of an installed pack also `layout`; `accuracy`: [{what, value, source}], of one file also `role`;
    `thresholds`: {name: number}. A card that lacks something (`analytics.rules.cards`) is a draft.
    """

    slug = models.SlugField(max_length=60, unique=True)
    pack = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    files = models.JSONField()
    risk_class = models.CharField(max_length=10, choices=RiskClass)
    autonomy = models.CharField(max_length=10, choices=Autonomy)
    owner = models.CharField(max_length=160)
    purpose = models.TextField()
    limits = models.JSONField()
    accuracy = models.JSONField()
    licence = models.CharField(max_length=80)
    review_on = models.DateField(null=True, blank=True)
    impact_assessment_on = models.DateField(null=True, blank=True)
    thresholds = models.JSONField()

    class Meta:
        ordering = ("pack", "version")
        constraints = (models.UniqueConstraint(fields=["pack", "version"], name="one_card_per_version"),)

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"


class ModelChoice(models.Model):
    """Which pack analyses from now on, and whose expression model gives a second opinion; the latest one counts.

    Without one it is the built-in pack. What was asked for before keeps the models that it was asked for with.
    """

    card = models.ForeignKey(ModelCard, models.PROTECT, related_name="+")
    second = models.ForeignKey(ModelCard, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(second=None) | ~models.Q(second=models.F("card")), name="second_is_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.card_id} {self.second_id}"


class FeatureSwitch(models.Model):
    """One turn of the switch; never changed, the latest one counts. Without a school it is of the whole installation.

    The installation's switch knows only `off` (every feature stops) and `active` (each school decides).
    """

    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="feature_switches")
    feature = models.CharField(max_length=12, choices=Feature, default=Feature.MOOD)
    mode = models.CharField(max_length=6, choices=Mode)
    legal_basis = models.TextField(blank=True)
    impact_assessment_on = models.DateField(null=True, blank=True)
    card = models.ForeignKey(ModelCard, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "feature switches"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(mode=Mode.OFF)
                | models.Q(school=None)
                | (
                    ~models.Q(legal_basis="")
                    & models.Q(impact_assessment_on__isnull=False)
                    & models.Q(card__isnull=False)
                ),
                name="switched_on_with_grounds",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id} {self.mode}"
