from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.consent.enums import GIVING, Channel, EventKind, Purpose, TextStatus
from caseflow.directory.models import Guardian, Pupil, School
from caseflow.records.append_only import AppendOnly
from caseflow.records.models import DataKey, Record


class ConsentText(AppendOnly):
    """One version of what a guardian reads for a purpose, in one language. `sha256` covers all that is shown."""

    purpose = models.CharField(max_length=24, choices=Purpose)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=120)
    summary = models.TextField()
    body = models.TextField()
    data_categories = models.TextField()
    third_parties = models.TextField()
    cross_border = models.BooleanField()
    term = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=16, choices=TextStatus, default=TextStatus.AWAITING_LAWYER)
    effective_from = models.DateField()

    class Meta:
        ordering = ("purpose", "-version", "language")
        constraints = (models.UniqueConstraint(fields=["purpose", "version", "language"], name="one_text_per_version"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.version} {self.language}"


class PaperScan(Record):
    """The scan of a signed form, sealed on disk under a key of its own.

    Once the second checker has sent the entry back, file and key are gone; the digest stays as proof of what was seen.
    """

    data_key = models.ForeignKey(DataKey, models.PROTECT, null=True, related_name="+")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    file = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.media_type} {self.pk}"


class ConsentEvent(AppendOnly):
    """A line of the ledger: who decided what for which pupil, and all that rule 8 asks a consent to hold.

    `guardian` is empty for the pupil's own acts. `answers` points at the line that waited for a second person; a
    line can be answered once. Lines of one pupil never share a moment, so `at` orders them. `reason_sealed` (why a
    guardian is to be excluded, or on what ground a guardianship was ended) is sealed with the pupil's key. `last_day`
    is that of an ended guardianship.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=EventKind)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="consent_events")
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="consent_events")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    channel = models.CharField(max_length=8, choices=Channel)
    answers = models.OneToOneField("self", models.PROTECT, null=True, related_name="answered_by")
    purpose = models.CharField(max_length=24, choices=Purpose, blank=True)
    operator = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    operator_name = models.CharField(max_length=160, blank=True)
    operator_bin = models.CharField(max_length=12, blank=True)
    data_categories = models.TextField(blank=True)
    third_parties = models.TextField(blank=True)
    cross_border = models.BooleanField(null=True)
    term = models.CharField(max_length=200, blank=True)
    text = models.ForeignKey(ConsentText, models.PROTECT, null=True, related_name="+")
    text_version = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=2, blank=True)
    shown_sha256 = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True)
    last_day = models.DateField(null=True)
    scan = models.ForeignKey(PaperScan, models.PROTECT, null=True, related_name="+")
    reason_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("at",)
        constraints = (
            models.UniqueConstraint(fields=["pupil", "at"], name="one_consent_event_at_a_time"),
            models.CheckConstraint(
                condition=~Q(kind__in=[*sorted(GIVING), EventKind.WITHDRAWN, EventKind.REFUSED]) | ~Q(purpose=""),
                name="consent_decision_has_purpose",
            ),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.purpose}"

    @property
    def is_complete(self) -> bool:
        """Whether a consent holds all that rule 8 asks; one thing missing and it is not active."""
        told = (self.operator_bin, self.purpose, self.data_categories, self.third_parties, self.term, self.language)
        proof = (self.channel, self.shown_sha256, self.text_version, self.operator_id)
        return all(told) and all(proof) and self.cross_border is not None


class Invitation(Record):
    """A code that gives a guardian, or a pupil come of age, an account. Only its hash is kept; it works once."""

    guardian = models.ForeignKey(Guardian, models.CASCADE, null=True, related_name="invitations")
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, related_name="invitations")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-issued_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(guardian__isnull=True) ^ Q(pupil__isnull=True), name="invitation_for_one_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.guardian_id or self.pupil_id} until {self.expires_at:%Y-%m-%d}"
