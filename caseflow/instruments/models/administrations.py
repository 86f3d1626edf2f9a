from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.cases.models import Case
from caseflow.instruments.enums import OPEN, Alarm, Filling, Respondent, State
from caseflow.instruments.models.versions import DIGEST, InstrumentVersion
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class Administration(Record):
    """A questionnaire given once, within a case, to one respondent.

    `rule` and `rule_version` are what `result_sealed` was scored by. `code_digest` is a keyed hash of the one-time
    code while it works, and nothing afterwards; `sitting` is the one in which it is filled in just now, so that the
    pages of an earlier one, or of before a pause, show nothing any more. `alarm` is the most pressing one that an
    answer ever raised, at `alarmed_at`: an answer that was changed later takes it back no more. `source_sealed`
    says of a typed total who scored it, and where.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="questionnaires")
    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="+")
    respondent = models.CharField(max_length=8, choices=Respondent)
    filling = models.CharField(max_length=8, choices=Filling)
    language = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.GIVEN)
    given_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    code_digest = models.CharField(max_length=DIGEST, null=True, unique=True)  # noqa: DJ001  null: no code works
    code_expires_at = models.DateTimeField(null=True)
    sitting = models.CharField(max_length=32, blank=True)
    alarm = models.CharField(max_length=8, choices=Alarm, blank=True)
    alarmed_at = models.DateTimeField(null=True)
    rule = models.CharField(max_length=32, blank=True)
    rule_version = models.PositiveSmallIntegerField(null=True)
    result_sealed = models.BinaryField(default=bytes)
    source_sealed = models.BinaryField(default=bytes)

    class Meta:
        ordering = ("-given_at",)
        indexes = (models.Index(fields=["case", "-given_at"], name="questionnaires_of_case"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at=None) | (~Q(state__in=OPEN) & Q(ended_at__isnull=False)),
                name="ended_questionnaire_has_its_time",
            ),
            models.CheckConstraint(condition=Q(state__in=OPEN) | Q(code_digest=None), name="no_code_after_the_end"),
            models.CheckConstraint(
                condition=Q(alarm="", alarmed_at=None) | (~Q(alarm="") & Q(alarmed_at__isnull=False)),
                name="alarm_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.version_id} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Answer(Record):
    """The answer to one question, sealed with the case's key; the latest one where somebody went back."""

    administration = models.ForeignKey(Administration, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=16)
    value_sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["administration", "question"], name="one_answer_per_question"),)

    def __str__(self) -> str:
        return f"{self.administration_id} {self.question}"
