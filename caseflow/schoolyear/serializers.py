"""What the API shows and takes of years, moves and people."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from caseflow.directory.endpoints import LARGEST
from caseflow.directory.models import Membership
from caseflow.schoolyear.models import ComingOfAge, SchoolMove, YearTurn
from caseflow.schoolyear.selectors.turns import Preview
from caseflow.schoolyear.services.moves import Arrival, Leaving
from caseflow.schoolyear.services.turning import ClassSaid


class YearTurnSerializer(serializers.ModelSerializer[YearTurn]):
    """The turn of the own school to a school year."""

    starts_on = serializers.DateField(source="year.starts_on")
    ends_on = serializers.DateField(source="year.ends_on")

    class Meta:
        model = YearTurn
        fields = ("id", "state", "starts_on", "ends_on", "carries_timetable", "applied_at")
        read_only_fields = fields


class ClassTurnSerializer(serializers.Serializer[Any]):
    """A class now (`name`) and in the new year (`target`, empty: its pupils leave)."""

    id = serializers.IntegerField(source="said.pk")
    name = serializers.CharField(source="said.old_class")
    target = serializers.CharField(source="said.target")
    teacher = serializers.IntegerField(source="said.teacher_id", allow_null=True)
    pupils = serializers.IntegerField()
    exceptions = serializers.IntegerField()


class TurnPreviewSerializer(serializers.Serializer[Any]):
    """What confirming would do; `homeless` are the ids of pupils of whom nobody said where they go."""

    turn = YearTurnSerializer()
    classes = ClassTurnSerializer(source="rows", many=True)
    staying = serializers.IntegerField()
    leaving = serializers.IntegerField()
    homeless = serializers.SerializerMethodField()
    merged = serializers.ListField(child=serializers.CharField())
    may_confirm = serializers.BooleanField()

    def get_homeless(self, preview: Preview) -> list[UUID]:
        return [pupil.pk for pupil in preview.homeless]


class ClassSaidSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(min_value=1, max_value=LARGEST)
    target = serializers.CharField(max_length=8, allow_blank=True)
    teacher = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False, allow_null=True, default=None)


class ClassesSaidSerializer(serializers.Serializer[Any]):
    """What becomes of classes; those that are left out stay as they are."""

    classes = ClassSaidSerializer(many=True)
    carries_timetable = serializers.BooleanField(required=False, default=False)

    @staticmethod
    def said(data: dict[str, Any]) -> dict[int, ClassSaid]:
        return {each["id"]: ClassSaid(each["target"], each["teacher"]) for each in data["classes"]}


class PupilSaidSerializer(serializers.Serializer[Any]):
    """Where one pupil goes: a class, "" for leaving, "repeats", or "class" for with the class.

    `class_turn` names the pupil's class in the plan; it is left out for a pupil without a class.
    """

    pupil = serializers.UUIDField()
    target = serializers.CharField(max_length=8, allow_blank=True)
    class_turn = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False, allow_null=True, default=None)


class SchoolMoveSerializer(serializers.ModelSerializer[SchoolMove]):
    """A pupil who leaves, or was taken in."""

    name = serializers.CharField(source="pupil.short_name")

    class Meta:
        model = SchoolMove
        fields = (
            "id",
            "name",
            "from_school",
            "from_class",
            "day",
            "to_school",
            "elsewhere",
            "to_class",
            "taken_at",
        )
        read_only_fields = fields


@extend_schema_serializer(many=False)
class MovesSerializer(serializers.Serializer[Any]):
    leaving = SchoolMoveSerializer(many=True)
    taken = SchoolMoveSerializer(many=True)


class LeavingSerializer(serializers.Serializer[Any]):
    """A pupil leaves: `day` is the first one on which the pupil is no longer here."""

    pupil = serializers.UUIDField()
    day = serializers.DateField()
    to_school = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False, allow_null=True, default=None)
    elsewhere = serializers.CharField(max_length=160, required=False, allow_blank=True, default="")

    @staticmethod
    def said(data: dict[str, Any]) -> Leaving:
        return Leaving(data["day"], data["to_school"], data["elsewhere"])


class LeftSerializer(serializers.Serializer[Any]):
    """The move, and the code for the family, told this once."""

    move = SchoolMoveSerializer()
    code = serializers.CharField(allow_blank=True)


class ArrivalSerializer(serializers.Serializer[Any]):
    """Whoever is taken in, by the code of the former school or the national number."""

    code = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    national_number = serializers.CharField(max_length=12, required=False, allow_blank=True, default="")
    school_class = serializers.IntegerField(min_value=1, max_value=LARGEST)
    number = serializers.CharField(max_length=32)

    @staticmethod
    def said(data: dict[str, Any]) -> Arrival:
        return Arrival(**data)


class TakenInSerializer(serializers.Serializer[Any]):
    pupil = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="short_name")


class LeadingSerializer(serializers.ModelSerializer[Membership]):
    """Who has a class from when to when."""

    name = serializers.CharField(source="user.short_name")

    class Meta:
        model = Membership
        fields = ("id", "user", "name", "starts_on", "ends_on", "substitute")
        read_only_fields = fields


class ClassLedSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="school_class.pk")
    name = serializers.CharField(source="school_class")
    leading = LeadingSerializer(many=True)
    substitutes = LeadingSerializer(many=True)


class HandOverSerializer(serializers.Serializer[Any]):
    user = serializers.IntegerField(min_value=1, max_value=LARGEST)
    first = serializers.DateField()


class SubstituteSerializer(HandOverSerializer):
    last = serializers.DateField()


class StaffMemberSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="short_name")


class HeldSerializer(serializers.Serializer[Any]):
    """What somebody has of a kind, and the memberships to which it can go."""

    kind = serializers.CharField(source="kind.code")
    names = serializers.ListField(child=serializers.CharField())
    successors = LeadingSerializer(many=True)


class StaffWithHeldSerializer(serializers.Serializer[Any]):
    user = StaffMemberSerializer()
    held = HeldSerializer(many=True)


class EndingRolesSerializer(serializers.Serializer[Any]):
    """The last day, and by kind the membership that has it afterwards; what is left out goes to whom the kind says."""

    last_day = serializers.DateField()
    successors = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST, allow_null=True), required=False, default=dict
    )


class EndedRolesSerializer(serializers.Serializer[Any]):
    handed_over = serializers.DictField(child=serializers.IntegerField())


class ComingOfAgeSerializer(serializers.ModelSerializer[ComingOfAge]):
    """A pupil of age to whom a code is to be handed in person."""

    name = serializers.CharField(source="pupil.short_name")

    class Meta:
        model = ComingOfAge
        fields = ("id", "pupil", "name", "day")
        read_only_fields = fields
