from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Pupil, SchoolClass
from caseflow.directory.rules import age_on
from caseflow.directory.selectors import classes_with_counts, roll_of
from caseflow.directory.selectors.finding import find_pupils
from caseflow.directory.services.reading import open_pupil

PER_PAGE = 50


@require_GET
@for_roles(Role.PSYCHOLOGIST)
def pupils(request: ActorRequest) -> HttpResponse:
    """The pupils of the school, found by name or class."""
    query = request.GET.get("q", "").strip()
    page = Paginator(find_pupils(request.actor, query), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/pupils.html", {"page": page, "query": query})


@require_GET
@for_roles(Role.PSYCHOLOGIST)
def pupil(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One pupil's card. The reading is logged."""
    try:
        card = open_pupil(request.actor, pk)
    except Pupil.DoesNotExist as missing:
        raise Http404 from missing
    age = age_on(card.pupil.birth_date, timezone.localdate())
    return render(request, "directory/pupil.html", {"pupil": card.pupil, "age": age, "guardians": card.guardians})


@require_GET
@for_roles(Role.SCHOOL_ADMIN)
def classes(request: ActorRequest) -> HttpResponse:
    """The classes of this year with their rolls."""
    return render(request, "directory/classes.html", {"classes": classes_with_counts(request.actor)})


@require_GET
@for_roles(Role.SCHOOL_ADMIN)
def class_roll(request: ActorRequest, pk: int) -> HttpResponse:
    """One class: its pupils and its lessons."""
    try:
        found = roll_of(request.actor, pk)
    except SchoolClass.DoesNotExist as missing:
        raise Http404 from missing
    context = {"school_class": found.school_class, "pupils": found.pupils, "lessons": found.lessons}
    return render(request, "directory/class.html", context)
