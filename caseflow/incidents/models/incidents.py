from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.clocks.models import Clock
from caseflow.directory.enums import Role
from caseflow.directory.models import Agency, Pupil, School
from caseflow.incidents.enums import Category, Conclusion, PartyRole
from caseflow.incidents.models.anonymous import AnonymousChannel
from caseflow.records.models import DataKey, Record
from caseflow.triage.models import TriageItem

USER = settings.AUTH_USER_MODEL


class Incident(Record):
    """A report of something that happened. What was said and where is sealed with the report's own key.

    `number` counts per school. `violence` and the clocks follow from the category at the time of the report.
    A report `about_staff` is kept from the whole school (rule 10b). One that tells of the same event as another is
    `merged_into` it: it stays readable and counts no more. A report has a named reporter or came without a name through
    a `channel`, then with its time to the quarter hour (rule 19) and perhaps without when it happened. The last three
    clocks run for suspected bullying alone.
    """

    number = models.PositiveIntegerField()
    school = models.ForeignKey(School, models.PROTECT, related_name="incidents")
    category = models.CharField(max_length=20, choices=Category)
    violence = models.BooleanField()
    about_staff = models.BooleanField(default=False)
    occurred_at = models.DateTimeField(null=True)
    place_sealed = models.BinaryField(default=bytes)
    words_sealed = models.BinaryField(default=bytes)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="reported_incidents")
    reporter_role = models.CharField(max_length=20, choices=Role, blank=True)
    channel = models.OneToOneField(AnonymousChannel, models.PROTECT, null=True, related_name="incident")
    created_at = models.DateTimeField()
    triage_item = models.OneToOneField(TriageItem, models.PROTECT, related_name="incident")
    police_clock = models.OneToOneField(Clock, models.PROTECT, null=True, related_name="+")
    police_informed_at = models.DateTimeField(null=True)
    police_informed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    registered_clock = models.OneToOneField(Clock, models.PROTECT, null=True, related_name="+")
    parents_clock = models.OneToOneField(Clock, models.PROTECT, null=True, related_name="+")
    council_clock = models.OneToOneField(Clock, models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_here")

    class Meta:
        ordering = ("-created_at", "-number")
        indexes = (
            models.Index(fields=["school", "-created_at"], name="incidents_of_school"),
            models.Index(fields=["reported_by", "-created_at"], name="incidents_of_reporter"),
        )
        constraints = (
            models.UniqueConstraint(fields=["school", "number"], name="one_incident_per_number"),
            models.CheckConstraint(
                condition=Q(police_informed_at=None, police_informed_by=None)
                | Q(police_informed_at__isnull=False, police_informed_by__isnull=False),
                name="police_informed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="no_report_is_merged_into_itself"),
            models.CheckConstraint(
                condition=(Q(channel=None, reported_by__isnull=False, occurred_at__isnull=False) & ~Q(reporter_role=""))
                | Q(channel__isnull=False, reported_by=None, reporter_role=""),
                name="incident_named_or_anonymous",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_id}/{self.number} {self.category}"


class Party(Record):
    """Somebody in an incident: a pupil, an employee, or a person not known.

    `established` says whether what is said of the person was found true; None while nobody has said so.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="parties")
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, related_name="incident_parties")
    employee = models.ForeignKey(USER, models.PROTECT, null=True, related_name="incident_parties")
    role = models.CharField(max_length=20, choices=PartyRole)
    established = models.BooleanField(null=True)

    class Meta:
        ordering = ("role", "pk")
        verbose_name_plural = "parties"
        constraints = (
            models.UniqueConstraint(fields=["incident", "pupil"], name="one_role_per_pupil_and_incident"),
            models.CheckConstraint(condition=Q(pupil=None) | Q(employee=None), name="party_is_one_person"),
        )

    def __str__(self) -> str:
        return f"{self.incident_id} {self.role}"


class LegalAssessment(Record):
    """What an agency concluded about an incident; one per incident, never changed."""

    incident = models.OneToOneField(Incident, models.PROTECT, related_name="legal_assessment")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    conclusion = models.CharField(max_length=16, choices=Conclusion)
    text_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.incident_id} {self.conclusion}"


class Merge(Record):
    """Proof that a report was merged into another as telling of the same event, and what that changed, so that it can
    be taken apart again. `before` holds ids, states and times, never words; the reason of a split is sealed."""

    merged = models.ForeignKey(Incident, models.PROTECT, related_name="merges")
    into = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField(default=dict)
    split_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    split_at = models.DateTimeField(null=True)
    reason_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint(fields=["merged"], condition=Q(split_at=None), name="one_merge_at_a_time"),
            models.CheckConstraint(
                condition=Q(split_at=None, split_by=None) | Q(split_at__isnull=False, split_by__isnull=False),
                name="split_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.into_id}"
