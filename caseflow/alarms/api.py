"""Alarms under /api/v1/: the same services, scopes and log entries as the console and the school's page."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.alarms.models import Alarm
from caseflow.alarms.selectors.reading import SHOWN
from caseflow.alarms.selectors.scope import scoped_alarms
from caseflow.alarms.serializers import (
    AlarmLineSerializer,
    AlarmSerializer,
    AlarmStepSerializer,
    AlarmViewSerializer,
)
from caseflow.alarms.services import (
    BadAlarmError,
    accept,
    arrive,
    classify,
    close,
    dispatch,
    open_alarm,
    say,
    take_over,
    treat_as_real,
)
from caseflow.directory.endpoints import ConflictError, RefusalSerializer, ScopedViewSet
from caseflow.directory.enums import Role

OPERATOR, DUTY = Role.POLICE_OPERATOR, Role.DUTY_PERSON
SIMPLE_STEPS = {
    "accept": accept,
    "take_over": take_over,
    "arrive": arrive,
    "close": close,
    "treat_as_real": treat_as_real,
}


class AlarmViewSet(ScopedViewSet):
    """Alarms the actor's centre was called about, or those of the actor's school."""

    queryset = Alarm.objects.none()
    serializer_class = AlarmSerializer
    roles = {"*": frozenset({OPERATOR, DUTY}), "step": frozenset({OPERATOR})}

    @extend_schema(responses=AlarmSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The newest first."""
        return self.paged(scoped_alarms(self.actor).select_related(*SHOWN).order_by("-pressed_at"), AlarmSerializer)

    @extend_schema(responses=AlarmViewSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One alarm with its chat. A name that is shown is logged."""
        return Response(AlarmViewSerializer(open_alarm(self.actor, UUID(pk))).data)

    @extend_schema(request=AlarmStepSerializer, responses={200: AlarmSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def step(self, request: Request, pk: str) -> Response:
        """Accept, take over, send a patrol, note that it arrived, say what it was, close, treat a drill as real."""
        said = self.given(AlarmStepSerializer)
        try:
            self._take(UUID(pk), **said)
        except BadAlarmError as refused:
            raise ConflictError(str(refused)) from refused
        return Response(AlarmSerializer(scoped_alarms(self.actor).select_related(*SHOWN).get(pk=pk)).data)

    @extend_schema(request=AlarmLineSerializer, responses={200: AlarmViewSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def say(self, request: Request, pk: str) -> Response:
        """A line between the police and the school."""
        try:
            say(self.actor, UUID(pk), self.given(AlarmLineSerializer)["text"])
        except BadAlarmError as refused:
            raise ConflictError(str(refused)) from refused
        return Response(AlarmViewSerializer(open_alarm(self.actor, UUID(pk))).data)

    def _take(self, pk: UUID, *, step: str, patrol: str, finding: str = "") -> None:
        if step == "dispatch":
            dispatch(self.actor, pk, patrol)
        elif step == "classify":
            if not finding:
                raise ValidationError({"finding": "required"})
            classify(self.actor, pk, finding)
        else:
            SIMPLE_STEPS[step](self.actor, pk)


API: list[tuple[str, type[ViewSetMixin], str]] = [("alarms", AlarmViewSet, "alarm")]
