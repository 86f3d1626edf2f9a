from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.directory.endpoints import ScopedViewSet, SearchSerializer
from caseflow.directory.guards import SEARCHERS
from caseflow.directory.models import Pupil
from caseflow.directory.serializers import FoundSerializer
from caseflow.directory.services.searching import ON_THE_PAGE, search


class SearchViewSet(ScopedViewSet):
    """Pupils and cases in the actor's scope, by name in any spelling, class or number. How many is logged."""

    roles = {"*": frozenset(SEARCHERS)}
    serializer_class = FoundSerializer
    queryset = Pupil.objects.none()
    pagination_class = None

    @extend_schema(request=SearchSerializer, responses=FoundSerializer)
    def create(self, request: Request) -> Response:
        """Asked by POST, so that no address holds a name. Fifty of each kind at most."""
        found = search(self.actor, self.given(SearchSerializer)["q"], limit=ON_THE_PAGE)
        return Response(FoundSerializer(found).data)
