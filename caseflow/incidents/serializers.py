"""What the API shows of reports. Who may not read the words on the page does not get them here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from caseflow.clocks.selectors.escalation import escalations_of
from caseflow.clocks.serializers import EscalationSerializer
from caseflow.directory.endpoints import named
from caseflow.directory.models import Pupil
from caseflow.incidents.enums import Category, Conclusion, PartyRole, ReportState
from caseflow.incidents.finding_serializers import FindingSerializer, HeardSerializer
from caseflow.incidents.models import Incident, Party
from caseflow.incidents.rules.duties import DUTIES
from caseflow.incidents.selectors import Detail, LegalView
from caseflow.incidents.selectors.legal import PartyView
from caseflow.incidents.selectors.reading import Repeat, state_of
from caseflow.incidents.selectors.talk import Line, Talk
from caseflow.incidents.services import PartySaid
from caseflow.incidents.services.reading import OwnRow, Receipt


class IncidentSerializer(serializers.ModelSerializer[Incident]):
    """A report as lists show it. `state` is received, handled or closed; nothing of a case."""

    state = serializers.SerializerMethodField()
    psychological_due_at = serializers.DateTimeField(source="triage_item.psych_clock.due_at", read_only=True)
    legal_due_at = serializers.DateTimeField(
        source="triage_item.legal_clock.due_at", default=None, read_only=True, allow_null=True
    )
    ai_generated = serializers.BooleanField(source="triage_item.ai_generated", read_only=True)
    anonymous = serializers.SerializerMethodField()
    in_danger = serializers.BooleanField(source="channel.danger", default=False, read_only=True)

    class Meta:
        model = Incident
        fields = (
            "id",
            "number",
            "school",
            "category",
            "violence",
            "about_staff",
            "occurred_at",
            "created_at",
            "state",
            "psychological_due_at",
            "legal_due_at",
            "police_informed_at",
            "merged_into",
            "ai_generated",
            "anonymous",
            "in_danger",
        )
        read_only_fields = fields

    def get_state(self, incident: Incident) -> str:
        return state_of(incident).value

    def get_anonymous(self, incident: Incident) -> bool:
        return incident.channel_id is not None


class PartySerializer(serializers.ModelSerializer[Party]):
    """Somebody in a report; neither pupil nor employee: not known."""

    class Meta:
        model = Party
        fields = ("id", "pupil", "employee", "role", "established")
        read_only_fields = fields


class RepeatSerializer(serializers.Serializer[Repeat]):
    """How many reports name the same two pupils in the same parts, this one included (rule 13)."""

    said = serializers.UUIDField(source="said.pupil_id")
    harmed = serializers.UUIDField(source="harmed.pupil_id")
    reports = serializers.IntegerField()


class TalkLineSerializer(serializers.Serializer[Line]):
    """A message with a reporter without a name: theirs where `by_role` is empty. Pictures are opened on the page."""

    by_role = serializers.CharField()
    name = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField()
    pictures = serializers.ListField(child=serializers.UUIDField())


class TalkSerializer(serializers.Serializer[Talk]):
    """What a reporter without a name sent with the report, and what was written after it."""

    pictures = serializers.ListField(child=serializers.UUIDField())
    lines = TalkLineSerializer(many=True)


class ToReporterSerializer(serializers.Serializer[Any]):
    """An answer to a reporter without a name, who sees the role it comes from."""

    text = serializers.CharField(max_length=8000)


class DetailSerializer(serializers.Serializer[Detail]):
    """One report. `words` is null for a role that does not read them, `talk` also for a report by name."""

    incident = IncidentSerializer()
    place = serializers.CharField()
    words = serializers.CharField(allow_null=True)
    parties = PartySerializer(many=True)
    repeats = RepeatSerializer(many=True)
    findings = FindingSerializer(many=True)
    answers = HeardSerializer(many=True)
    legal_text = serializers.CharField()
    legal_conclusion = serializers.SerializerMethodField()
    talk = TalkSerializer(allow_null=True)
    escalations = serializers.SerializerMethodField()

    @extend_schema_field(EscalationSerializer(many=True))
    def get_escalations(self, detail: Detail) -> Any:
        item = detail.incident.triage_item
        of_report = (getattr(detail.incident, name) for name in ("police_clock", *DUTIES))
        reached = escalations_of(item.psych_clock, item.legal_clock, *of_report)
        return EscalationSerializer(reached, many=True).data

    def get_legal_conclusion(self, detail: Detail) -> str | None:
        return Conclusion(detail.legal.conclusion).value if detail.legal and detail.may_decide else None


class SaidSerializer(serializers.Serializer[Any]):
    """Somebody named: a pupil of the school, an employee, or neither."""

    role = serializers.ChoiceField(choices=PartyRole.choices)
    pupil = serializers.UUIDField(required=False, allow_null=True, default=None)
    employee = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=2**63 - 1)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["pupil"] and attrs["employee"]:
            raise serializers.ValidationError(_("A row names one person"))
        return attrs


class ToldSerializer(serializers.Serializer[Any]):
    """A report as it is sent."""

    category = serializers.ChoiceField(choices=Category.choices)
    occurred_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=120)
    words = serializers.CharField(max_length=8000)
    about_staff = serializers.BooleanField(default=False)
    police_informed_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    parties = SaidSerializer(many=True, required=False, default=list)

    def told(self) -> dict[str, Any]:
        """The report as `report_incident` takes it."""
        said = dict(self.validated_data)
        parties = [PartySaid(PartyRole(one["role"]), one["pupil"], one["employee"]) for one in said.pop("parties")]
        return said | {"parties": parties}


class ReceiptSerializer(serializers.Serializer[Any]):
    """The number of a report that was taken, and by when it is read."""

    id = serializers.UUIDField(source="pk")
    number = serializers.IntegerField()
    read_by = serializers.DateTimeField(source="triage_item.psych_clock.due_at")


class FilterSerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=["", "open", "closed"], required=False, default="", allow_blank=True)
    category = serializers.ChoiceField(choices=named(Category.choices), required=False, default="", allow_blank=True)


class FoundPupilSerializer(serializers.Serializer[Pupil]):
    """A pupil who can be named in a report."""

    id = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="full_name")
    school_class = serializers.SerializerMethodField()

    def get_school_class(self, pupil: Pupil) -> str | None:
        return str(pupil.school_class) if pupil.school_class else None


class ItsIncidentSerializer(serializers.Serializer[Any]):
    """The report behind an item of the queue."""

    incident = serializers.UUIDField()


class PoliceSerializer(serializers.Serializer[Any]):
    """When the police were informed."""

    at = serializers.DateTimeField()

    def validate_at(self, at: datetime) -> datetime:
        if at > timezone.now():
            raise serializers.ValidationError(_("The time lies in the future"))
        return at


class EstablishedSerializer(serializers.Serializer[Any]):
    """Whether what somebody is said to have done was found true."""

    party = serializers.UUIDField()
    established = serializers.BooleanField()


class OwnReportSerializer(serializers.Serializer[OwnRow]):
    """One's own report with what its reporter is told, nothing of any case."""

    id = serializers.UUIDField(source="incident.pk")
    number = serializers.IntegerField(source="incident.number")
    category = serializers.ChoiceField(source="incident.category", choices=Category.choices)
    created_at = serializers.DateTimeField(source="incident.created_at")
    state = serializers.ChoiceField(choices=ReportState.choices)


class OwnReceiptSerializer(serializers.Serializer[Receipt]):
    """Who reads one's own report and by when; `by_lead`: nobody at the school."""

    id = serializers.UUIDField(source="incident.pk")
    number = serializers.IntegerField(source="incident.number")
    category = serializers.ChoiceField(source="incident.category", choices=Category.choices)
    created_at = serializers.DateTimeField(source="incident.created_at")
    by_lead = serializers.BooleanField()
    readers = serializers.ListField(child=serializers.CharField())
    read_by = serializers.DateTimeField(source="due_at")


class AddressedSerializer(serializers.Serializer[Incident]):
    """A report that waits for the legal assessment of the own agency, or has it."""

    id = serializers.UUIDField(source="pk")
    number = serializers.IntegerField()
    school = serializers.CharField(source="school.name")
    category = serializers.ChoiceField(choices=Category.choices)
    occurred_at = serializers.DateTimeField(allow_null=True)
    legal_due_at = serializers.DateTimeField(source="triage_item.legal_clock.due_at")
    conclusion = serializers.ChoiceField(
        source="legal_assessment.conclusion", choices=Conclusion.choices, default=None, allow_null=True
    )


class PartyViewSerializer(serializers.Serializer[PartyView]):
    """Only the harmed are named; the others are counted, with their class."""

    role = serializers.CharField()
    who = serializers.CharField(source="label")


class LegalViewSerializer(serializers.Serializer[LegalView]):
    """One report as the agency it is addressed to reads it."""

    incident = AddressedSerializer()
    words = serializers.CharField()
    parties = PartyViewSerializer(many=True)


class LegalSerializer(serializers.Serializer[Any]):
    """A legal assessment as it is sent."""

    conclusion = serializers.ChoiceField(choices=Conclusion.choices)
    text = serializers.CharField(max_length=8000)


class MergeSerializer(serializers.Serializer[Any]):
    """Into which report; `roles` says, by parties of the merged report, which part holds where the two differ."""

    into = serializers.UUIDField()
    roles = serializers.DictField(child=serializers.ChoiceField(choices=PartyRole.choices), required=False)

    def validate_roles(self, roles: dict[str, str]) -> dict[UUID, PartyRole]:
        try:
            return {UUID(party): PartyRole(role) for party, role in roles.items()}
        except ValueError as error:
            raise serializers.ValidationError(_("Say for everybody which part they had")) from error


class SplitSerializer(serializers.Serializer[Any]):
    """Why they are two events; whoever merged them needs no reason for ten minutes."""

    reason = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class DoneSerializer(serializers.Serializer[Any]):
    done = serializers.BooleanField(default=False, help_text="Those that have their legal assessment.")
