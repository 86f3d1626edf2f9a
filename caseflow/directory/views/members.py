from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.forms import MemberForm
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Membership
from caseflow.directory.selectors import find_members
from caseflow.directory.services.members import OwnRoleError, add_member, end_role

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
@for_roles(Role.SYSTEM_ADMIN)
def members(request: ActorRequest) -> HttpResponse:
    """The people of the installation and their roles."""
    form = MemberForm(request.actor, request.POST or None, initial={"starts_on": timezone.localdate()})
    given = None
    if request.method == "POST" and form.is_valid():
        given = add_member(request.actor, membership=form.save(commit=False), user=form.person())
        form = MemberForm(request.actor, initial={"starts_on": timezone.localdate()})
    query = request.GET.get("q", "").strip()
    page = Paginator(find_members(query), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "given": given, "page": page, "query": query}
    return render(request, "directory/members.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(Role.SYSTEM_ADMIN)
def end_member(request: ActorRequest, pk: int) -> HttpResponse:
    """End a role at once."""
    try:
        end_role(request.actor, pk)
    except Membership.DoesNotExist as missing:
        raise Http404 from missing
    except OwnRoleError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The role has ended."))
    return redirect("directory:members")
