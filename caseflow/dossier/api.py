"""The papers of a case for a meeting under /api/v1/, by the id of the case: the same services as the pages."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.directory.endpoints import ConflictError, RefusalSerializer, ScopedViewSet
from caseflow.dossier import services
from caseflow.dossier.enums import Kind
from caseflow.dossier.models import Making
from caseflow.dossier.paper import paper_pdf
from caseflow.dossier.rules import MAKERS, DossierRefused
from caseflow.dossier.serializers import DossierOfferSerializer, NewChronologySerializer, NewProfileSerializer

MADE = {(200, "application/pdf"): OpenApiTypes.BINARY, 409: RefusalSerializer}


class DossierViewSet(ScopedViewSet):
    """Papers of a case. Each making is logged, and guardians learn of it as of other readings."""

    roles = {"*": MAKERS}
    queryset = Making.objects.none()
    serializer_class = DossierOfferSerializer

    @extend_schema(responses=DossierOfferSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """What may be taken along, and what was. The reading is logged."""
        _file, profile = services.open_offer(self.actor, UUID(pk), Kind.PROFILE)
        _file, chronology = services.open_offer(self.actor, UUID(pk), Kind.CHRONOLOGY)
        offer = {"profile": profile.choices, "chronology": chronology.choices, "made": profile.made}
        return Response(DossierOfferSerializer(offer).data)

    @extend_schema(request=NewProfileSerializer, responses=MADE)
    @action(detail=True, methods=["post"])
    def profile(self, request: Request, pk: str) -> HttpResponse:
        """Make a meeting profile as PDF."""
        return self._pdf(NewProfileSerializer(data=request.data), pk)

    @extend_schema(request=NewChronologySerializer, responses=MADE)
    @action(detail=True, methods=["post"])
    def chronology(self, request: Request, pk: str) -> HttpResponse:
        """Make a full chronology as PDF."""
        return self._pdf(NewChronologySerializer(data=request.data), pk)

    def _pdf(self, sent: NewProfileSerializer, pk: str) -> HttpResponse:
        sent.is_valid(raise_exception=True)
        try:
            paper = services.make_paper(self.actor, UUID(pk), sent.wanted())
        except DossierRefused as refusal:
            raise ConflictError(str(refusal)) from refusal
        return HttpResponse(paper_pdf(paper), content_type="application/pdf", headers={"Cache-Control": "no-store"})


API: list[tuple[str, type[ViewSetMixin], str]] = [("dossiers", DossierViewSet, "dossier")]
