"""Views that were kept."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.explorer.forms import ViewForm
from caseflow.explorer.models import SavedView
from caseflow.explorer.rules.questions import RefusedQuestionError, question_in
from caseflow.explorer.selectors.saved import own_view, seen_views
from caseflow.explorer.services import NotSavedError, change_view, remove_view, save_view
from caseflow.explorer.services.saving import MOST_VIEWS, REMOVED
from caseflow.explorer.views.exploring import explorer_page, question_of
from caseflow.explorer.views.regions import region_or_404
from caseflow.explorer.wording import refusal_words
from caseflow.indicators.rules.readers import READERS
from caseflow.undo.offering import say_with_undo


@require_http_methods(["GET", "POST"])
@for_roles(*READERS)
def views(request: ActorRequest) -> HttpResponse:
    """The list of views; sent to, it keeps the question in `query` under a name."""
    region = region_or_404(request)
    if request.method == "GET":
        found = list(seen_views(request.actor))
        context = {
            "own": [each for each in found if each.owner == request.actor.user],
            "others": [each for each in found if each.owner != request.actor.user],
            "most": MOST_VIEWS,
        }
        return render(request, "explorer/views.html", context)
    form, query = ViewForm(request.POST), QueryDict(request.POST.get("query", ""))
    if form.is_valid():
        try:
            save_view(request.actor, region, asked=question_in(question_of(query)), **form.cleaned_data)
        except NotSavedError as refused:
            form.add_error("name", str(refused))
        except RefusedQuestionError as refused:
            form.add_error(None, refusal_words(refused))
        else:
            messages.success(request, _("The view is saved."))
            return redirect(f"{reverse('explorer:explore')}?{query.urlencode()}")
    return explorer_page(request, query, form)


@require_http_methods(["GET", "POST"])
@for_roles(*READERS)
def view(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Rename a view of one's own, share it or share it no more."""
    try:
        found = own_view(request.actor, pk)
    except SavedView.DoesNotExist as error:
        raise Http404 from error
    form = ViewForm(request.POST or None, initial={"name": found.name, "shared": found.shared})
    if request.method == "POST" and form.is_valid():
        try:
            change_view(request.actor, pk, **form.cleaned_data)
        except NotSavedError as refused:
            form.add_error("name", str(refused))
        else:
            return redirect("explorer:views")
    return render(request, "explorer/view.html", {"view": found, "form": form}, status=422 if form.errors else 200)


@require_POST
@for_roles(*READERS)
def remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Remove a view of one's own; it can be undone for some seconds."""
    try:
        remove_view(request.actor, pk)
    except SavedView.DoesNotExist as error:
        raise Http404 from error
    say_with_undo(request, _("The view is removed."), REMOVED, pk)
    return redirect("explorer:views")
