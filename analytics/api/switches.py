from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.api.refusing import RefusingViewSet
from analytics.enums import Feature
from analytics.models import FeatureSwitch, ModelCard
from analytics.rules.readers import CARD_READERS
from analytics.selectors.cards import opened_card
from analytics.selectors.switching import switchboard
from analytics.serializers.switches import (
    FeatureSerializer,
    OpenedCardSerializer,
    StoppedSerializer,
    SwitchboardSerializer,
    TurningSerializer,
    TurnSerializer,
)
from analytics.services.switching import stop_everything, turn_switch
from caseflow.directory.endpoints import NUMBER_PATTERN, RefusalSerializer
from caseflow.directory.enums import Role


class CardViewSet(RefusingViewSet):
    """The cards of the model packs (rule 6)."""

    roles = {"*": frozenset(CARD_READERS)}
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    queryset = ModelCard.objects.none()
    serializer_class = OpenedCardSerializer

    @extend_schema(responses=OpenedCardSerializer)
    def retrieve(self, request: Request, slug: str) -> Response:
        """One card; how people decided on the model's signals, for those who may know it."""
        return Response(OpenedCardSerializer(opened_card(self.actor, slug)).data)


@extend_schema_view(
    turn=extend_schema(
        parameters=[OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH, description="The school")],
        request=TurningSerializer,
        responses={200: TurnSerializer, 409: RefusalSerializer},
    )
)
class SwitchViewSet(RefusingViewSet):
    """Mood analysis and unusual motion, school by school: off, shadow or active."""

    roles = {
        "*": frozenset({Role.LEAD_PSYCHOLOGIST, Role.SYSTEM_ADMIN}),
        "turn": frozenset({Role.LEAD_PSYCHOLOGIST}),
        "everything": frozenset({Role.SYSTEM_ADMIN}),
    }
    lookup_value_regex = NUMBER_PATTERN
    queryset = FeatureSwitch.objects.none()
    serializer_class = SwitchboardSerializer
    pagination_class = None

    @extend_schema(parameters=[FeatureSerializer], responses=SwitchboardSerializer)
    def list(self, request: Request) -> Response:
        """The switches of a feature at one's schools, and the one of the whole installation."""
        asked = FeatureSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        board = switchboard(self.actor, Feature(asked.validated_data["feature"]))
        return Response(SwitchboardSerializer(board).data)

    @action(detail=True, methods=["post"])
    def turn(self, request: Request, pk: str) -> Response:
        """Switch a school; starting it needs a legal basis and an impact assessment, stopping needs nothing."""
        asked = TurningSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(TurnSerializer(turn_switch(self.actor, int(pk), *asked.turn())).data)

    @extend_schema(request=StoppedSerializer, responses=TurnSerializer)
    @action(detail=False, methods=["post"])
    def everything(self, request: Request) -> Response:
        """Stop every feature everywhere, or let the schools' switches hold again."""
        turned = stop_everything(self.actor, stopped=self.given(StoppedSerializer)["stopped"])
        return Response(TurnSerializer(turned).data)
