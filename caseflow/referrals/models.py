from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.cases.models import Case
from caseflow.directory.enums import Role
from caseflow.directory.models import Agency, School
from caseflow.records.append_only import AppendOnly
from caseflow.records.models import Record
from caseflow.referrals.enums import SCHOOL, Ground, Kind, Move, State

USER = settings.AUTH_USER_MODEL


class Referral(Record):
    """Something asked of an agency or of another school about the pupil of a case, or the case offered to that school.

    Until it is sent, `draft_sealed` holds what was chosen and written; from then on `letter_sealed` is the exact text
    that the receiver reads. All is sealed with the case's key. `from_school` stays when the case moves.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.REFERRAL)
    from_school = models.ForeignKey(School, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="referrals")
    to_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="referrals")
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    draft_sealed = models.BinaryField(default=bytes)
    letter_sealed = models.BinaryField(default=bytes)
    letter_sha256 = models.CharField(max_length=64, blank=True)
    sent_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accept_clock = models.OneToOneField("clocks.Clock", models.PROTECT, null=True, related_name="referral_to_accept")
    answer_clock = models.OneToOneField("clocks.Clock", models.PROTECT, null=True, related_name="referral_to_answer")
    ground = models.CharField(max_length=8, choices=Ground, blank=True)
    basis = models.SlugField(max_length=40, blank=True, help_text="code of a row of the table of legal grounds")
    ground_sealed = models.BinaryField(default=bytes, help_text="what makes the legal ground hold here, in words")
    consent_ended_at = models.DateTimeField(null=True)
    review_clock = models.OneToOneField("clocks.Clock", models.PROTECT, null=True, related_name="reviewed_referral")
    reviewed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    holds = models.BooleanField(null=True, help_text="whether the lead finds that the legal ground holds")
    review_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("-created_at",)
        indexes = (
            models.Index(fields=["agency", "state"], name="referrals_of_agency"),
            models.Index(fields=["to_school", "state"], name="referrals_to_school"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(agency=None) | Q(to_school=None), name="referral_has_one_receiver_at_most"
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, sent_at=None, sent_by=None)
                | (
                    Q(sent_at__isnull=False, sent_by__isnull=False)
                    & ~Q(state=State.DRAFT)
                    & ~Q(ground="")
                    & (Q(agency__isnull=False) | Q(to_school__isnull=False))
                    & ~Q(letter_sha256="")
                ),
                name="sent_referral_has_ground_and_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(ground=Ground.LEGAL) | ~Q(basis="") | Q(state=State.DRAFT),
                name="legal_ground_is_named",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.REFERRAL) | Q(agency=None), name="case_is_transferred_to_a_school"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("sent_by")), name="nobody_reviews_the_own_ground"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind=Kind.TRANSFER, state=State.SENT),
                name="case_is_offered_to_one_school_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.state}"

    @property
    def receiver(self) -> Agency | School | None:
        return self.agency or self.to_school

    @property
    def receiver_kind(self) -> str:
        """The kind of the agency, "school", or "" while nobody is chosen."""
        if self.agency:
            return self.agency.kind
        return SCHOOL if self.to_school_id else ""

    @property
    def is_transfer(self) -> bool:
        return self.kind == Kind.TRANSFER


class ReferralStep(AppendOnly):
    """A move that somebody made, with what they said to it, sealed with the case's key."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=10, choices=Move)
    state = models.CharField(max_length=10, choices=State)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    at = models.DateTimeField()
    words_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.referral_id} {self.move}"
