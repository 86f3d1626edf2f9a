"""What the API shows of the queue. What a consent no longer covers is left out, as on the page."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from caseflow.cases.enums import RiskLevel
from caseflow.cases.serializers import TaskSerializer
from caseflow.clocks.selectors.escalation import escalations_of
from caseflow.clocks.serializers import EscalationSerializer
from caseflow.directory.endpoints import named
from caseflow.directory.models import Pupil
from caseflow.triage.enums import Audience, Decision, DismissReason, ItemKind, ItemState
from caseflow.triage.evidence import Named
from caseflow.triage.selectors import Day, LinkableCase, Row, SchoolLoad
from caseflow.triage.services import OpenItem


class ItemSerializer(serializers.Serializer[Row]):
    """An item of the queue. `ai_generated` marks what a model found, with its name and version (rule 7);
    `demo` marks what was generated."""

    id = serializers.UUIDField(source="item.pk")
    kind = serializers.ChoiceField(source="item.kind", choices=ItemKind.choices)
    state = serializers.ChoiceField(source="item.state", choices=ItemState.choices)
    audience = serializers.ChoiceField(source="item.audience", choices=Audience.choices)
    school = serializers.IntegerField(source="item.school_id")
    readable = serializers.BooleanField()
    title = serializers.CharField()
    line = serializers.CharField()
    place = serializers.CharField()
    pupil = serializers.SerializerMethodField()
    quality = serializers.IntegerField(source="item.quality")
    ai_generated = serializers.BooleanField(source="item.ai_generated")
    model = serializers.CharField(source="item.model_label")
    demo = serializers.BooleanField(source="item.demo")
    created_at = serializers.DateTimeField(source="item.created_at")
    due_at = serializers.DateTimeField(source="item.due_at")
    psychological_due_at = serializers.DateTimeField(source="item.psych_clock.due_at")
    legal_due_at = serializers.DateTimeField(source="item.legal_clock.due_at", default=None, allow_null=True)
    decided_by = serializers.CharField(source="item.decided_by.short_name", default=None, allow_null=True)
    decided_at = serializers.DateTimeField(source="item.decided_at", allow_null=True)
    case = serializers.UUIDField(source="item.case_id", allow_null=True)

    def get_pupil(self, row: Row) -> str | None:
        return str(row.item.pupil_id) if row.readable and row.item.pupil_id else None


class OfferedCaseSerializer(serializers.Serializer[LinkableCase]):
    """An open case to which an item can be linked."""

    id = serializers.UUIDField(source="pk")
    number = serializers.IntegerField()
    pupil_name = serializers.CharField(source="pupil")


class NamedSerializer(serializers.Serializer[Named]):
    """Somebody else who is named in what happened, and the part taken."""

    name = serializers.CharField()
    part = serializers.CharField()


class OpenItemSerializer(serializers.Serializer[OpenItem]):
    """An item with what was said, the open case of its pupil or, without one, those it can be linked to. `must_wait`:
    the reader proposed the dismissal, and another person has to confirm it."""

    item = ItemSerializer(source="row")
    words = serializers.CharField()
    reason = serializers.CharField()
    own_case = serializers.UUIDField(source="own_case.pk", default=None, allow_null=True)
    cases = OfferedCaseSerializer(many=True)
    must_wait = serializers.BooleanField()
    also_named = NamedSerializer(source="evidence.people", many=True)
    wrote_again_at = serializers.DateTimeField(source="evidence.wrote_again_at", allow_null=True)
    further_due_at = serializers.SerializerMethodField()
    escalations = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DictField(child=serializers.DateTimeField()))
    def get_further_due_at(self, opened: OpenItem) -> dict[str, datetime]:
        """When what runs beside the two assessments is due, by the code of the deadline."""
        return {clock.code: clock.due_at for clock in opened.evidence.clocks}

    @extend_schema_field(EscalationSerializer(many=True))
    def get_escalations(self, opened: OpenItem) -> Any:
        reached = escalations_of(opened.item.psych_clock, opened.item.legal_clock, *opened.evidence.clocks)
        return EscalationSerializer(reached, many=True).data


class CaseItemSerializer(ItemSerializer):
    """An item that was linked to a case, and why."""

    reason = serializers.CharField()


class OfferedPupilSerializer(serializers.Serializer[Pupil]):
    """A pupil for whom a case can be opened."""

    id = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="full_name")
    school_class = serializers.SerializerMethodField()

    def get_school_class(self, pupil: Pupil) -> str | None:
        return str(pupil.school_class) if pupil.school_class else None


class RiskCountSerializer(serializers.Serializer[Any]):
    """How many of the own open cases have this risk; null while nobody has assessed it."""

    risk = serializers.ChoiceField(choices=RiskLevel.choices, allow_null=True)
    cases = serializers.IntegerField()


class LateSchoolSerializer(serializers.Serializer[SchoolLoad]):
    """What waits too long at a school: a number, no names."""

    school = serializers.CharField()
    overdue = serializers.IntegerField()


@extend_schema_serializer(many=False)
class DaySerializer(serializers.Serializer[Day]):
    """The own tasks that are late or come next, the own cases counted by risk, and where schools are late."""

    overdue = TaskSerializer(many=True)
    overdue_count = serializers.IntegerField()
    coming = TaskSerializer(many=True)
    cases = serializers.SerializerMethodField()
    case_count = serializers.IntegerField()
    schools = LateSchoolSerializer(many=True)

    @extend_schema_field(RiskCountSerializer(many=True))
    def get_cases(self, day: Day) -> list[dict[str, Any]]:
        return [{"risk": risk and risk.value, "cases": number} for risk, number in day.cases]


class DecisionSerializer(serializers.Serializer[Any]):
    """One of the three decisions with what it needs."""

    decision = serializers.ChoiceField(choices=Decision.choices)
    reason_code = serializers.ChoiceField(choices=DismissReason.choices, required=False, default="")
    reason = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    case_id = serializers.UUIDField(required=False, default=None, allow_null=True)
    pupil_id = serializers.UUIDField(required=False, default=None, allow_null=True)


class LostSerializer(serializers.Serializer[Any]):
    """Why a decision was not taken."""

    detail = serializers.CharField()
    by = serializers.CharField(required=False)
    at = serializers.DateTimeField(required=False)


class KindSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=named(ItemKind.choices), required=False, default="", allow_blank=True)
