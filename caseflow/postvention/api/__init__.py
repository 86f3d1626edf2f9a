"""What a school does after a loss, under /api/v1/: the same services, scopes and log entries as the pages."""

from rest_framework.viewsets import ViewSetMixin

from caseflow.postvention.api.affected import AffectedViewSet
from caseflow.postvention.api.events import LossViewSet
from caseflow.postvention.api.messages import LossMessageViewSet, LossTemplateViewSet, WordingViewSet

API: list[tuple[str, type[ViewSetMixin], str]] = [
    ("losses", LossViewSet, "loss"),
    ("affected-by-loss", AffectedViewSet, "affected"),
    ("loss-messages", LossMessageViewSet, "loss-message"),
    ("loss-templates", LossTemplateViewSet, "loss-template"),
    ("wording", WordingViewSet, "wording"),
]
