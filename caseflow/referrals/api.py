"""Referrals under /api/v1/: the same services as the pages."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from caseflow.cases.api.refusing import RefusingViewSet
from caseflow.directory.endpoints import RefusalSerializer
from caseflow.referrals import services
from caseflow.referrals.enums import Kind, Move
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import READERS, RECEIVERS, REVIEWERS, SENDERS
from caseflow.referrals.selectors.reading import rows_of
from caseflow.referrals.serializers import (
    ActOnReferralSerializer,
    BeginReferralSerializer,
    ReferralDraftSerializer,
    ReferralGroundRowSerializer,
    ReferralGroundSerializer,
    ReferralRowSerializer,
    ReferralSerializer,
    ReviewReferralGroundSerializer,
    SendReferralSerializer,
    WriteReferralSerializer,
    written_of,
)
from caseflow.referrals.services.reading import open_draft, open_ground, open_grounds, open_list, open_referral

DRAFTED = {200: ReferralDraftSerializer, 409: RefusalSerializer}
CHANGED = {200: ReferralSerializer, 409: RefusalSerializer}


class ReferralQuerySerializer(serializers.Serializer[Any]):
    over = serializers.BooleanField(required=False, default=False)


class ReferralViewSet(RefusingViewSet):
    """Referrals and transfers, as their sender or receiver reads them."""

    roles = {"*": READERS, "list": SENDERS, "inbox": RECEIVERS, "create": SENDERS, "draft": SENDERS, "send": SENDERS}
    roles |= {"drop": SENDERS}
    queryset = Referral.objects.none()
    serializer_class = ReferralSerializer

    @extend_schema(parameters=[ReferralQuerySerializer], responses=ReferralRowSerializer(many=True))
    def list(self, request: Request) -> Response:
        """What the own cases sent, drafts too; with `over` what is over. The reading is logged."""
        return self._rows(received=False)

    @extend_schema(parameters=[ReferralQuerySerializer], responses=ReferralRowSerializer(many=True))
    @action(detail=False, methods=["get"])
    def inbox(self, request: Request) -> Response:
        """What was sent to the own agency or school; with `over` what is over. The reading is logged."""
        return self._rows(received=True)

    @extend_schema(responses=ReferralSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One that was sent, with its steps. The reading is logged."""
        return self._referral(pk)

    @extend_schema(request=BeginReferralSerializer, responses={201: ReferralDraftSerializer, 409: RefusalSerializer})
    def create(self, request: Request) -> Response:
        """Begin a referral of a case, or a transfer of it; the own draft of that kind is gone on with."""
        given = self.given(BeginReferralSerializer)
        referral = services.begin_referral(self.actor, given["case"], Kind(given["kind"]))
        return self._draft(referral.pk, status.HTTP_201_CREATED)

    @extend_schema(methods=["get"], responses=ReferralDraftSerializer)
    @extend_schema(methods=["post"], request=WriteReferralSerializer, responses=DRAFTED)
    @action(detail=True, methods=["get", "post"])
    def draft(self, request: Request, pk: str) -> Response:
        """The draft, and what its receiver would read; a POST writes it."""
        if request.method == "POST":
            services.write_referral(self.actor, UUID(pk), written_of(self.given(WriteReferralSerializer)))
        return self._draft(UUID(pk))

    @extend_schema(request=SendReferralSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: str) -> Response:
        """Send the draft whose text has that digest."""
        seen = self.given(SendReferralSerializer)["seen_sha256"]
        services.send_referral(self.actor, UUID(pk), seen_sha256=seen)
        return self._referral(pk)

    @extend_schema(request=None, responses={204: None, 409: RefusalSerializer})
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """Forget the draft."""
        services.drop_referral(self.actor, UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ActOnReferralSerializer, responses=CHANGED)
    @action(detail=True, methods=["post"])
    def act(self, request: Request, pk: str) -> Response:
        """Accept, reject, answer, finish or revoke, as whom one is to it."""
        given = self.given(ActOnReferralSerializer)
        move = Move(given["move"])
        services.act_on(self.actor, UUID(pk), move, words=given["words"], pupil_id=given["pupil"])
        return self._referral(pk)

    def _rows(self, *, received: bool) -> Response:
        over = self.asked(ReferralQuerySerializer)["over"]
        page = self.paginate_queryset(open_list(self.actor, received=received, over=over))
        rows: Any = rows_of(self.actor, page or [])
        return self.get_paginated_response(ReferralRowSerializer(rows, many=True).data)

    def _draft(self, pk: UUID, code: int = status.HTTP_200_OK) -> Response:
        return Response(ReferralDraftSerializer(open_draft(self.actor, pk)).data, status=code)

    def _referral(self, pk: str) -> Response:
        return Response(ReferralSerializer(open_referral(self.actor, UUID(pk))).data)


class ReferralGroundViewSet(RefusingViewSet):
    """Legal grounds on which something was sent without consent, for the lead to look at."""

    roles = {"*": REVIEWERS}
    queryset = Referral.objects.none()
    serializer_class = ReferralGroundSerializer

    @extend_schema(responses=ReferralGroundRowSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Those of the schools one leads, the ones not looked at first. The reading is logged."""
        return self.paged(open_grounds(self.actor), ReferralGroundRowSerializer)

    @extend_schema(responses=ReferralGroundSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One legal ground. The reading is logged."""
        return Response(ReferralGroundSerializer(open_ground(self.actor, UUID(pk))).data)

    @extend_schema(
        request=ReviewReferralGroundSerializer, responses={200: ReferralGroundSerializer, 409: RefusalSerializer}
    )
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str) -> Response:
        """Say whether it holds."""
        given = self.given(ReviewReferralGroundSerializer)
        services.review_ground(self.actor, UUID(pk), holds=given["holds"], words=given["words"])
        return self.retrieve(request, pk)


API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("referrals", ReferralViewSet, "referral"),
    ("referral-grounds", ReferralGroundViewSet, "referral-ground"),
]
