"""What the API shows of appointments, and what it takes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from caseflow.appointments.enums import AppointmentKind, AppointmentState, CalledOffBy, Reach
from caseflow.appointments.models import Appointment, Move, Participant
from caseflow.appointments.rules import (
    DEFAULT_MINUTES,
    LONGEST_MINUTES,
    LONGEST_TEXT,
    MOST_PEOPLE,
    REMINDER_CHOICES,
    STEP,
    Plan,
)
from caseflow.appointments.selectors.calendar import ALL, DAY, OWN, WEEK, Asked
from caseflow.appointments.services.reading import Slots
from caseflow.directory.endpoints import LARGEST, named

EARLIEST, LATEST = 2000, 2100


class DayField(serializers.DateField):
    def to_internal_value(self, value: Any) -> Any:
        day = super().to_internal_value(value)
        if not EARLIEST <= day.year <= LATEST:
            self.fail("invalid", format="YYYY-MM-DD")
        return day


class MomentField(serializers.DateTimeField):
    def to_internal_value(self, value: Any) -> Any:
        moment = super().to_internal_value(value)
        if not EARLIEST <= moment.year <= LATEST:
            self.fail("invalid", format="YYYY-MM-DDThh:mm")
        return moment


class AskedDaysSerializer(serializers.Serializer[Any]):
    """Which days of whose appointments: this week's own ones unless said otherwise."""

    day = DayField(required=False)
    view = serializers.ChoiceField(choices=[DAY, WEEK], default=WEEK)
    whose = serializers.ChoiceField(choices=[OWN, ALL], default=OWN)


class AskedDaySerializer(serializers.Serializer[Any]):
    """Which day: today unless said otherwise."""

    day = DayField(required=False)


class SpanSerializer(serializers.Serializer[Any]):
    starts_at = serializers.DateTimeField(source="0")
    ends_at = serializers.DateTimeField(source="1")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {"starts_at": instance[0].isoformat(), "ends_at": instance[1].isoformat()}


class RoomDaySerializer(serializers.Serializer[Any]):
    """A room, and from when to when it is taken."""

    room = serializers.IntegerField(source="room.pk")
    name = serializers.CharField(source="room")
    taken = SpanSerializer(many=True)


class ParticipantSerializer(serializers.ModelSerializer[Participant]):
    """Somebody who is to come; `came` is null until it has been said."""

    name = serializers.CharField(source="person")

    class Meta:
        model = Participant
        fields = ("id", "name", "pupil", "guardian", "member", "came")
        read_only_fields = fields


class AppointmentSerializer(serializers.ModelSerializer[Appointment]):
    room_name = serializers.SerializerMethodField()
    owner_name = serializers.CharField(source="owner.short_name")
    participants = ParticipantSerializer(many=True)
    kind = serializers.ChoiceField(choices=AppointmentKind.choices)
    state = serializers.ChoiceField(choices=AppointmentState.choices)
    called_off_by = serializers.ChoiceField(choices=named(CalledOffBy.choices))

    class Meta:
        model = Appointment
        fields = (
            "id",
            "kind",
            "starts_at",
            "ends_at",
            "state",
            "called_off_by",
            "room",
            "room_name",
            "owner",
            "owner_name",
            "case",
            "series",
            "participants",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.CharField())
    def get_room_name(self, appointment: Appointment) -> str:
        return str(appointment.room) if appointment.room else ""


class MoveSerializer(serializers.ModelSerializer[Move]):
    """An earlier time of the appointment."""

    by = serializers.CharField(source="by.short_name")

    class Meta:
        model = Move
        fields = ("starts_at", "ends_at", "at", "by")
        read_only_fields = fields


class OpenedSerializer(serializers.Serializer[Any]):
    """An appointment with its words; `unanswered` says that somebody has to say what became of it, `later` counts what
    is planned after it in its series."""

    appointment = AppointmentSerializer()
    purpose = serializers.CharField()
    reason = serializers.CharField()
    moves = MoveSerializer(many=True)
    hints = serializers.ListField(child=serializers.CharField())
    later = serializers.IntegerField()
    unanswered = serializers.BooleanField()
    may_change = serializers.BooleanField()
    may_correct = serializers.BooleanField()


class PlanSerializer(serializers.Serializer[Any]):
    """An appointment as it is to be; `members` are ids of users of the staff."""

    starts_at = MomentField()
    minutes = serializers.IntegerField(min_value=STEP, max_value=LONGEST_MINUTES, default=DEFAULT_MINUTES)
    kind = serializers.ChoiceField(choices=AppointmentKind.choices)
    room = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False, allow_null=True, default=None)
    case = serializers.UUIDField(required=False, allow_null=True, default=None)
    pupils = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=MOST_PEOPLE)
    guardians = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=MOST_PEOPLE)
    members = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST), default=list, max_length=MOST_PEOPLE
    )
    purpose = serializers.CharField(max_length=LONGEST_TEXT, default="", allow_blank=True)


class NewPlanSerializer(PlanSerializer):
    every_week = serializers.BooleanField(default=False)


class ChangedPlanSerializer(PlanSerializer):
    reach = serializers.ChoiceField(choices=Reach.choices, default=Reach.ONE)


class MoveToSerializer(serializers.Serializer[Any]):
    """Another time; without `minutes` as long as before."""

    starts_at = MomentField()
    minutes = serializers.IntegerField(
        min_value=STEP, max_value=LONGEST_MINUTES, required=False, allow_null=True, default=None
    )
    reach = serializers.ChoiceField(choices=Reach.choices, default=Reach.ONE)


class AbsentSerializer(serializers.Serializer[Any]):
    """Who did not come, by the ids of participants, and why."""

    absent = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=MOST_PEOPLE)
    reason = serializers.CharField(max_length=LONGEST_TEXT, default="", allow_blank=True)


class CorrectAnswerSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=LONGEST_TEXT)


class CallOffSerializer(serializers.Serializer[Any]):
    by = serializers.ChoiceField(choices=CalledOffBy.choices)
    reason = serializers.CharField(max_length=LONGEST_TEXT, default="", allow_blank=True)
    reach = serializers.ChoiceField(choices=Reach.choices, default=Reach.ONE)


class AskedSlotsSerializer(serializers.Serializer[Any]):
    """For what a free time is sought: after which moment, how long, where and with whom."""

    after = MomentField(required=False)
    minutes = serializers.IntegerField(min_value=STEP, max_value=LONGEST_MINUTES, default=DEFAULT_MINUTES)
    room = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False)
    pupils = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=MOST_PEOPLE)


class FreeTimesSerializer(serializers.Serializer[Any]):
    """What stands at the chosen time, what is worth knowing of it, and the next free times."""

    clash = serializers.CharField()
    hints = serializers.ListField(child=serializers.CharField())
    free = serializers.ListField(child=serializers.DateTimeField())


class CalendarSettingsSerializer(serializers.Serializer[Any]):
    """`reminder` is minutes before an appointment, 0 for none; `address_since` is null where nobody reads along."""

    reminder = serializers.IntegerField()
    address_since = serializers.DateTimeField(allow_null=True)


class ReminderSerializer(serializers.Serializer[Any]):
    minutes = serializers.ChoiceField(choices=REMINDER_CHOICES)


class AddressSerializer(serializers.Serializer[Any]):
    """The secret address, told this once."""

    address = serializers.URLField()


def plan_said(said: dict[str, Any]) -> Plan:
    """The plan as the services take it."""
    facts: dict[str, Any] = {name: tuple(dict.fromkeys(said[name])) for name in ("pupils", "guardians", "members")}
    facts |= {name: said[name] for name in ("starts_at", "minutes", "room", "case", "purpose")}
    return Plan(kind=AppointmentKind(said["kind"]), **facts)


def days_said(said: dict[str, Any], today: Any) -> Asked:
    return Asked(said.get("day", today), said["view"], said["whose"])


def slots_said(said: dict[str, Any]) -> Slots:
    return Slots(said.get("after"), said["minutes"], said.get("room"), tuple(said["pupils"]))
