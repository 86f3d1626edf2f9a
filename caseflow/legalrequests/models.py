from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.cases.models import Case
from caseflow.directory.models import Region
from caseflow.legalrequests.enums import Ground, State
from caseflow.legalrequests.limits import LONGEST_ACT, LONGEST_NUMBER
from caseflow.records.models import DataKey, Record

USER = settings.AUTH_USER_MODEL


class LegalRequest(Record):
    """A prosecutor asks for a minimised copy of a pupil's case, on a ground and under a number (rule on prosecutors).

    `child_sealed` (JSON) says whom it is about, `asked_sealed` what is asked and why. The lead chooses field by field
    and freezes the copy (`snapshot_sealed`, `sha256`), a second person approves; nobody does both, nor approves the own
    request. Once the term is over the copy is destroyed with its key; that it was given stays.

    While the law bars it (`barred_act`, until `barred_until`) the family is not told; `told_at` is when it was.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=16, choices=Ground)
    act = models.CharField(max_length=LONGEST_ACT, help_text="article and law")
    number = models.CharField(max_length=LONGEST_NUMBER)
    dated = models.DateField()
    child_sealed = models.BinaryField()
    asked_sealed = models.BinaryField()
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    barred_act = models.CharField(max_length=LONGEST_ACT, blank=True)
    barred_until = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="legal_request")
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="legal_requests")
    fields = models.JSONField(default=list)
    snapshot_sealed = models.BinaryField(default=bytes)
    snapshot_key = models.ForeignKey(DataKey, models.SET_NULL, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    prepared_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    words_sealed = models.BinaryField(default=bytes, help_text="why it was refused or withdrawn")
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        indexes = (
            models.Index(fields=["expires_at"], condition=Q(state=State.RELEASED), name="legal_copies_to_erase"),
            models.Index(
                fields=["barred_until"],
                condition=Q(told_at=None, approved_at__isnull=False),
                name="families_to_tell",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["region", "number", "dated"],
                condition=~Q(state__in=(State.REFUSED, State.WITHDRAWN)),
                name="one_legal_request_per_document",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None, expires_at=None)
                | (
                    Q(approved_at__isnull=False, expires_at__gt=F("approved_at"), case__isnull=False)
                    & Q(prepared_by__isnull=False)
                    & ~Q(sha256="")
                    & ~Q(approved_by=F("prepared_by"))
                    & ~Q(approved_by=F("made_by"))
                ),
                name="two_people_give_on_a_legal_request",
            ),
            models.CheckConstraint(
                condition=Q(prepared_by=None) | ~Q(prepared_by=F("made_by")), name="nobody_prepares_the_own_request"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.RELEASED, State.ENDED)) | Q(approved_by__isnull=False),
                name="nothing_is_given_without_approval",
            ),
            models.CheckConstraint(
                condition=Q(barred_act="", barred_until=None) | (~Q(barred_act="") & Q(barred_until__isnull=False)),
                name="what_bars_telling_is_named_and_ends",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
