"""What schools sent to the operator's centre and is no press."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseflow.alarms.enums import NOTICE_FINDINGS
from caseflow.alarms.services import BadAlarmError, close_notice, open_notice
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(Role.POLICE_OPERATOR)
@hides_what_is_not_yours
def notice(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One of them: where, when, who sent it, and the thing itself as its room shows it."""
    return _shown(request, pk)


@require_POST
@for_roles(Role.POLICE_OPERATOR)
@hides_what_is_not_yours
def close(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what it was."""
    try:
        close_notice(request.actor, pk, request.POST.get("finding", ""))
    except BadAlarmError as error:
        return _shown(request, pk, refused=str(error), status=409)
    messages.success(request, _("Closed."))
    return redirect("alarms:console")


def _shown(request: ActorRequest, pk: UUID, *, refused: str = "", status: int = 200) -> HttpResponse:
    context = {"view": open_notice(request.actor, pk), "findings": NOTICE_FINDINGS, "refused": refused}
    return render(request, "alarms/notice.html", context, status=status)
