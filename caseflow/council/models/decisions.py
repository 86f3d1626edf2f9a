from django.conf import settings
from django.db import models
from django.db.models import Q

from caseflow.council.enums import DecisionState, Move
from caseflow.council.limits import LONGEST_NAME, LONGEST_TEXT, LONGEST_WORDS
from caseflow.council.models.sessions import AgendaItem, Session
from caseflow.directory.enums import Role
from caseflow.directory.models import Agency
from caseflow.records.append_only import AppendOnly
from caseflow.records.models import DataKey, Record

USER = settings.AUTH_USER_MODEL


class Decision(Record):
    """What a council decided: the text, who carries it out, and until when.

    Nothing is approved without agency, person and day, as the database holds. `clock` is the running one; a wish for
    more time names its day in `asked_until` until the chair answers.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="decisions")
    number = models.PositiveSmallIntegerField(null=True, help_text="in the year of its session, once approved")
    text = models.TextField(max_length=LONGEST_TEXT)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="council_decisions")
    person = models.CharField(max_length=LONGEST_NAME, blank=True, help_text="who answers for it at the agency")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=DecisionState, default=DecisionState.DRAFT)
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, null=True, related_name="council_decision")
    asked_until = models.DateField(null=True)
    written_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("session", "number", "written_at")
        indexes = (models.Index(fields=["agency", "state"], name="decisions_of_agency"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=DecisionState.DRAFT, approved_at=None, approved_by=None, number=None, clock=None)
                | (
                    ~Q(state=DecisionState.DRAFT)
                    & Q(
                        approved_at__isnull=False,
                        approved_by__isnull=False,
                        number__isnull=False,
                        clock__isnull=False,
                        agency__isnull=False,
                        due_on__isnull=False,
                    )
                    & ~Q(person="")
                    & ~Q(text="")
                ),
                name="approved_decision_has_owner_and_day",
            ),
            models.CheckConstraint(
                condition=Q(asked_until=None) | Q(state=DecisionState.RUNNING), name="more_time_is_asked_while_running"
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id} {self.number or self.state}"


class DecisionStep(AppendOnly):
    """A move that somebody made with a decision, and what they said to it. `until` is the day it speaks of: the first
    one, the one asked for, the one given."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=14, choices=Move)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    at = models.DateTimeField()
    words = models.TextField(max_length=LONGEST_WORDS, blank=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.decision_id} {self.move}"


class Evidence(AppendOnly):
    """A file that shows that something was done, sealed with a key of its own."""

    step = models.ForeignKey(DecisionStep, models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=LONGEST_NAME)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=64)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.step_id} {self.sha256[:12]}"
