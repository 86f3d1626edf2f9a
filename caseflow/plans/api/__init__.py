"""Safety plans and support plans under /api/v1/, by the id of their case: the same services as the pages."""

from rest_framework.viewsets import ViewSetMixin

from caseflow.plans.api.safety import SafetyPlanViewSet
from caseflow.plans.api.support import SupportPlanViewSet

API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("safety-plans", SafetyPlanViewSet, "safety-plan"),
    ("support-plans", SupportPlanViewSet, "support-plan"),
]
