from django.conf import settings
from django.db import models
from django.db.models import F, Q
from guardian.models import UserObjectPermissionBase

from caseflow.cases.enums import RiskLevel, Stage
from caseflow.directory.models import Pupil, School
from caseflow.records.models import DataKey, Record

USER = settings.AUTH_USER_MODEL


class Case(Record):
    """A pupil's case at a school. Everything said in it is sealed with `data_key`.

    `working_since` is when it was opened or, if it was, last reopened.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="cases")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField()
    owner = models.ForeignKey(USER, models.PROTECT, related_name="owned_cases")
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.NEW)
    stage_since = models.DateTimeField()
    risk = models.CharField(max_length=8, choices=RiskLevel, null=True)  # noqa: DJ001  null: nobody has assessed it
    risk_assessment = models.ForeignKey("RiskAssessment", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    working_since = models.DateTimeField()
    owned_since = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-opened_at", "-number")
        permissions = (("work_on_case", "May work on this one case"),)
        indexes = (
            # Everything that a lead's board counts of open cases, so that it reads no case for it.
            models.Index(
                fields=["school", "owner", "stage", "risk", "pupil", "id"],
                condition=Q(closed_at=None),
                name="cases_open_at_school",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["school", "number"], name="one_case_per_number"),
            models.UniqueConstraint(
                fields=["pupil", "school"], condition=Q(closed_at=None), name="one_open_case_per_pupil_and_school"
            ),
            models.CheckConstraint(
                condition=Q(risk=None, risk_assessment=None) | Q(risk__isnull=False, risk_assessment__isnull=False),
                name="no_risk_without_assessment",
            ),
            models.CheckConstraint(
                condition=Q(~Q(stage=Stage.CLOSED), closed_at=None) | Q(stage=Stage.CLOSED, closed_at__isnull=False),
                name="closed_case_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id}/{self.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class CaseUserObjectPermission(UserObjectPermissionBase):
    """One case given to one person: how a lead psychologist comes to a case without breaking the glass."""

    content_object = models.ForeignKey(Case, models.CASCADE, related_name="grants")

    class Meta(UserObjectPermissionBase.Meta):
        pass


class BreakGlass(Record):
    """Access to one case that somebody took with a reason; it ends by itself and the protection officer is told."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="broken_glass")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")
    reason_sealed = models.BinaryField()
    at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)
        constraints = (models.CheckConstraint(condition=Q(ends_at__gt=F("at")), name="glass_ends_after_break"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.ends_at:%Y-%m-%d %H:%M}"
