"""What the API shows of cases. Texts appear only where the same reader sees them on the page."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import EntryKind, RiskLevel, Stage, Visibility
from caseflow.cases.models import BreakGlass, Case, RiskAssessment
from caseflow.cases.rules import CASE_ROLES, LONGEST_FORMULATION, LONGEST_NOTE, LONGEST_REASON, LONGEST_TITLE
from caseflow.cases.selectors.assessments import Assessed
from caseflow.cases.selectors.chronology import Line
from caseflow.cases.selectors.lists import ANY_STAGE, IN_WORK, NOT_ASSESSED, CaseFilter, TaskRow, Workload
from caseflow.cases.selectors.narrowing import LineFilter
from caseflow.cases.selectors.pages import CasePage
from caseflow.cases.selectors.people import Choice
from caseflow.clocks.models import Absence
from caseflow.directory.endpoints import LARGEST, named
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.serializers import GuardianshipSerializer


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case as lists show it. `risk` is null while nobody has assessed it."""

    pupil_name = serializers.CharField(source="pupil.full_name", read_only=True)
    owner_name = serializers.CharField(source="owner.short_name", read_only=True)

    class Meta:
        model = Case
        fields = (
            "id",
            "number",
            "school",
            "pupil",
            "pupil_name",
            "owner",
            "owner_name",
            "stage",
            "stage_since",
            "risk",
            "opened_at",
            "closed_at",
        )
        read_only_fields = fields


class LineSerializer(serializers.Serializer[Line]):
    """A line of the chronology; `hidden` when this reader may not read the text."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    at = serializers.DateTimeField(help_text="When it happened.")
    day_only = serializers.BooleanField(help_text="Only the day is known; `at` begins it.")
    recorded_at = serializers.DateTimeField(
        allow_null=True, help_text="When it was written down; null where that is the same minute."
    )
    readers = serializers.CharField(help_text="Who can read it, in words; empty where the whole team can.")
    title = serializers.CharField()
    by = serializers.CharField()
    text = serializers.CharField()
    hidden = serializers.BooleanField()
    struck = serializers.BooleanField()
    corrects = serializers.BooleanField(help_text="It stands for an older note that is struck through.")
    can_correct = serializers.BooleanField()
    ai_generated = serializers.BooleanField(help_text="It refers to something a model found (rule 7).")
    model = serializers.CharField(help_text="The model and its version; empty where no model found it.")


class TaskSerializer(serializers.Serializer[TaskRow]):
    """A task. `case` is null for those who may not know it."""

    id = serializers.UUIDField(source="task.pk")
    case = serializers.SerializerMethodField()
    pupil_name = serializers.CharField(source="task.case.pupil.full_name")
    title = serializers.CharField()
    owner = serializers.IntegerField(source="task.owner_id")
    due_at = serializers.DateTimeField(source="task.due_at")
    done_at = serializers.DateTimeField(source="task.done_at", allow_null=True)
    withdrawn = serializers.BooleanField(source="task.withdrawn", help_text="It has ended, but nobody did it.")
    outcome = serializers.CharField()

    def get_case(self, row: TaskRow) -> str | None:
        return str(row.task.case_id) if self.context.get("sees_cases") else None


class AssessmentSerializer(serializers.ModelSerializer[RiskAssessment]):
    """An assessment as it was recorded; its texts are among the case's assessments."""

    class Meta:
        model = RiskAssessment
        fields = ("id", "level", "by", "at")
        read_only_fields = fields


class AssessedSerializer(serializers.Serializer[Assessed]):
    """An assessment with what it was based on and how its author understands it; old ones lack the latter."""

    id = serializers.UUIDField(source="assessment.pk")
    level = serializers.ChoiceField(source="assessment.level", choices=RiskLevel.choices)
    by = serializers.IntegerField(source="assessment.by_id")
    at = serializers.DateTimeField(source="assessment.at")
    basis = serializers.CharField()
    formulation = serializers.CharField()


class PersonSerializer(serializers.Serializer[Membership]):
    """Somebody in one role: `membership` is given a task, `user` in `role` the case. Among those one may choose,
    `away_until` is the last day of who is away, and `stand_in` who stands in."""

    membership = serializers.IntegerField(source="pk")
    user = serializers.IntegerField(source="user_id")
    name = serializers.CharField(source="user.short_name")
    role = serializers.ChoiceField(choices=Role.choices)
    away_until = serializers.SerializerMethodField()
    stand_in = serializers.SerializerMethodField()

    def get_away_until(self, person: Membership) -> date | None:
        absence = self._absence(person)
        return absence.last_day if absence else None

    def get_stand_in(self, person: Membership) -> str | None:
        absence = self._absence(person)
        return absence.stand_in.user.short_name if absence else None

    def _absence(self, person: Membership) -> Absence | None:
        found: dict[int, Absence] = self.context.get("away", {})
        return found.get(person.pk)


class ChoiceSerializer(serializers.Serializer[Choice]):
    """Who may be given a task of the case, and who the case itself."""

    task_owners = PersonSerializer(many=True)
    assignees = PersonSerializer(many=True)


class CasePageSerializer(serializers.Serializer[CasePage]):
    """A case with its tasks, the people around it and a page of its chronology."""

    case = CaseSerializer(source="file.case")
    risk_assessment = AssessmentSerializer(source="file.current", allow_null=True)
    tasks = TaskSerializer(source="file.tasks", many=True)
    guardians = GuardianshipSerializer(source="people.guardians", many=True)
    staff = PersonSerializer(source="people.staff", many=True)
    chronology = LineSerializer(source="chronology.lines", many=True)
    chronology_pages = serializers.IntegerField(source="chronology.page.paginator.num_pages")


class ActSerializer(serializers.Serializer[AuditEntry]):
    """Who did what in a case, and when."""

    at = serializers.DateTimeField()
    by = serializers.CharField(source="actor.short_name", default="")
    role = serializers.CharField()
    action = serializers.CharField()


class WorkloadSerializer(serializers.Serializer[Workload]):
    """What waits in a school, counted."""

    school = serializers.IntegerField(source="school.pk")
    open_cases = serializers.IntegerField()
    unassessed = serializers.IntegerField()
    late_tasks = serializers.IntegerField()


class PhoneSerializer(serializers.Serializer[Any]):
    phone = serializers.CharField(allow_blank=True)


class GlassSerializer(serializers.Serializer[BreakGlass]):
    """Until when the case is open to whoever broke the glass."""

    case = serializers.UUIDField(source="case_id")
    ends_at = serializers.DateTimeField()


class CreatedSerializer(serializers.Serializer[Any]):
    """What was written, by its id."""

    id = serializers.UUIDField()


class OpenCaseSerializer(serializers.Serializer[Any]):
    pupil = serializers.UUIDField()
    reason = serializers.CharField(max_length=LONGEST_REASON)


class EventSerializer(serializers.Serializer[Any]):
    """When it happened, by the local clock."""

    event_on = serializers.DateField(required=False, allow_null=True)
    event_time = serializers.TimeField(required=False, allow_null=True)


class NoteSerializer(EventSerializer):
    """`confirmed` says that the parents may read a note of the shared plan."""

    text = serializers.CharField(max_length=LONGEST_NOTE)
    visibility = serializers.ChoiceField(choices=Visibility.choices, default=Visibility.ME_AND_LEAD)
    confirmed = serializers.BooleanField(default=False)


class RiskSerializer(serializers.Serializer[Any]):
    """High and acute risk ask for a `formulation`: how their author understands what happened, what makes it worse and
    what protects.

    `after` is the newest assessment that was seen, null for none; left out, nothing is compared.
    """

    level = serializers.ChoiceField(choices=RiskLevel.choices)
    basis = serializers.CharField(max_length=LONGEST_NOTE)
    formulation = serializers.CharField(max_length=LONGEST_FORMULATION, required=False, allow_blank=True, default="")
    after = serializers.UUIDField(required=False, allow_null=True)


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=LONGEST_REASON)


class CorrectionSerializer(EventSerializer):
    """`after` is the newest correction that was seen, where the note has been corrected already."""

    after = serializers.UUIDField(required=False, allow_null=True)
    text = serializers.CharField(max_length=LONGEST_NOTE)


class NewTaskSerializer(serializers.Serializer[Any]):
    """`owner` is the membership of somebody around the case. They read the title even if nothing else."""

    title = serializers.CharField(max_length=LONGEST_TITLE)
    owner = serializers.IntegerField(min_value=1, max_value=LARGEST)
    due_at = serializers.DateTimeField()

    def validate_due_at(self, due: datetime) -> datetime:
        if due <= timezone.now():
            raise serializers.ValidationError(_("This time has passed. Choose a later one."))
        return due


class AssignSerializer(serializers.Serializer[Any]):
    """A psychologist leads the case, a lead psychologist is let in."""

    user = serializers.IntegerField(min_value=1, max_value=LARGEST)
    role = serializers.ChoiceField(choices=[(role.value, role.label) for role in sorted(CASE_ROLES)])


class BreakGlassSerializer(serializers.Serializer[Any]):
    school = serializers.IntegerField(min_value=1, max_value=LARGEST)
    number = serializers.IntegerField(min_value=1, max_value=2_147_483_647)
    reason = serializers.CharField(max_length=LONGEST_REASON)


class ShownLinesSerializer(serializers.Serializer[Any]):
    """Which lines of the chronology, and which page of them."""

    show = serializers.ChoiceField(choices=named(EntryKind.choices), default="", allow_blank=True)
    author = serializers.IntegerField(min_value=1, max_value=LARGEST, default=None, allow_null=True)
    since = serializers.DateField(default=None, allow_null=True)
    until = serializers.DateField(default=None, allow_null=True)
    readers = serializers.ChoiceField(choices=named(Visibility.choices), default="", allow_blank=True)
    words = serializers.CharField(max_length=100, default="", allow_blank=True)
    page = serializers.IntegerField(min_value=1, max_value=2_147_483_647, default=1)

    def narrowed(self) -> LineFilter:
        given = dict(self.validated_data)
        del given["page"]
        return LineFilter(**given)


class OutcomeSerializer(serializers.Serializer[Any]):
    """`after` is the task's own id once its completion was seen: the outcome is added beside the first one."""

    after = serializers.UUIDField(required=False, allow_null=True)
    outcome = serializers.CharField(max_length=LONGEST_REASON)


class CaseFilterSerializer(serializers.Serializer[Any]):
    """The query of the list, as on the page."""

    whose = serializers.ChoiceField(choices=("all", "mine"), default="all")
    stage = serializers.ChoiceField(
        choices=(IN_WORK, *Stage.values, ANY_STAGE), default=IN_WORK, help_text="`open` is every stage but closed."
    )
    risk = serializers.ChoiceField(choices=("", *RiskLevel.values, NOT_ASSESSED), default="")
    q = serializers.CharField(max_length=100, default="", allow_blank=True)

    def asked(self) -> CaseFilter:
        given = self.validated_data
        return CaseFilter(whose=given["whose"], stage=given["stage"], risk=given["risk"], query=given["q"])
