from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from notifications.enums import DeliveryState
from notifications.selectors import ledger


@require_GET
@for_roles(Role.DPO, Role.SYSTEM_ADMIN)
def deliveries(request: ActorRequest) -> HttpResponse:
    """Whether news get out: counts by channel and state and the oldest that waits, nobody's and about nothing."""
    return render(request, "directory/deliveries.html", {"lines": ledger(), "states": DeliveryState})
