from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from caseflow.cases.models import Case, Task
from caseflow.cases.wordings import page_of
from caseflow.directory.enums import Role
from caseflow.protocols.enums import Cause, Doer
from caseflow.protocols.models.protocols import HIGH_RISK, ProtocolStep, ProtocolVersion
from caseflow.records.models import Record

if TYPE_CHECKING:
    from caseflow.accounts.models import User

USER = settings.AUTH_USER_MODEL


class Flow(Record):
    """A protocol at work in a case. `second` is named when it begins; whoever asks for its end does not confirm it.

    `ref` is what it began with, "assessment:<uuid>" or "instrument:<uuid>". `answer_ref` is the answer that calls for a
    person now, given at `answer_at`: the last one, but none that is less than acute after an acute one. `acute_at` is
    since when it is acute, by an answer or an assessment, until a person finds it less than that.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="flows")
    version = models.ForeignKey(ProtocolVersion, models.PROTECT, related_name="flows")
    cause = models.CharField(max_length=12, choices=Cause)
    ref = models.CharField(max_length=60, blank=True)
    answer_ref = models.CharField(max_length=60, blank=True)
    answer_at = models.DateTimeField(null=True)
    acute_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    second_role = models.CharField(max_length=20, choices=Role, blank=True)
    end_reason_sealed = models.BinaryField(default=bytes)
    end_asked_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    end_asked_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-started_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["case", "version"], condition=Q(ended_at=None), name="one_running_flow_of_a_version"
            ),
            models.CheckConstraint(
                condition=Q(second=None, second_role="") | Q(Q(second__isnull=False), ~Q(second_role="")),
                name="second_person_has_a_role",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(Q(ended_at__isnull=False, ended_by__isnull=False, end_asked_by__isnull=False))
                & ~Q(ended_by=F("end_asked_by")),
                name="two_people_end_a_flow",
            ),
            models.CheckConstraint(
                condition=Q(answer_ref="", answer_at=None) | Q(~Q(answer_ref=""), answer_at__isnull=False),
                name="answer_in_a_flow_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_running(self) -> bool:
        return self.ended_at is None

    @property
    def is_high_risk(self) -> bool:
        """Whether this is the flow of rule 16, and not another protocol."""
        return self.version.protocol.code == HIGH_RISK

    @property
    def is_acute(self) -> bool:
        return self.is_running and self.acute_at is not None

    @property
    def answers_url(self) -> str | None:
        """Where whoever may open the case reads the answers that call for a person."""
        return page_of(self.answer_ref) if self.answer_ref else None

    @property
    def called_at(self) -> datetime:
        """When it last called for a person: an assessment from before says nothing of it."""
        return self.answer_at or self.started_at


class FlowStep(Record):
    """A step of a flow: done with its proof, or found not to apply (`waived`) with the reason; both sealed. What the
    program says to it, as `wordings.Written`, stands before the words of a person.

    Its `owner` is whoever leads the case now, the second person of the flow, or whoever has it as a `task`, which
    shares its clock: the step is done when the task is.
    """

    flow = models.ForeignKey(Flow, models.CASCADE, related_name="steps")
    step = models.ForeignKey(ProtocolStep, models.PROTECT, related_name="+")
    clock = models.OneToOneField("clocks.Clock", models.PROTECT, related_name="flow_step")
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="flow_step")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    waived = models.BooleanField(default=False)
    proof_sealed = models.BinaryField(default=bytes)
    proof_written = models.JSONField(default=dict)

    class Meta:
        ordering = ("step__position",)
        constraints = (
            models.UniqueConstraint(fields=["flow", "step"], name="each_step_once_in_a_flow"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, waived=False) | Q(done_at__isnull=False, done_by__isnull=False),
                name="done_step_has_its_doer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.flow_id} {self.step_id}"

    @property
    def case(self) -> Case:
        return self.flow.case

    @property
    def key(self) -> str:
        """The id as pages name it."""
        return str(self.pk)

    @property
    def owner(self) -> "User | None":
        if self.task:
            return self.task.owner
        return self.flow.second if self.step.doer == Doer.SECOND else self.flow.case.owner

    @property
    def owner_id(self) -> int | None:
        if self.task:
            return self.task.owner_id
        return self.flow.second_id if self.step.doer == Doer.SECOND else self.flow.case.owner_id

    @property
    def owner_role(self) -> str:
        """Empty for whoever leads the case, in whichever role."""
        if self.task:
            return self.task.owner_role
        return self.flow.second_role if self.step.doer == Doer.SECOND else ""
