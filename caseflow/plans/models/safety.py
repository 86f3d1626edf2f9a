from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.cases.models import Case, Task
from caseflow.directory.models import Guardian
from caseflow.plans.enums import Signer, Way
from caseflow.plans.models.signed import Signed
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class SafetyPlan(Record):
    """The safety plan of a case: what was signed lies in its versions, what is being written in the draft.

    `draft_sealed` is empty while nothing is being written.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="safety_plan")
    begun_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    draft_sealed = models.BinaryField(default=bytes)
    draft_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    draft_saved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"safety plan of {self.case_id}"


class SafetyPlanVersion(Signed):
    """The text as it was read aloud and signed. `text_sha256` is of the whole text, `shared_sha256` of what is shared.

    `review` is the task to look at the plan again.
    """

    plan = models.ForeignKey(SafetyPlan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text_sealed = models.BinaryField()
    text_sha256 = models.CharField(max_length=64)
    shared_sha256 = models.CharField(max_length=64)
    read_aloud_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    read_aloud_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    review = models.OneToOneField(Task, models.PROTECT, related_name="reviewed_safety_plan")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["plan", "number"], name="one_safety_plan_version_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="safety_plan_versions_count_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


class Signature(Signed):
    """Somebody signed a version, or, as a guardian, what is shared of it; `sha256` says which text.

    `content_sealed` holds the strokes as JSON, or the typed name, to which the `witness` stands.
    """

    version = models.ForeignKey(SafetyPlanVersion, models.PROTECT, related_name="signatures")
    signer = models.CharField(max_length=12, choices=Signer)
    user = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    content_sealed = models.BinaryField()
    witness = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)
        constraints = (
            models.UniqueConstraint(
                fields=["version", "signer"],
                condition=~Q(signer=Signer.GUARDIAN),
                name="pupil_and_psychologist_sign_once",
            ),
            models.UniqueConstraint(fields=["version", "guardian"], name="guardian_signs_once"),
            models.CheckConstraint(
                condition=Q(way=Way.DRAWN, witness=None) | Q(way=Way.TYPED, witness__isnull=False),
                name="typed_name_has_its_witness",
            ),
            models.CheckConstraint(
                condition=Q(signer=Signer.PUPIL, user=None, guardian=None)
                | Q(signer=Signer.PSYCHOLOGIST, user__isnull=False, guardian=None)
                | Q(signer=Signer.GUARDIAN, user=None, guardian__isnull=False),
                name="signature_is_somebodys",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.signer}"
