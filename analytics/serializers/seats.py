from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from analytics.enums import Presence, StillKind
from analytics.models import Seat, SeatPlan
from analytics.rules.seat_plans import Drawing, DrawnSeat
from analytics.selectors.confirming import LessonSeats, SittingPupil, TaughtLesson
from analytics.selectors.seat_plans import PlanPage
from analytics.services.confirming import SeatsSaid
from caseflow.directory.endpoints import LARGEST


class PlanSerializer(serializers.ModelSerializer[SeatPlan]):
    """A version of who sits where before a camera; versions are never changed."""

    still_kind = serializers.ChoiceField(choices=StillKind.choices, read_only=True)
    seat_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = SeatPlan
        fields = (
            "id",
            "camera",
            "school_class",
            "version",
            "valid_from",
            "valid_to",
            "frame_width",
            "frame_height",
            "still_kind",
            "seat_count",
            "created_at",
        )
        read_only_fields = fields


class PlanSeatSerializer(serializers.Serializer[Seat]):
    """A seat of a version, in pixels of its still. A closed one says "closed", never why (rule 1)."""

    name = serializers.CharField(source="label")
    polygon = serializers.ListField(child=serializers.ListField(child=serializers.FloatField()))
    face_height_px = serializers.FloatField()
    pupil = serializers.UUIDField(source="pupil_id", allow_null=True)
    pupil_name = serializers.CharField(source="pupil.short_name", default=None, allow_null=True)
    state = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=["open", "closed"]))
    def get_state(self, seat: Seat) -> str:
        return "open" if seat.pupil_id in self.context["open"] else "closed"


class PlanPageSerializer(serializers.Serializer[PlanPage]):
    """One version with its seats."""

    plan = PlanSerializer()
    seats = serializers.SerializerMethodField()

    @extend_schema_field(PlanSeatSerializer(many=True))
    def get_seats(self, page: PlanPage) -> Any:
        context = {"open": {row.pupil.pk for row in page.roll if row.open}}
        return [PlanSeatSerializer(seat, context=context).data for seat in page.seats]


class TaughtSerializer(serializers.Serializer[TaughtLesson]):
    """A lesson that its teacher confirms, or has confirmed."""

    id = serializers.CharField(source="key")
    slot = serializers.IntegerField(source="slot.pk")
    date = serializers.DateField(source="day")
    camera = serializers.IntegerField(source="plan.camera_id")
    plan = serializers.UUIDField(source="plan.pk")
    school_class = serializers.CharField(source="slot.school_class")
    subject = serializers.CharField(source="slot.subject")
    own = serializers.BooleanField()
    confirmed_at = serializers.DateTimeField(source="confirmation.confirmed_at", default=None, allow_null=True)
    confirmed_by = serializers.CharField(source="confirmation.confirmed_by.short_name", default=None, allow_null=True)


class SittingSerializer(serializers.Serializer[SittingPupil]):
    """A seat of the map; `mark` is what was said last if it differs from the drawing."""

    seat = serializers.IntegerField(source="seat.pk")
    number = serializers.IntegerField()
    pupil_name = serializers.CharField(source="seat.pupil.short_name")
    mark = serializers.CharField()


class LessonSeatsSerializer(serializers.Serializer[LessonSeats]):
    """A lesson's seats. Who has consented is not in it: teachers do not learn that."""

    lesson = TaughtSerializer()
    seats = SittingSerializer(source="pupils", many=True)


class OthersSerializer(serializers.Serializer[Any]):
    others = serializers.BooleanField(default=False, help_text="Those of other teachers, whom one stood in for.")


class DifferentSerializer(serializers.Serializer[Any]):
    """A seat where it was otherwise than drawn."""

    seat = serializers.IntegerField(min_value=1, max_value=LARGEST)
    state = serializers.ChoiceField(choices=Presence.choices)


class SeatsSaidSerializer(serializers.Serializer[Any]):
    """Everybody on the map of `plan` sat as drawn, but those in `different`; a substitute says `taught`."""

    plan = serializers.UUIDField()
    different = DifferentSerializer(many=True, required=False, default=list)
    taught = serializers.BooleanField(default=False)

    def said(self) -> SeatsSaid:
        """What was said as `confirm_seats` takes it."""
        given = self.validated_data
        different = {one["seat"]: Presence(one["state"]) for one in given["different"]}
        return SeatsSaid(given["plan"], different, taught=given["taught"])


class DrawnSeatSerializer(serializers.Serializer[Any]):
    """A seat as the editor sends it: pixels of the still. Whether it makes sense is judged by `problems_of`."""

    name = serializers.CharField(max_length=200, allow_blank=True)
    polygon = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2), max_length=400
    )
    pupil = serializers.UUIDField(allow_null=True)
    face_height_px = serializers.FloatField(allow_null=True)


class DrawingSerializer(serializers.Serializer[Any]):
    base = serializers.UUIDField(allow_null=True)
    still = serializers.UUIDField(allow_null=True)
    seats = serializers.ListField(child=DrawnSeatSerializer(), max_length=400)

    def drawing(self) -> Drawing:
        """The validated drawing."""
        said = self.validated_data
        seats = (
            DrawnSeat(seat["name"].strip(), seat["polygon"], seat["pupil"], seat["face_height_px"])
            for seat in said["seats"]
        )
        return Drawing(said["base"], said["still"], tuple(seats))
