from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.api.signals import READERS
from analytics.selectors.climate import climate_classes
from analytics.serializers.climate import ClimateClassSerializer, ClimateSerializer, SpanSerializer
from analytics.services.reviewing import open_climate
from caseflow.directory.endpoints import NUMBER_PATTERN, ScopedViewSet
from caseflow.directory.models import SchoolClass


class ClimateViewSet(ScopedViewSet):
    """What a class showed together, against what its pupils usually show."""

    roles = {"*": READERS}
    lookup_value_regex = NUMBER_PATTERN
    queryset = SchoolClass.objects.none()
    serializer_class = ClimateClassSerializer

    @extend_schema(responses=ClimateClassSerializer(many=True))
    def list(self, request: Request) -> Response:
        """The classes of which at least ten pupils were analysed."""
        return self.paged(climate_classes(self.actor).found, ClimateClassSerializer)

    @extend_schema(parameters=[SpanSerializer], responses=ClimateSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """The heat-map of the class `id`. The reading is logged."""
        return Response(ClimateSerializer(open_climate(self.actor, int(pk), self.asked(SpanSerializer)["span"])).data)
