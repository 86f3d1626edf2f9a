"""The explorer and its saved views under /api/v1/: published figures alone."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from caseflow.directory.endpoints import ConflictError, RefusalSerializer, ScopedViewSet
from caseflow.directory.models import Region
from caseflow.explorer.documents import document_of
from caseflow.explorer.enums import Axis, Shown, State
from caseflow.explorer.forms import NAME_MOST
from caseflow.explorer.models import SavedView
from caseflow.explorer.rules.questions import MOST_CELLS, RefusedQuestionError, question_kept
from caseflow.explorer.selectors.exploring import explore
from caseflow.explorer.selectors.saved import seen_views
from caseflow.explorer.services import NotSavedError, change_view, remove_view, save_view
from caseflow.explorer.wording import refusal_words
from caseflow.indicators.rules.readers import READERS


class FigureSerializer(serializers.Serializer[Any]):
    """One published figure; null where it is hidden or was not counted, or where rule 22 gives no percentage."""

    indicator = serializers.CharField(read_only=True)
    place = serializers.CharField(read_only=True, help_text="«region», or the id of a district")
    period = serializers.CharField(read_only=True, help_text="2026-Q3, or 2026")
    state = serializers.ChoiceField(choices=State.choices, read_only=True)
    figure = serializers.IntegerField(read_only=True, allow_null=True)
    share_percent = serializers.IntegerField(read_only=True, allow_null=True)
    year_before = serializers.IntegerField(read_only=True, allow_null=True)
    change_percent = serializers.IntegerField(read_only=True, allow_null=True)
    median_s = serializers.IntegerField(read_only=True, allow_null=True)
    p90_s = serializers.IntegerField(read_only=True, allow_null=True)


@extend_schema_serializer(many=False)
class ExploredSerializer(serializers.Serializer[Any]):
    """Figures with the definitions and releases from which they are."""

    format = serializers.CharField(read_only=True)
    region = serializers.JSONField(read_only=True, help_text="its names by language")
    method = serializers.JSONField(read_only=True, help_text="how counts become figures, by language")
    releases = serializers.JSONField(read_only=True)
    places = serializers.JSONField(read_only=True)
    indicators = serializers.JSONField(read_only=True, help_text="as they were defined when the figures were released")
    figures = FigureSerializer(many=True, read_only=True)


class QuestionSerializer(serializers.Serializer[Any]):
    """A question to released figures."""

    indicators = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST_CELLS)
    places = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST_CELLS)
    periods = serializers.ListField(child=serializers.CharField(max_length=40), max_length=MOST_CELLS)
    shown = serializers.ChoiceField(choices=Shown.choices)
    rows = serializers.ChoiceField(choices=Axis.choices)
    columns = serializers.ChoiceField(choices=Axis.choices)


class NameSerializer(serializers.Serializer[Any]):
    """Under which name a view is kept, and whether all who read the region's figures see it."""

    name = serializers.CharField(max_length=NAME_MOST)
    shared = serializers.BooleanField(default=False)


class NewViewSerializer(NameSerializer):
    """A view that is to be kept."""

    asked = QuestionSerializer()


class ViewSerializer(serializers.ModelSerializer[SavedView]):
    """A view that was kept."""

    owner = serializers.StringRelatedField[Any](read_only=True)
    own = serializers.SerializerMethodField()
    asked = QuestionSerializer(read_only=True)

    class Meta:
        model = SavedView
        fields = ("id", "name", "shared", "owner", "own", "asked", "saved_at")
        read_only_fields = fields

    def get_own(self, view: SavedView) -> bool:
        """Whether it is the reader's own."""
        return bool(view.owner_id == self.context["user"].pk)


def _several(name: str, of: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, many=True, explode=True, description=of)


class OfRegion(ScopedViewSet):
    """Resources of the region that the actor reads."""

    roles = {"*": frozenset(READERS)}

    @property
    def region(self) -> Region:
        region = self.actor.membership.region
        if region is None:
            raise Http404
        return region


class ExplorerViewSet(OfRegion):
    """Published figures, as asked."""

    serializer_class = ExploredSerializer
    queryset = SavedView.objects.none()
    pagination_class = None

    @extend_schema(
        parameters=[
            _several("indicator", "codes of indicators; nothing at all in the query asks for the usual ones"),
            _several("place", "«region», ids of districts, or «everywhere»"),
            _several("period", "2026-Q3, 2026, «newest», «last-4» or «newest-year»"),
        ],
        responses={200: ExploredSerializer, 400: RefusalSerializer},
    )
    def list(self, request: Request) -> Response:
        """Each figure that was asked for; at most 4,000. What is not known here is left out."""
        said = {
            name: values for name, values in request.query_params.lists() if name != api_settings.URL_FORMAT_OVERRIDE
        }
        found = explore(self.region, said)
        if found.answer is None:
            raise ValidationError({"detail": refusal_words(found.refused) if found.refused else ""})
        return Response(ExploredSerializer(document_of(found.answer)).data)


class SavedViewViewSet(OfRegion):
    """Questions that were kept: one's own, and those that others share."""

    serializer_class = ViewSerializer
    queryset = SavedView.objects.none()

    @extend_schema(responses=ViewSerializer(many=True))
    def list(self, request: Request) -> Response:
        """By name."""
        return self.paged(seen_views(self.actor), ViewSerializer, user=self.actor.user)

    @extend_schema(responses=ViewSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One of them."""
        return Response(self._shown(seen_views(self.actor).get(pk=UUID(pk))))

    @extend_schema(request=NewViewSerializer, responses={201: ViewSerializer, 409: RefusalSerializer})
    def create(self, request: Request) -> Response:
        """Keep a question. At most fifty a person, of different names."""
        given = self.given(NewViewSerializer)
        question = question_kept(given["asked"])
        try:
            view = save_view(self.actor, self.region, name=given["name"], shared=given["shared"], asked=question)
        except RefusedQuestionError as refused:
            raise ValidationError({"asked": [refusal_words(refused)]}) from refused
        except NotSavedError as refused:
            raise ConflictError(str(refused)) from refused
        return Response(self._shown(view), status=status.HTTP_201_CREATED)

    @extend_schema(request=NameSerializer, responses={200: ViewSerializer, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """Rename an own view, share it or share it no more."""
        try:
            view = change_view(self.actor, UUID(pk), **self.given(NameSerializer))
        except NotSavedError as refused:
            raise ConflictError(str(refused)) from refused
        return Response(self._shown(view))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Remove an own view."""
        remove_view(self.actor, UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _shown(self, view: SavedView) -> Any:
        return ViewSerializer(view, context={"user": self.actor.user}).data


API = [("explorer", ExplorerViewSet, "explorer"), ("saved-views", SavedViewViewSet, "saved-view")]
