from typing import Any

from rest_framework import serializers

from analytics.enums import UploadState
from analytics.models import Upload
from analytics.selectors.runs import LessonOffer, RecordedLesson
from analytics.serializers.ai import AiSerializer
from analytics.services.requesting import LessonChoice
from caseflow.directory.endpoints import LARGEST


class RunSerializer(AiSerializer):
    """One analysis of a lesson: counts of frames and seats, never a value."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    school = serializers.IntegerField(source="school_id")
    school_class = serializers.CharField(source="slot.school_class")
    subject = serializers.CharField(source="slot.subject")
    date = serializers.DateField()
    recorded_at = serializers.DateTimeField()
    live = serializers.BooleanField(help_text="Analysed as it was held, before its camera")
    windows_left = serializers.IntegerField(help_text="Left out evenly: the camera was faster than the analysis")
    progress = serializers.FloatField(help_text="0..1")
    left_s = serializers.FloatField(allow_null=True)
    declared_s = serializers.FloatField(allow_null=True)
    decoded_s = serializers.FloatField(allow_null=True)
    sampled_frames = serializers.IntegerField()
    frames_used = serializers.IntegerField()
    frames_rejected = serializers.DictField(child=serializers.IntegerField())
    masked_seats = serializers.IntegerField()
    error_code = serializers.CharField()
    demo = serializers.BooleanField()


class SeenSeatSerializer(serializers.Serializer[Any]):
    """What was seen of one open seat."""

    seat = serializers.CharField(source="seat.seat.label")
    pupil = serializers.UUIDField(source="seat.pupil_id")
    coverage_percent = serializers.IntegerField()
    frames_used = serializers.IntegerField(source="seat.frames_used")
    frames_rejected = serializers.DictField(source="seat.frames_rejected", child=serializers.IntegerField())


class RunReportSerializer(serializers.Serializer[Any]):
    """A run with its seats; seats whose gate closed since count as masked."""

    run = RunSerializer()
    seen = SeenSeatSerializer(many=True)
    masked_seats = serializers.IntegerField()
    still_s = serializers.FloatField(help_text="For how many seconds the picture stood still; never calm.")


class VideoSerializer(serializers.ModelSerializer[Upload]):
    """One's own lesson video that is on its way or waits for its lesson."""

    state = serializers.ChoiceField(choices=UploadState.choices, read_only=True)

    class Meta:
        model = Upload
        fields = ("id", "file_name", "length", "received", "state", "recorded_at", "duration_s", "expires_at")
        read_only_fields = fields


class OfferedLessonSerializer(serializers.Serializer[RecordedLesson]):
    """A lesson that a video may show; `camera` is null where its teacher confirmed no seats."""

    slot = serializers.IntegerField(source="slot.pk")
    school_class = serializers.CharField(source="slot.school_class")
    subject = serializers.CharField(source="slot.subject")
    room = serializers.CharField(source="slot.room")
    camera = serializers.IntegerField(source="camera.pk", default=None, allow_null=True)
    confirmed = serializers.BooleanField()


class OfferSerializer(serializers.Serializer[LessonOffer]):
    """The lessons of a day."""

    day = serializers.DateField()
    lessons = OfferedLessonSerializer(many=True)


class AskedDaySerializer(serializers.Serializer[Any]):
    date = serializers.DateField(required=False, default=None, help_text="Without one the day of the recording.")


class NewRunSerializer(serializers.Serializer[Any]):
    """Which lesson a checked video shows; `recorded_at` only where the file does not say it, `camera` where the
    seats of several were confirmed."""

    video = serializers.UUIDField()
    slot = serializers.IntegerField(min_value=1, max_value=LARGEST)
    date = serializers.DateField()
    recorded_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    camera = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=LARGEST)

    def choice(self) -> LessonChoice:
        """The choice as `request_run` takes it."""
        said = self.validated_data
        return LessonChoice(said["slot"], said["date"], said["recorded_at"], said["camera"])
