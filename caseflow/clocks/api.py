from typing import Any

from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.viewsets import GenericViewSet

from caseflow.clocks.models import DeadlineRule
from caseflow.clocks.selectors import rules_in_force
from caseflow.directory.enums import Role


class DeadlineRuleSerializer(serializers.ModelSerializer[DeadlineRule]):
    class Meta:
        model = DeadlineRule
        fields = ("code", "amount", "unit", "basis", "source", "effective_from", "note")
        read_only_fields = fields


class DeadlineRuleViewSet(ListModelMixin, GenericViewSet[DeadlineRule]):
    """The terms in force today, each with its source."""

    roles = {"*": frozenset({Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.PROSECUTOR})}
    serializer_class = DeadlineRuleSerializer
    queryset = DeadlineRule.objects.none()

    def get_queryset(self) -> Any:
        return rules_in_force()


API = [("deadlines", DeadlineRuleViewSet, "deadline")]
