"""The list of cases, and the tasks of those who see nothing else of a case."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.drafting import OUTCOME
from caseflow.cases.forms import BreakGlassForm, CaseFilterForm, OutcomeForm
from caseflow.cases.models import Task
from caseflow.cases.rules import CASE_ROLES, OWNER_ROLES, TASK_ROLES, CaseRefused
from caseflow.cases.selectors.lists import cases_of_pupil, list_cases, workload
from caseflow.cases.services import break_glass, finish_task
from caseflow.cases.services.reading import open_own_tasks, open_task
from caseflow.cases.services.taking_back import TASK_DONE
from caseflow.cases.services.tasks import own_page
from caseflow.cases.views.drafted import done, drafted, status_of
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.undo.offering import say_with_undo

PER_PAGE = 50


@require_GET
@for_roles(*CASE_ROLES)
def cases(request: ActorRequest) -> HttpResponse:
    """The actor's cases; a lead psychologist sees how much there is to do in each school as well."""
    return _list_page(request, None)


@require_GET
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def of_pupil(request: ActorRequest, pupil: UUID) -> HttpResponse:
    """The cases of one pupil, for the pupil's card; a psychologist opens one from there."""
    return render(request, "cases/_of_pupil.html", {"pupil_id": pupil, "cases": cases_of_pupil(request.actor, pupil)})


@require_POST
@for_roles(Role.LEAD_PSYCHOLOGIST)
@hides_what_is_not_yours
def break_glass_for(request: ActorRequest) -> HttpResponse:
    """Open a case without an assignment."""
    form = BreakGlassForm(request.actor.schools(), request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            glass = break_glass(
                request.actor, school_id=given["school"].pk, number=given["number"], reason=given["reason"]
            )
        except CaseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You have access to this case for 24 hours."))
            return redirect("cases:detail", glass.case_id)
    return _list_page(request, form)


@require_GET
@for_roles(*TASK_ROLES)
def tasks(request: ActorRequest) -> HttpResponse:
    """What the actor has to do, and nothing of the cases it comes from."""
    context = {"rows": open_own_tasks(request.actor), "outcome": OutcomeForm()}
    return render(request, "cases/tasks.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*OWNER_ROLES)
@hides_what_is_not_yours
def complete(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Complete a task with its outcome."""
    form = drafted(request, f"{OUTCOME}-{pk}", OutcomeForm)
    finished: list[Task | None] = []
    if done(request, form, lambda given: finished.append(finish_task(request.actor, pk, after=form.seen_key, **given))):
        _say_completed(request, *finished)
        return redirect(own_page(request.actor, pk))
    context = {"row": open_task(request.actor, pk), "form": form, "may_open": request.actor.role in CASE_ROLES}
    return render(request, "cases/complete.html", context, status=status_of(form))


def _say_completed(request: ActorRequest, task: Task | None) -> None:
    said = _("The task is completed.")
    if task is None or task.done_at is None:  # words were added to what somebody else had completed
        messages.success(request, said)
    else:
        say_with_undo(request, said, TASK_DONE, task.pk, at=task.done_at.isoformat())


def _list_page(request: ActorRequest, glass: BreakGlassForm | None) -> HttpResponse:
    actor, asked = request.actor, CaseFilterForm(request.GET)
    page = Paginator(list_cases(actor, asked.asked()), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"page": page, "filter": asked, "query": f"{query.urlencode()}&" if query else ""}
    if actor.role == Role.LEAD_PSYCHOLOGIST:
        context |= {"schools": workload(actor), "glass": glass or BreakGlassForm(actor.schools())}
    return render(request, "cases/list.html", context, status=422 if glass else 200)
