from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.directory.endpoints import UUID_PATTERN, RefusalSerializer
from caseflow.directory.enums import Role
from caseflow.postvention import services
from caseflow.postvention.api.base import LossEndpoints
from caseflow.postvention.models import LossMessage, MessageTemplate
from caseflow.postvention.rules import AROUND_A_LOSS, check_wording
from caseflow.postvention.selectors.messages import MessageView, template_of, visible_templates
from caseflow.postvention.serializers import (
    ApproveMessageSerializer,
    ApproveTemplateSerializer,
    BeginMessageSerializer,
    LossMessageSerializer,
    LossOfferSerializer,
    LossTemplateSerializer,
    SaveMessageSerializer,
    SaveTemplateSerializer,
    WordingFindingSerializer,
    WordingSerializer,
)

LEAD = frozenset({Role.LEAD_PSYCHOLOGIST})
CHANGED = {200: LossMessageSerializer, 409: RefusalSerializer}
CHANGED_TEMPLATE = {200: LossTemplateSerializer, 409: RefusalSerializer}
OF_EVENT = f"of-loss/(?P<event>{UUID_PATTERN})"


class LossMessageViewSet(LossEndpoints):
    """Messages after a loss. Nothing is sent from here."""

    queryset = LossMessage.objects.none()
    serializer_class = LossMessageSerializer
    roles = {"*": AROUND_A_LOSS}

    @extend_schema(responses=LossOfferSerializer(many=True))
    @action(detail=False, methods=["get"], url_path=OF_EVENT, pagination_class=None)
    def of_loss(self, request: Request, event: str) -> Response:
        """What may be written to whom after this loss, and what has been."""
        return self.whole(services.open_messages(self.actor, UUID(event))[1], LossOfferSerializer)

    @extend_schema(request=BeginMessageSerializer, responses={201: LossMessageSerializer, 409: RefusalSerializer})
    @action(detail=False, methods=["post"], url_path=f"{OF_EVENT}/begin")
    def begin(self, request: Request, event: str) -> Response:
        """Begin a message from the template, or give the one that is there."""
        row = services.begin_message(self.actor, UUID(event), **self.given(BeginMessageSerializer))
        return self._shown(services.open_message(self.actor, row.pk), status.HTTP_201_CREATED)

    @extend_schema(responses=LossMessageSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One message with what the wording check finds. The reading is logged."""
        return self._shown(services.open_message(self.actor, UUID(pk)))

    @extend_schema(request=SaveMessageSerializer, responses=CHANGED)
    def update(self, request: Request, pk: str) -> Response:
        """Write a message anew; it has to be approved again then."""
        return self._shown(services.save_message(self.actor, UUID(pk), **self.given(SaveMessageSerializer)))

    @extend_schema(request=ApproveMessageSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Say that the message may be used as it stands."""
        return self._shown(services.approve_message(self.actor, UUID(pk), **self.given(ApproveMessageSerializer)))

    def _shown(self, view: MessageView, code: int = status.HTTP_200_OK) -> Response:
        return Response(LossMessageSerializer(view).data, status=code)


class LossTemplateViewSet(LossEndpoints):
    """Templates of messages; the lead psychologist of a region writes and approves those of the region."""

    queryset = MessageTemplate.objects.none()
    serializer_class = LossTemplateSerializer
    roles = {"list": AROUND_A_LOSS, "retrieve": AROUND_A_LOSS, "update": LEAD, "approve": LEAD}

    @extend_schema(responses=LossTemplateSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The shipped templates and those of the region."""
        return self.paged(visible_templates(self.actor), LossTemplateSerializer)

    @extend_schema(responses=LossTemplateSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One template in three languages."""
        return self._shown(template_of(self.actor, UUID(pk)))

    @extend_schema(request=SaveTemplateSerializer, responses=CHANGED_TEMPLATE)
    def update(self, request: Request, pk: str) -> Response:
        """Write the region's draft for the same readers."""
        services.require_approver(self.actor)
        return self._shown(services.save_template(self.actor, UUID(pk), **self.given(SaveTemplateSerializer)))

    @extend_schema(request=ApproveTemplateSerializer, responses=CHANGED_TEMPLATE)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Approve the region's draft."""
        services.require_approver(self.actor)
        return self._shown(services.approve_template(self.actor, UUID(pk), **self.given(ApproveTemplateSerializer)))

    def _shown(self, template: MessageTemplate) -> Response:
        return Response(LossTemplateSerializer(template).data)


class WordingViewSet(LossEndpoints):
    """The wording check: warns, never forbids, keeps nothing."""

    queryset = MessageTemplate.objects.none()
    serializer_class = WordingFindingSerializer
    roles = {"*": AROUND_A_LOSS}

    @extend_schema(request=WordingSerializer, responses=WordingFindingSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None)
    def check(self, request: Request) -> Response:
        """What may harm in a text about a death."""
        given = self.given(WordingSerializer)
        return self.whole(check_wording(given["text"], given["language"]), WordingFindingSerializer)
