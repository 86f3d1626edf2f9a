"""The pages on which plans are read."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from caseflow.cases.rules import OWNER_ROLES
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.plans.paper import PAPER_LANGUAGES
from caseflow.plans.rules import CASE_WORKERS, SUPPORTERS
from caseflow.plans.selectors.support import is_measure
from caseflow.plans.services.reading import (
    open_plans,
    open_support,
    open_support_plans,
    open_version,
    print_version,
)

PER_PAGE = 50


@require_GET
@for_roles(*SUPPORTERS)
def support_plans(request: ActorRequest) -> HttpResponse:
    """The support plans in reach, by the pupil's name."""
    page = Paginator(open_support_plans(request.actor), PER_PAGE).get_page(request.GET.get("page", 1))
    return render(request, "plans/list.html", {"page": page, "query": ""})


@require_GET
@for_roles(*OWNER_ROLES)
@hides_what_is_not_yours
def readers_of_task(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who else reads what is written when a task is completed, for the page on which that is done."""
    return render(request, "plans/_task_readers.html", {"is_measure": is_measure(request.actor, pk)})


@require_GET
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def case_plans(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Safety plan and support plan of a case."""
    plans = open_plans(request.actor, pk)
    context = {"file": plans.file, "safety": plans.safety, "goals": plans.goals, "tab": "plans"}
    return render(request, "plans/case.html", context)


@require_GET
@for_roles(*SUPPORTERS)
@hides_what_is_not_yours
def support_page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Goals and measures alone, also for the social pedagogue, and to be printed."""
    plan = open_support(request.actor, pk)
    works = request.actor.role in CASE_WORKERS
    return render(request, "plans/support.html", {"plan": plan, "works": works})


@require_GET
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def version(request: ActorRequest, pk: UUID, number: int) -> HttpResponse:
    """A signed version of the safety plan."""
    case, found = open_version(request.actor, pk, number)
    return render(request, "plans/version.html", {"case": case, "shown": found})


@require_GET
@for_roles(*CASE_WORKERS)
@hides_what_is_not_yours
def paper(request: ActorRequest, pk: UUID, number: int) -> HttpResponse:
    """A signed version on one printed page, in Kazakh or Russian."""
    asked = request.GET.get("language") or (get_language() or "")[:2]
    language = asked if asked in PAPER_LANGUAGES else PAPER_LANGUAGES[-1]
    headers = {"Content-Disposition": f'inline; filename="plan-{number}.pdf"', "Cache-Control": "no-store"}
    pdf = print_version(request.actor, pk, number, language)
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
