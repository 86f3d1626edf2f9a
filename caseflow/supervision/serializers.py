from typing import Any

from rest_framework import serializers

from caseflow.cases.enums import RiskLevel
from caseflow.cases.rules import LONGEST_REASON
from caseflow.directory.endpoints import LARGEST
from caseflow.supervision.models import Supervision
from caseflow.supervision.rules import (
    BY_NAME,
    BY_OVERDUE,
    LONGEST_AGREEMENT,
    LONGEST_TEXT,
    LONGEST_THEMES,
    MOST_AGREEMENTS,
    MOST_AT_ONCE,
    Asked,
)
from caseflow.supervision.selectors.board import SchoolRow, Worker
from caseflow.supervision.selectors.counting import NOT_ASSESSED, Counted
from caseflow.supervision.selectors.notes import AgreementRow, NoteRow
from caseflow.supervision.selectors.work import CaseRow, Work
from caseflow.supervision.services import Agreed, Chosen, Said
from caseflow.supervision.services.reassigning import Move, Plan


class BoardQuerySerializer(serializers.Serializer[Any]):
    district = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=LARGEST)
    q = serializers.CharField(required=False, default="", allow_blank=True, max_length=100)
    sort = serializers.ChoiceField(choices=[(BY_NAME, BY_NAME), (BY_OVERDUE, BY_OVERDUE)], default=BY_NAME)

    def asked(self) -> Asked:
        given = self.validated_data
        return Asked(given["district"], given["q"], given["sort"])


class BoardCountSerializer(serializers.Serializer[Counted]):
    """How many, and since when the oldest waits."""

    number = serializers.IntegerField()
    oldest = serializers.DateTimeField(allow_null=True)


class BoardWorkerSerializer(serializers.Serializer[Worker]):
    """A psychologist of the school, or (without `membership`) somebody else who leads cases there."""

    user = serializers.IntegerField(source="user.pk")
    name = serializers.CharField(source="user.short_name")
    membership = serializers.SerializerMethodField()
    away_until = serializers.SerializerMethodField()
    stand_in = serializers.SerializerMethodField()
    cases = serializers.IntegerField()
    stages = serializers.DictField(child=serializers.IntegerField())

    def get_membership(self, worker: Worker) -> int | None:
        return worker.member.pk if worker.member else None

    def get_away_until(self, worker: Worker) -> str | None:
        return worker.absence.last_day.isoformat() if worker.absence else None

    def get_stand_in(self, worker: Worker) -> str | None:
        return worker.stand_in.user.short_name if worker.stand_in else None


class BoardSchoolSerializer(serializers.Serializer[SchoolRow]):
    """The figures of a school. No pupil is named, and nothing is summed into a score (rule 3)."""

    school = serializers.IntegerField(source="school.pk")
    name = serializers.CharField(source="school.name")
    workers = BoardWorkerSerializer(many=True)
    cases = serializers.IntegerField()
    risks = serializers.SerializerMethodField()
    waiting = BoardCountSerializer()
    overdue = BoardCountSerializer()
    flows = serializers.IntegerField(help_text="Flows of high risk that run.")
    late_flows = serializers.IntegerField(help_text="Those of them in which a step is late.")

    def get_risks(self, row: SchoolRow) -> dict[str, int]:
        named = {level.value: row.risks.get(level.value, 0) for level in RiskLevel}
        return named | {"none": row.risks.get(NOT_ASSESSED, 0)}


class WorkCaseSerializer(serializers.Serializer[CaseRow]):
    """A case by its number."""

    id = serializers.UUIDField(source="case.pk")
    number = serializers.IntegerField(source="case.number")
    stage = serializers.CharField(source="case.stage")
    risk = serializers.CharField(source="case.risk", allow_null=True, help_text="The level set last, if any.")
    late_tasks = serializers.IntegerField()
    opens = serializers.BooleanField(help_text="You may open it.")


class WorkTaskSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="pk")
    number = serializers.IntegerField(source="case.number", help_text="The number of its case.")
    due_at = serializers.DateTimeField()


class WorkSuccessorSerializer(serializers.Serializer[Any]):
    membership = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="user.short_name")
    role = serializers.CharField()


class PsychologistsWorkSerializer(serializers.Serializer[Work]):
    """What somebody has at a school, and who may take it over."""

    user = serializers.IntegerField(source="user.pk")
    name = serializers.CharField(source="user.short_name")
    cases = WorkCaseSerializer(many=True)
    tasks = WorkTaskSerializer(many=True)
    successors = WorkSuccessorSerializer(many=True)


class NewReassignmentSerializer(serializers.Serializer[Any]):
    """What is handed over to whom, and why. Without `seen` it is only looked at."""

    cases = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=MOST_AT_ONCE)
    tasks = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=MOST_AT_ONCE)
    to = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST), min_length=1, max_length=20
    )
    reason = serializers.CharField(max_length=LONGEST_REASON)
    seen = serializers.CharField(required=False, allow_blank=True, default="", max_length=64)

    def chosen(self) -> Chosen:
        given = self.validated_data
        return Chosen(frozenset(given["cases"]), frozenset(given["tasks"]), tuple(given["to"]))


class ReassignmentMoveSerializer(serializers.Serializer[Move]):
    """A case, or one task in it, and who gets it; null where it stays, `why` says the reason."""

    number = serializers.IntegerField()
    task = serializers.SerializerMethodField()
    to = serializers.SerializerMethodField()
    why = serializers.CharField()
    tasks = serializers.IntegerField(help_text="Unfinished tasks that go along.")

    def get_task(self, move: Move) -> str | None:
        return str(move.task.pk) if move.task else None

    def get_to(self, move: Move) -> int | None:
        return move.to.pk if move.to else None


class ReassignmentSerializer(serializers.Serializer[Plan]):
    """What moves, or has moved. `seen` is sent back to have it done just so."""

    moves = ReassignmentMoveSerializer(many=True)
    seen = serializers.CharField(source="digest")


class SupervisionSerializer(serializers.ModelSerializer[Supervision]):
    """A lead accompanies the work of a psychologist."""

    class Meta:
        model = Supervision
        fields = ("id", "member", "begun_at")
        read_only_fields = fields


class BeginSupervisionSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1, max_value=LARGEST)


class SupervisionAgreementSerializer(serializers.Serializer[AgreementRow]):
    id = serializers.UUIDField(source="agreement.pk")
    what = serializers.CharField()
    who = serializers.CharField()
    mine = serializers.BooleanField()
    due_at = serializers.DateTimeField(source="agreement.due_at")
    done_at = serializers.DateTimeField(source="agreement.done_at", allow_null=True)


class SupervisionNoteSerializer(serializers.Serializer[NoteRow]):
    """A note in clear; `case` is the number of the case it is about."""

    id = serializers.UUIDField(source="note.pk")
    supervision = serializers.UUIDField(source="note.supervision_id")
    held_on = serializers.DateField(source="note.held_on")
    recorded_at = serializers.DateTimeField(source="note.recorded_at")
    case = serializers.IntegerField(source="case_number", allow_null=True)
    themes = serializers.CharField()
    text = serializers.CharField()
    shared = serializers.BooleanField(source="is_shared")
    struck = serializers.BooleanField()
    agreements = SupervisionAgreementSerializer(many=True)


class NewAgreementSerializer(serializers.Serializer[Any]):
    what = serializers.CharField(max_length=LONGEST_AGREEMENT)
    by_lead = serializers.BooleanField(default=False)
    due_at = serializers.DateTimeField()


class CorrectSupervisionNoteSerializer(serializers.Serializer[Any]):
    held_on = serializers.DateField()
    themes = serializers.CharField(max_length=LONGEST_THEMES)
    text = serializers.CharField(max_length=LONGEST_TEXT)
    agreements = NewAgreementSerializer(many=True, default=list, max_length=MOST_AGREEMENTS)  # type: ignore[call-arg]  # the list's

    def said(self) -> Said:
        given = self.validated_data
        agreements = tuple(Agreed(**one) for one in given["agreements"])
        return Said(given["held_on"], given["themes"], given["text"], given.get("case"), agreements)


class NewSupervisionNoteSerializer(CorrectSupervisionNoteSerializer):
    supervision = serializers.UUIDField()
    case = serializers.UUIDField(required=False, allow_null=True, default=None)
    share = serializers.BooleanField(default=False, help_text="The psychologist reads it for good.")
