from typing import Any

from rest_framework import serializers

from caseflow.council.enums import DecisionState, Duty, Presence, SessionKind
from caseflow.council.limits import LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORDS
from caseflow.council.models import AgendaItem, Decision, DecisionStep, Evidence, Member, Session
from caseflow.council.rules import MOVES
from caseflow.council.selectors.register import LATE, WAITING, Asked, DecisionFile, is_late
from caseflow.council.selectors.sessions import ItemRow, MemberRow, SessionFile
from caseflow.council.services import Called, Drafted, Point, Said, Seat
from caseflow.directory.endpoints import LARGEST, named


class _Id(serializers.IntegerField):
    """An id of the directory that may be left out."""

    def __init__(self) -> None:
        super().__init__(required=False, allow_null=True, default=None, min_value=1, max_value=LARGEST)


class CouncilMemberSerializer(serializers.ModelSerializer[Member]):
    """Somebody who sits in the council, for a body or for nobody."""

    class Meta:
        model = Member
        fields = ("id", "name", "position", "agency", "duty", "since", "until")
        read_only_fields = fields


class NewCouncilMemberSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=LONGEST_NAME)
    position = serializers.CharField(max_length=LONGEST_NAME)
    duty = serializers.ChoiceField(choices=Duty.choices, default=Duty.MEMBER)
    since = serializers.DateField()
    agency = _Id()
    user = _Id()

    def seat(self) -> Seat:
        return Seat(**self.validated_data)


class CouncilDecisionSerializer(serializers.ModelSerializer[Decision]):
    """A decision: `late` says whether its day is over and nobody has reported it as done."""

    year = serializers.IntegerField(source="session.year")
    agency_name = serializers.SerializerMethodField()
    late = serializers.SerializerMethodField()

    class Meta:
        model = Decision
        fields = (
            *("id", "session", "item", "number", "year", "text", "agency", "agency_name", "person", "due_on", "state"),
            *("asked_until", "late"),
        )
        read_only_fields = fields

    def get_agency_name(self, decision: Decision) -> str:
        return str(decision.agency or "")

    def get_late(self, decision: Decision) -> bool:
        return is_late(decision)


class CouncilEvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """A file that proves something; its content is downloaded by its own address."""

    class Meta:
        model = Evidence
        fields = ("id", "name", "media_type", "size", "sha256")
        read_only_fields = fields


class CouncilStepSerializer(serializers.ModelSerializer[DecisionStep]):
    """What somebody did with a decision, in which role, and what they said to it."""

    by = serializers.CharField(source="by.short_name")
    evidence = CouncilEvidenceSerializer(many=True)

    class Meta:
        model = DecisionStep
        fields = ("move", "by", "role", "at", "words", "until", "evidence")
        read_only_fields = fields


class CouncilDecisionFileSerializer(serializers.Serializer[DecisionFile]):
    """A decision with its steps and what the reader may do. `reached`: somebody at the agency signs in here."""

    decision = CouncilDecisionSerializer()
    steps = CouncilStepSerializer(many=True)
    moves = serializers.ListField(child=serializers.CharField())
    reached = serializers.BooleanField()


class CouncilSessionSerializer(serializers.ModelSerializer[Session]):
    """A session; `digest` is the SHA-256 of its minutes once it is closed."""

    points = serializers.IntegerField(read_only=True)
    decided = serializers.IntegerField(read_only=True)

    class Meta:
        model = Session
        fields = (
            *("id", "year", "number", "kind", "starts_at", "place", "state", "reason", "closed_at", "digest"),
            *("points", "decided"),
        )
        read_only_fields = fields


class CouncilItemSerializer(serializers.ModelSerializer[AgendaItem]):
    """A point of the agenda, and what the minutes say of it."""

    class Meta:
        model = AgendaItem
        fields = ("id", "place", "title", "agency", "speaker", "heard")
        read_only_fields = fields


class CouncilItemRowSerializer(serializers.Serializer[ItemRow]):
    item = CouncilItemSerializer()
    decisions = CouncilDecisionSerializer(many=True)


class CouncilMemberRowSerializer(serializers.Serializer[MemberRow]):
    """A member and whether they are there; "" while nobody has said so."""

    member = CouncilMemberSerializer()
    presence = serializers.SerializerMethodField()
    substitute = serializers.SerializerMethodField()

    def get_presence(self, row: MemberRow) -> str:
        return row.attendance.presence if row.attendance else ""

    def get_substitute(self, row: MemberRow) -> str:
        return row.attendance.substitute if row.attendance else ""


class CouncilSessionFileSerializer(serializers.Serializer[SessionFile]):
    """A session laid out. `lacks` are codes of what is missing before it can be closed."""

    session = CouncilSessionSerializer()
    items = CouncilItemRowSerializer(many=True)
    others = CouncilDecisionSerializer(many=True)
    members = CouncilMemberRowSerializer(many=True)
    lacks = serializers.ListField(child=serializers.CharField())
    unchanged = serializers.BooleanField()


class CallCouncilSessionSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=SessionKind.choices, default=SessionKind.ORDINARY)
    starts_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=LONGEST_NAME)

    def called(self) -> Called:
        return Called(**self.validated_data)


class CouncilReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=LONGEST_TITLE)


class CouncilPointSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=LONGEST_TITLE)
    agency = _Id()
    speaker = serializers.CharField(max_length=LONGEST_NAME, required=False, allow_blank=True, default="")

    def point(self) -> Point:
        return Point(**self.validated_data)


class CouncilHeardSerializer(serializers.Serializer[Any]):
    heard = serializers.CharField(max_length=LONGEST_TEXT)


class CouncilShiftSerializer(serializers.Serializer[Any]):
    up = serializers.BooleanField()


class CouncilPresenceSerializer(serializers.Serializer[Any]):
    member = serializers.IntegerField(min_value=1, max_value=LARGEST)
    presence = serializers.ChoiceField(choices=Presence.choices)
    substitute = serializers.CharField(max_length=LONGEST_NAME, required=False, allow_blank=True, default="")


class CouncilAttendanceSerializer(serializers.Serializer[Any]):
    presences = serializers.ListField(child=CouncilPresenceSerializer(), max_length=500)

    def said(self) -> dict[int, tuple[str, str]]:
        return {one["member"]: (one["presence"], one["substitute"]) for one in self.validated_data["presences"]}


class DraftCouncilDecisionSerializer(serializers.Serializer[Any]):
    """What a decision is to say; without agency, person and day it is not approved."""

    text = serializers.CharField(max_length=LONGEST_TEXT)
    agency = _Id()
    person = serializers.CharField(max_length=LONGEST_NAME, required=False, allow_blank=True, default="")
    due_on = serializers.DateField(required=False, allow_null=True, default=None)
    item = serializers.UUIDField(required=False, allow_null=True, default=None)

    def drafted(self) -> Drafted:
        given = {name: value for name, value in self.validated_data.items() if name != "session"}
        return Drafted(**given)


class NewCouncilDecisionSerializer(DraftCouncilDecisionSerializer):
    session = serializers.UUIDField()


class MoveCouncilDecisionSerializer(serializers.Serializer[Any]):
    """A move; files go with it on the page."""

    move = serializers.ChoiceField(choices=[(move.value, move.label) for move in MOVES])
    words = serializers.CharField(max_length=LONGEST_WORDS, required=False, allow_blank=True, default="")
    until = serializers.DateField(required=False, allow_null=True, default=None)

    def said(self) -> Said:
        return Said(self.validated_data["words"], self.validated_data["until"])


class CouncilRegisterQuerySerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(
        choices=[*named(DecisionState.choices), (LATE, LATE), (WAITING, WAITING)],
        required=False,
        default="",
        allow_blank=True,
    )
    agency = _Id()
    year = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=2000, max_value=2200)

    def asked(self) -> Asked:
        return Asked(**self.validated_data)
