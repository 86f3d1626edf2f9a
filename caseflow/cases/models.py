from django.conf import settings
from django.db import models
from django.db.models import F, Q
from guardian.models import UserObjectPermissionBase

from caseflow.cases.enums import CaseStatus, EntryKind, RiskLevel, Visibility
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.records.models import DataKey, Record

USER = settings.AUTH_USER_MODEL


class Case(Record):
    """A pupil's case at a school. Everything said in it is sealed with `data_key`."""

    school = models.ForeignKey(School, models.PROTECT, related_name="cases")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField()
    owner = models.ForeignKey(USER, models.PROTECT, related_name="owned_cases")
    status = models.CharField(max_length=8, choices=CaseStatus, default=CaseStatus.OPEN)
    risk = models.CharField(max_length=8, choices=RiskLevel, null=True)  # noqa: DJ001  null: nobody has assessed it
    risk_assessment = models.ForeignKey("RiskAssessment", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    owned_since = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-opened_at", "-number")
        permissions = (("work_on_case", "May work on this one case"),)
        constraints = (
            models.UniqueConstraint(fields=["school", "number"], name="one_case_per_number"),
            models.UniqueConstraint(fields=["pupil"], condition=Q(status="open"), name="one_open_case_per_pupil"),
            models.CheckConstraint(
                condition=Q(risk=None, risk_assessment=None) | Q(risk__isnull=False, risk_assessment__isnull=False),
                name="no_risk_without_assessment",
            ),
            models.CheckConstraint(
                condition=Q(status="open", closed_at=None) | Q(status="closed", closed_at__isnull=False),
                name="closed_case_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id}/{self.number}"

    @property
    def is_open(self) -> bool:
        return self.status == CaseStatus.OPEN


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


class ChronologyEntry(Record):
    """A line of the chronology; never changed. A note that was wrong is struck through by the entry that `corrects` it.

    `text_sealed` holds what a person wrote; `code` and `params` say what the system recorded (no free text);
    `ref` points to a thing of this or another room, "triage:<uuid>".
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=EntryKind)
    event_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    author = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.TEAM)
    text_sealed = models.BinaryField(default=bytes)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    ref = models.CharField(max_length=60, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")

    class Meta:
        ordering = ("-event_at", "-recorded_at")
        verbose_name_plural = "chronology entries"
        indexes = (models.Index(fields=["case", "-event_at"], name="chronology_of_case"),)

    def __str__(self) -> str:
        return f"{self.event_at:%Y-%m-%d %H:%M} {self.code}"


class RiskAssessment(Record):
    """What a person concluded and from what; the newest one is the case's risk level."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    level = models.CharField(max_length=8, choices=RiskLevel)
    basis_sealed = models.BinaryField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.level}"


class Task(Record):
    """Something somebody has to do by a time. The owner, who may know nothing of the case, reads the title."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    title_sealed = models.BinaryField()
    owner = models.ForeignKey(USER, models.PROTECT, related_name="case_tasks")
    owner_role = models.CharField(max_length=20, choices=Role)
    given_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="case_task")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    outcome_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("due_at", "created_at")
        indexes = (models.Index(fields=["owner", "due_at"], name="case_tasks_of_owner"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_at:%Y-%m-%d %H:%M}"
