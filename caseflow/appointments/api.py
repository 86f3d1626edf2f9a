"""The calendar under /api/v1/: the same services and scopes as the pages."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.appointments import services
from caseflow.appointments.enums import CalledOffBy, Reach
from caseflow.appointments.models import Appointment
from caseflow.appointments.rules import ROOM_READERS, AppointmentRefused
from caseflow.appointments.selectors.rooms import rooms_on
from caseflow.appointments.serializers import (
    AbsentSerializer,
    AddressSerializer,
    AppointmentSerializer,
    AskedDaySerializer,
    AskedDaysSerializer,
    AskedSlotsSerializer,
    CalendarSettingsSerializer,
    CallOffSerializer,
    ChangedPlanSerializer,
    CorrectAnswerSerializer,
    FreeTimesSerializer,
    MoveToSerializer,
    NewPlanSerializer,
    OpenedSerializer,
    ReminderSerializer,
    RoomDaySerializer,
    days_said,
    plan_said,
    slots_said,
)
from caseflow.appointments.services.feeding import end_feed, feed_since, make_feed
from caseflow.appointments.services.reading import list_appointments, offer_slots, open_appointment, open_of_case
from caseflow.cases.rules import CASE_ROLES
from caseflow.directory.endpoints import UUID_PATTERN, ConflictError, RefusalSerializer, ScopedViewSet
from caseflow.directory.enums import Role

PSYCHOLOGIST = frozenset({Role.PSYCHOLOGIST})
CHANGED = {200: AppointmentSerializer, 409: RefusalSerializer}


class AppointmentViewSet(ScopedViewSet):
    """The appointments of the school's psychologists; a lead psychologist reads those of the cases given to them."""

    roles = {
        "*": PSYCHOLOGIST,
        "list": CASE_ROLES,
        "retrieve": CASE_ROLES,
        "of_case": CASE_ROLES,
        "rooms": frozenset(ROOM_READERS),
    }
    serializer_class = AppointmentSerializer
    queryset = Appointment.objects.none()

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, AppointmentRefused):
            return super().handle_exception(ConflictError(str(exc)))
        return super().handle_exception(exc)

    @extend_schema(parameters=[AskedDaysSerializer], responses=AppointmentSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Those of a day or a week, the earliest first."""
        asked = days_said(self.asked(AskedDaysSerializer), timezone.localdate())
        return self.paged(list_appointments(self.actor, asked), AppointmentSerializer)

    @extend_schema(responses=OpenedSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One with its words and its history."""
        return Response(OpenedSerializer(open_appointment(self.actor, UUID(pk))).data)

    @extend_schema(request=NewPlanSerializer, responses={201: AppointmentSerializer, 409: RefusalSerializer})
    def create(self, request: Request) -> Response:
        """Plan one, or one for each week until the school year ends; of a series the first is answered."""
        given = self.given(NewPlanSerializer)
        made = services.plan_appointment(self.actor, plan_said(given), every_week=given["every_week"])
        return Response(AppointmentSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ChangedPlanSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """Give a planned one what the plan says; its old time stays known."""
        given = self.given(ChangedPlanSerializer)
        changed = services.change_appointment(self.actor, UUID(pk), plan_said(given), reach=Reach(given["reach"]))
        return Response(AppointmentSerializer(changed).data)

    @extend_schema(request=MoveToSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str) -> Response:
        """Give a planned one another time and leave all else as it is."""
        given = self.given(MoveToSerializer)
        moved = services.move_appointment(
            self.actor, UUID(pk), starts_at=given["starts_at"], minutes=given["minutes"], reach=Reach(given["reach"])
        )
        return Response(AppointmentSerializer(moved).data)

    @extend_schema(request=AbsentSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def held(self, request: Request, pk: str) -> Response:
        """It took place."""
        return Response(
            AppointmentSerializer(services.record_held(self.actor, UUID(pk), **self.given(AbsentSerializer))).data
        )

    @extend_schema(request=AbsentSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"], url_path="not-come")
    def not_come(self, request: Request, pk: str) -> Response:
        """It did not, since these did not come: all where none is named."""
        return Response(
            AppointmentSerializer(services.record_not_come(self.actor, UUID(pk), **self.given(AbsentSerializer))).data
        )

    @extend_schema(request=CorrectAnswerSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: str) -> Response:
        """What was said of it was wrong; it waits for its answer again."""
        corrected = services.correct_answer(self.actor, UUID(pk), **self.given(CorrectAnswerSerializer))
        return Response(AppointmentSerializer(corrected).data)

    @extend_schema(request=CallOffSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def off(self, request: Request, pk: str) -> Response:
        """Call it off."""
        given = self.given(CallOffSerializer)
        off = services.call_off(
            self.actor, UUID(pk), by=CalledOffBy(given["by"]), reason=given["reason"], reach=Reach(given["reach"])
        )
        return Response(AppointmentSerializer(off).data)

    @extend_schema(parameters=[AskedSlotsSerializer], responses=FreeTimesSerializer)
    @action(detail=False, methods=["get"])
    def slots(self, request: Request) -> Response:
        """What is worth knowing of a time, and the next ones that are free for psychologist, room and pupils."""
        return Response(FreeTimesSerializer(offer_slots(self.actor, slots_said(self.asked(AskedSlotsSerializer)))).data)

    @extend_schema(parameters=[AskedDaySerializer], responses=RoomDaySerializer(many=True))
    @action(detail=False, methods=["get"])
    def rooms(self, request: Request) -> Response:
        """The rooms of the school, and when psychologists have taken each on a day."""
        day = self.asked(AskedDaySerializer).get("day", timezone.localdate())
        return self.paged(rooms_on(self.actor, day), RoomDaySerializer)

    @extend_schema(responses=AppointmentSerializer(many=True))
    @action(detail=False, methods=["get"], url_path=f"of-case/(?P<case>{UUID_PATTERN})")
    def of_case(self, request: Request, case: str) -> Response:
        """The latest of a case and of its pupil."""
        return self.paged(open_of_case(self.actor, UUID(case)), AppointmentSerializer)


class CalendarSettingsViewSet(ScopedViewSet):
    """One's own reminder, and the address under which another calendar reads busy times."""

    roles = {"*": PSYCHOLOGIST}
    serializer_class = CalendarSettingsSerializer
    queryset = Appointment.objects.none()

    @extend_schema(responses=CalendarSettingsSerializer)
    @action(detail=False, methods=["get"])
    def mine(self, request: Request) -> Response:
        """How they stand."""
        feed = feed_since(self.actor)
        since = feed.created_at if feed else None
        minutes = services.minutes_before(self.actor.user.pk)
        return Response(CalendarSettingsSerializer({"reminder": minutes, "address_since": since}).data)

    @extend_schema(request=ReminderSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def reminder(self, request: Request) -> Response:
        """How long before an appointment one is reminded, in minutes; 0: not at all."""
        services.set_reminder_wish(self.actor, int(self.given(ReminderSerializer)["minutes"]))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={201: AddressSerializer})
    @action(detail=False, methods=["post"])
    def address(self, request: Request) -> Response:
        """A new secret address; the one before ends."""
        path = reverse("appointments:feed", args=[make_feed(self.actor)])
        told = AddressSerializer({"address": request.build_absolute_uri(path)})
        return Response(told.data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"], url_path="end-address")
    def end_address(self, request: Request) -> Response:
        """Nobody reads along any more."""
        end_feed(self.actor)
        return Response(status=status.HTTP_204_NO_CONTENT)


API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("appointments", AppointmentViewSet, "appointment"),
    ("calendar-settings", CalendarSettingsViewSet, "calendar-settings"),
]
