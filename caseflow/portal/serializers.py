"""What the API shows to guardians, and of them to those who answer."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from caseflow.cases.selectors.shared import SharedNote
from caseflow.directory.models import Pupil
from caseflow.plans.selectors.shared import SharedPlan
from caseflow.portal.enums import RequestKind
from caseflow.portal.selectors import LogLine, ReadRequest, Withheld


class ChildSerializer(serializers.ModelSerializer[Pupil]):
    """A pupil of whom the actor may see and decide."""

    name = serializers.CharField(source="full_name", read_only=True)

    class Meta:
        model = Pupil
        fields = ("id", "name", "school", "school_class", "birth_date")
        read_only_fields = fields


class LogLineSerializer(serializers.Serializer[LogLine]):
    """Somebody opened something about the pupil; told a fortnight later (rule 10a)."""

    at = serializers.DateTimeField()
    who = serializers.CharField(source="who.short_name")
    role = serializers.CharField()
    what = serializers.CharField()


class SharedNoteSerializer(serializers.Serializer[SharedNote]):
    """A note that the psychologist shared with the family."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField(help_text="When it happened.")
    day_only = serializers.BooleanField(help_text="Only the day is known; `at` begins it.")
    recorded_at = serializers.DateTimeField(
        allow_null=True, help_text="When it was written down; null where that is the same minute."
    )
    by = serializers.CharField()
    text = serializers.CharField()
    struck = serializers.BooleanField(help_text="A later note corrects it.")
    corrects = serializers.BooleanField(help_text="It stands for an older note that is struck through.")


class OwnRequestSerializer(serializers.Serializer[ReadRequest]):
    """What one has asked for, and the answer."""

    id = serializers.UUIDField(source="request.pk")
    kind = serializers.ChoiceField(source="request.kind", choices=RequestKind.choices)
    words = serializers.CharField()
    created_at = serializers.DateTimeField(source="request.created_at")
    due_at = serializers.DateTimeField(source="request.clock.due_at")
    answered_at = serializers.DateTimeField(source="request.answered_at", allow_null=True)
    answer = serializers.CharField()


class RequestSerializer(OwnRequestSerializer):
    """A request as those who answer see it."""

    pupil = serializers.UUIDField(source="request.pupil_id")
    pupil_name = serializers.CharField(source="request.pupil.full_name")
    school = serializers.IntegerField(source="request.clock.school_id")
    guardian = serializers.CharField(source="request.guardian.full_name", default=None, allow_null=True)
    answered_by = serializers.CharField(source="request.answered_by.short_name", default=None, allow_null=True)


class SharedStepSerializer(serializers.Serializer[Any]):
    """The shared lines of one step."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    lines = serializers.ListField(child=serializers.CharField())


class SharedPlanSerializer(serializers.Serializer[SharedPlan]):
    """What is shared of a safety plan, without steps of which nothing is."""

    name = serializers.CharField(source="text.name")
    agreed_at = serializers.DateTimeField()
    psychologist = serializers.CharField()
    steps = serializers.SerializerMethodField()

    @extend_schema_field(SharedStepSerializer(many=True))
    def get_steps(self, shared: SharedPlan) -> list[dict[str, Any]]:
        return [
            {"number": number, "title": str(title), "lines": [line.text for line in lines]}
            for number, (title, lines) in enumerate(shared.text.titled, start=1)
            if lines
        ]


class MaybePlanSerializer(serializers.Serializer[Any]):
    """`plan` is null where nothing is shared with whoever asks."""

    plan = SharedPlanSerializer(allow_null=True)


class AskedSerializer(serializers.Serializer[Any]):
    """A request as it is sent."""

    kind = serializers.ChoiceField(choices=RequestKind.choices)
    words = serializers.CharField(min_length=5, max_length=4000)


class AnswerSerializer(serializers.Serializer[Any]):
    words = serializers.CharField(min_length=5, max_length=4000)


class WithheldSerializer(serializers.Serializer[Withheld]):
    """Something whose readings no guardian learns of yet."""

    pupil = serializers.UUIDField(source="pupil.pk")
    pupil_name = serializers.CharField(source="pupil.short_name")
    obj = serializers.CharField()
    what = serializers.CharField()
    last_read_at = serializers.DateTimeField()


class ReleaseSerializer(serializers.Serializer[Any]):
    """`obj` as the list of what is withheld names it."""

    obj = serializers.CharField(max_length=120)


class ExportedConsentSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    decision = serializers.CharField()
    purpose = serializers.CharField()
    channel = serializers.CharField()
    operator = serializers.CharField()
    operator_bin = serializers.CharField()
    data_categories = serializers.JSONField()
    third_parties = serializers.JSONField()
    cross_border = serializers.JSONField()
    term = serializers.JSONField()
    text_version = serializers.JSONField()
    language = serializers.CharField()
    text_sha256 = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True)


class ExportSerializer(serializers.Serializer[Any]):
    """The own decisions and requests, and what one may learn of the log, as the file of the page holds them."""

    exported_at = serializers.DateTimeField()
    pupil = serializers.DictField(child=serializers.CharField())
    consents = serializers.ListField(child=ExportedConsentSerializer())
    log_until = serializers.DateTimeField()
    log = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
    shared_plan = serializers.ListField(child=serializers.DictField())
    requests = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))
