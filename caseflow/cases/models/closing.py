from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.cases.enums import ClosingState
from caseflow.cases.models.cases import Case
from caseflow.directory.enums import Role
from caseflow.records.models import Record

USER = settings.AUTH_USER_MODEL


class ClosingRequest(Record):
    """The wish to close a case that was at high risk: a lead psychologist, the `owner`, is asked to agree.

    The database refuses that whoever asked agrees as well.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="closing_requests")
    reason_sealed = models.BinaryField()
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    owner = models.ForeignKey(USER, models.PROTECT, related_name="+")
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="closing_request")
    state = models.CharField(max_length=12, choices=ClosingState, default=ClosingState.ASKED)
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer_sealed = models.BinaryField(default=bytes)

    owner_role: str = Role.LEAD_PSYCHOLOGIST

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=ClosingState.ASKED), name="one_open_closing_request"
            ),
            models.CheckConstraint(
                condition=Q(state=ClosingState.ASKED, decided_by=None, decided_at=None)
                | Q(~Q(state=ClosingState.ASKED), decided_by__isnull=False, decided_at__isnull=False),
                name="decided_closing_has_its_decider",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClosingState.APPROVED) | ~Q(decided_by=F("asked_by")),
                name="nobody_agrees_with_themselves",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_at:%Y-%m-%d %H:%M} {self.state}"
