"""Two reports that tell of the same event."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.incidents.enums import PartyRole
from caseflow.incidents.rules import DECIDERS
from caseflow.incidents.selectors.merging import RoleConflict, deciding_scope, mergeable
from caseflow.incidents.services import BadReportError, RolesDifferError, merge_reports, split_report
from caseflow.triage.services import ClaimedError

ROLE = "role_"


@require_http_methods(["GET", "POST"])
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def merge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Choose the report that tells of the same event; where the two name somebody in different parts, which holds."""
    if request.method == "GET":
        return _page(request, pk)
    into = _uuid(request.POST.get("into", ""))
    try:
        goes_on = merge_reports(request.actor, pk, into or pk, roles=_roles(request.POST))
    except RolesDifferError as differ:
        return _page(request, pk, into, str(differ), differ.joining.conflicts)
    except BadReportError as refused:
        return _page(request, pk, into, str(refused))
    except ClaimedError as claimed:
        return _page(request, pk, into, _("%(name)s is deciding this now") % {"name": claimed.by})
    messages.success(request, _("Merged. This report goes on with the earlier deadlines."))
    return redirect("incidents:detail", goes_on.pk)


@require_POST
@for_roles(*DECIDERS)
@hides_what_is_not_yours
def split(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a merged report out again."""
    try:
        split_report(request.actor, pk, reason=request.POST.get("reason", "")[:2000])
    except BadReportError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Split. Both reports go on by themselves."))
    return redirect("incidents:detail", pk)


def _page(
    request: ActorRequest,
    pk: UUID,
    into: UUID | None = None,
    error: str = "",
    conflicts: tuple[RoleConflict, ...] = (),
) -> HttpResponse:
    incident = deciding_scope(request.actor).select_related("school").get(pk=pk)
    context = {
        "incident": incident,
        "found": mergeable(request.actor, incident),
        "into": into,
        "error": error,
        "conflicts": conflicts,
        "roles": PartyRole,
    }
    return render(request, "incidents/merge.html", context, status=422 if error else 200)


def _roles(sent: QueryDict) -> dict[UUID, PartyRole]:
    """The chosen parts, by party; what cannot be read is not chosen."""
    chosen = {_uuid(name.removeprefix(ROLE)): role for name, role in sent.items() if name.startswith(ROLE)}
    return {party: PartyRole(str(role)) for party, role in chosen.items() if party and role in PartyRole.values}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
