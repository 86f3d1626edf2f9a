"""How a change takes hold of a request: scoped, locked, and with an audit entry in the same transaction."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.legalrequests.enums import State
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.rules import RequestRefused
from caseflow.legalrequests.selectors.scope import requests_of

if TYPE_CHECKING:
    from caseflow.accounts.models import User


def hold(actor: Actor, request_id: UUID, *states: State) -> LegalRequest:
    """The request, locked, in one of these states. Raises LegalRequest.DoesNotExist out of scope, RequestRefused."""
    within = requests_of(actor).values("pk")
    LegalRequest.objects.select_for_update(of=("self",)).get(pk=request_id, pk__in=within)
    request = requests_of(actor).get(pk=request_id)
    if request.state not in states:
        raise RequestRefused(gettext("Somebody has dealt with this request meanwhile."))
    return request


def log_by(by: "User | None", role: str, action: str, request: LegalRequest, **detail: Any) -> None:
    """Write down an act. While the family may not be told, nothing in the log leads from the pupil to it."""
    pupil_id = request.case.pupil_id if request.case and request.told_at else None
    record(
        action=action,
        actor_id=by.pk if by else None,
        role=role,
        obj=f"legal_request {request.pk}",
        pupil_id=pupil_id,
        detail={"number": request.number, **detail},
    )
