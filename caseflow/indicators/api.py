from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from caseflow.directory.endpoints import ScopedViewSet
from caseflow.indicators.enums import Chapter, Unit
from caseflow.indicators.models import OwnIndicator
from caseflow.indicators.rules.definitions import in_force
from caseflow.indicators.rules.readers import READERS
from caseflow.indicators.selectors.catalogue import definitions_of


class InLanguagesSerializer(serializers.Serializer[Any]):
    """A text in each language of the product."""

    kk = serializers.CharField(read_only=True)
    ru = serializers.CharField(read_only=True)
    en = serializers.CharField(read_only=True)


class IndicatorSerializer(serializers.Serializer[Any]):
    """An indicator in force: what is added up (no values: all that the source counts), and what it means."""

    code = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    chapter = serializers.ChoiceField(choices=Chapter.choices, read_only=True)
    unit = serializers.ChoiceField(choices=Unit.choices, read_only=True)
    counted_from = serializers.CharField(source="source", read_only=True, help_text="the code of what is counted")
    values = serializers.ListField(child=serializers.CharField(), read_only=True)
    of = serializers.CharField(read_only=True, help_text="the indicator of which it is a part, or empty")
    key = serializers.CharField(read_only=True, help_text="under which its figures stand in a report")
    names = InLanguagesSerializer(read_only=True)
    meanings = InLanguagesSerializer(read_only=True)
    effective_from = serializers.DateField(read_only=True)
    own = serializers.BooleanField(read_only=True, help_text="whether the region added it")


class IndicatorViewSet(ScopedViewSet):
    """What the reports of the region count."""

    roles = {"*": frozenset(READERS)}
    serializer_class = IndicatorSerializer
    queryset = OwnIndicator.objects.none()
    pagination_class = None

    @extend_schema(responses=IndicatorSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Every indicator in force today, in the order of a report."""
        region = self.actor.membership.region
        if region is None:
            raise Http404
        return Response(IndicatorSerializer(in_force(definitions_of(region), timezone.localdate()), many=True).data)


API = [("indicators", IndicatorViewSet, "indicator")]
