"""What the API shows of units, people, lessons and the access log: what the pages show, no more."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from caseflow.audit.models import AuditEntry, Checkpoint
from caseflow.audit.selectors import ChainState
from caseflow.directory.finding import Group, Hit
from caseflow.directory.models import (
    Agency,
    Camera,
    Guardianship,
    LessonSlot,
    Membership,
    Pupil,
    Room,
    School,
    SchoolBreak,
    SchoolClass,
    SchoolYear,
)
from caseflow.directory.selectors import Holiday, Roll
from caseflow.directory.services.searching import Found


class SchoolSerializer(serializers.ModelSerializer[School]):
    pupil_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = School
        fields = ("id", "code", "name_kk", "name_ru", "bin", "pupil_count")
        read_only_fields = fields


class ServedSchoolSerializer(serializers.ModelSerializer[School]):
    """A school as whoever has to reach it needs it."""

    district = serializers.CharField(source="district.name", read_only=True)

    class Meta:
        model = School
        fields = ("id", "name_kk", "name_ru", "district", "address", "phone")
        read_only_fields = fields


class AgencySerializer(serializers.ModelSerializer[Agency]):
    class Meta:
        model = Agency
        fields = ("id", "kind", "region", "district", "name_kk", "name_ru", "name_en", "phone")
        read_only_fields = fields


class SchoolBreakSerializer(serializers.ModelSerializer[SchoolBreak]):
    class Meta:
        model = SchoolBreak
        fields = ("starts_on", "ends_on")
        read_only_fields = fields


class SchoolYearSerializer(serializers.ModelSerializer[SchoolYear]):
    breaks = SchoolBreakSerializer(many=True, read_only=True)

    class Meta:
        model = SchoolYear
        fields = ("id", "region", "starts_on", "ends_on", "breaks")
        read_only_fields = fields


class HolidaySerializer(serializers.Serializer[Holiday]):
    """Days without lessons; `name` in the language of the user."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    name = serializers.CharField()


class CameraSerializer(serializers.ModelSerializer[Camera]):
    class Meta:
        model = Camera
        fields = ("id", "room", "name", "purpose", "wired_to_police")
        read_only_fields = fields


class RoomSerializer(serializers.ModelSerializer[Room]):
    cameras = CameraSerializer(many=True, read_only=True)

    class Meta:
        model = Room
        fields = ("id", "school", "name", "cameras")
        read_only_fields = fields


@extend_schema_field({"type": "string", "pattern": r"^\d\d:\d\d:\d\d$", "description": "Local time"})
class LocalTimeField(serializers.TimeField):
    """A time of the day where the school is; OpenAPI's own "time" would have a zone."""


class LessonSerializer(serializers.ModelSerializer[LessonSlot]):
    starts_at = LocalTimeField(read_only=True)
    ends_at = LocalTimeField(read_only=True)

    class Meta:
        model = LessonSlot
        fields = ("id", "school_class", "room", "subject", "weekday", "starts_at", "ends_at")
        read_only_fields = fields


class SchoolClassSerializer(serializers.ModelSerializer[SchoolClass]):
    pupil_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = SchoolClass
        fields = ("id", "school", "grade", "letter", "pupil_count")
        read_only_fields = fields


class PupilSerializer(serializers.ModelSerializer[Pupil]):
    class Meta:
        model = Pupil
        fields = ("id", "school", "school_class", "number", "last_name", "first_name", "patronymic", "birth_date")
        read_only_fields = fields


class GuardianshipSerializer(serializers.ModelSerializer[Guardianship]):
    """Who stands for the pupil today."""

    name = serializers.CharField(source="guardian.full_name", read_only=True)

    class Meta:
        model = Guardianship
        fields = ("guardian", "name", "relation")
        read_only_fields = fields


class PupilCardSerializer(PupilSerializer):
    """A pupil and who stands for the pupil today: the context's `guardians`."""

    guardians = serializers.SerializerMethodField()

    class Meta:
        model = Pupil
        fields = (*PupilSerializer.Meta.fields, "guardians")
        read_only_fields = fields

    @extend_schema_field(GuardianshipSerializer(many=True))
    def get_guardians(self, _pupil: Pupil) -> Any:
        return GuardianshipSerializer(self.context["guardians"], many=True).data


class RollSerializer(serializers.Serializer[Roll]):
    """A class: who is in it and what is taught."""

    id = serializers.IntegerField(source="school_class.pk")
    school = serializers.IntegerField(source="school_class.school_id")
    grade = serializers.IntegerField(source="school_class.grade")
    letter = serializers.CharField(source="school_class.letter")
    pupils = PupilSerializer(many=True)
    lessons = LessonSerializer(many=True)


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """A role of a person in a unit. Whose parent somebody is, and which pupil, is not told."""

    name = serializers.CharField(source="user.short_name", read_only=True)
    username = serializers.CharField(source="user.username", read_only=True)
    unit = serializers.SerializerMethodField()

    class Meta:
        model = Membership
        fields = ("id", "name", "username", "role", "unit", "starts_on", "ends_on")
        read_only_fields = fields

    def get_unit(self, membership: Membership) -> str | None:
        """The unit's name in the language of the user; null for the whole installation, a parent and a pupil."""
        return membership.unit_name or None


class EntrySerializer(serializers.ModelSerializer[AuditEntry]):
    """One act: who, as what, did, read or was refused what. No content of any case."""

    actor = serializers.SerializerMethodField()

    class Meta:
        model = AuditEntry
        fields = ("id", "at", "actor", "role", "action", "obj")
        read_only_fields = fields

    def get_actor(self, entry: AuditEntry) -> str | None:
        return str(entry.actor) if entry.actor else None


class CheckpointSerializer(serializers.ModelSerializer[Checkpoint]):
    class Meta:
        model = Checkpoint
        fields = ("sequence", "at")
        read_only_fields = fields


class ChainSerializer(serializers.Serializer[ChainState]):
    """`broken_at` names the first entry or checkpoint that does not hold; null when all do."""

    broken_at = serializers.CharField(allow_null=True)
    checkpoint = CheckpointSerializer(allow_null=True)


class HitSerializer(serializers.Serializer[Hit]):
    """Something found. `similar` says that the name is written otherwise than asked for."""

    id = serializers.CharField()
    title = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    url = serializers.CharField()
    similar = serializers.BooleanField()


class GroupSerializer(serializers.Serializer[Group]):
    """What was found of one kind, the best first; `more` says that there is more than is shown."""

    kind = serializers.CharField()
    title = serializers.CharField()
    hits = HitSerializer(many=True)
    more = serializers.BooleanField()


class FoundSerializer(serializers.Serializer[Found]):
    """What was found, kind by kind. `asked` is false where too little was sent to look for."""

    asked = serializers.BooleanField()
    groups = GroupSerializer(many=True)
