"""Consents under /api/v1/: the same services and scopes as the pages."""

from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ViewSetMixin

from caseflow.consent.errors import ConsentError
from caseflow.consent.models import ConsentEvent
from caseflow.consent.selectors.gate import panel_of
from caseflow.consent.selectors.office import coverage
from caseflow.consent.selectors.own import own_consents
from caseflow.consent.serializers import (
    ConsentDecisionSerializer,
    CoverageSerializer,
    GivingSerializer,
    OwnConsentSerializer,
    PanelRowSerializer,
)
from caseflow.consent.services import give, refuse, withdraw
from caseflow.directory.endpoints import ConflictError, RefusalSerializer, ScopedViewSet
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil


class ConsentViewSet(GenericViewSet[ConsentEvent]):
    """The consents of one's own children, or of oneself from 18 on; never anybody else's decisions."""

    roles = {"*": frozenset({Role.PARENT, Role.PUPIL})}
    serializer_class = OwnConsentSerializer
    queryset = ConsentEvent.objects.none()

    @extend_schema(responses=OwnConsentSerializer(many=True))
    def list(self, request: Request) -> Response:
        rows = own_consents(self._actor, (get_language() or "ru")[:2])
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(request=GivingSerializer, responses={204: None, 409: RefusalSerializer})
    @action(detail=False, methods=["post"])
    def give(self, request: Request) -> Response:
        """Consent to the text that was shown."""
        said = _said(GivingSerializer, request)
        return self._done(give, text_id=said.pop("text"), **said)

    @extend_schema(request=ConsentDecisionSerializer, responses={204: None, 409: RefusalSerializer})
    @action(detail=False, methods=["post"])
    def withdraw(self, request: Request) -> Response:
        """Withdraw a consent, effective at once."""
        return self._done(withdraw, **_said(ConsentDecisionSerializer, request))

    @extend_schema(request=ConsentDecisionSerializer, responses={204: None, 409: RefusalSerializer})
    @action(detail=False, methods=["post"])
    def refuse(self, request: Request) -> Response:
        """Say no to a purpose."""
        return self._done(refuse, **_said(ConsentDecisionSerializer, request))

    @property
    def _actor(self) -> Any:
        return self.request.actor  # type: ignore[attr-defined]  # set by the middleware

    def _done(self, act: Any, **said: Any) -> Response:
        try:
            act(self._actor, pupil_id=said.pop("pupil"), **said)
        except ConsentError as error:
            raise ConflictError(str(error)) from error
        return Response(status=204)


def _said(shape: type[ConsentDecisionSerializer], request: Request) -> dict[str, Any]:
    serializer = shape(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


class PupilConsentViewSet(ScopedViewSet):
    """What is open for a pupil: open, closed or never answered, and since when. Never by whom."""

    roles = {"*": frozenset({Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST})}
    serializer_class = PanelRowSerializer
    pagination_class = None
    queryset = Pupil.objects.none()

    @extend_schema(responses=PanelRowSerializer(many=True))
    def retrieve(self, request: Request, pk: str) -> Response:
        """The purposes of one pupil in reach."""
        return self.whole(panel_of(self.actor, UUID(pk)).rows, PanelRowSerializer)


class ConsentCoverageViewSet(ScopedViewSet):
    """How far the school has come with consents."""

    roles = {"*": frozenset({Role.SCHOOL_ADMIN, Role.PRINCIPAL})}
    serializer_class = CoverageSerializer
    queryset = ConsentEvent.objects.none()

    @extend_schema(responses=CoverageSerializer(many=True))
    def list(self, request: Request) -> Response:
        """For each class and purpose, for how many pupils it is open now."""
        return self.paged(coverage(self.actor), CoverageSerializer)


API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("consents", ConsentViewSet, "consent"),
    ("pupil-consents", PupilConsentViewSet, "pupil-consent"),
    ("consent-coverage", ConsentCoverageViewSet, "consent-coverage"),
]
