"""The new school year: what becomes of each class, the pupils who do not go with it, and the one act."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Pupil
from caseflow.schoolyear.enums import TurnState
from caseflow.schoolyear.errors import YearRefused
from caseflow.schoolyear.models import ClassTurn, YearTurn
from caseflow.schoolyear.selectors.ages import codes_to_hand_over
from caseflow.schoolyear.selectors.moves import moves_of
from caseflow.schoolyear.selectors.turns import preview_of, pupils_of_class, turn_ahead, turns_of, year_ahead
from caseflow.schoolyear.services.turning import (
    ClassSaid,
    confirm_turn,
    place_pupil,
    prepare_turn,
    say_classes,
    say_pupils,
)

GONE = (YearTurn.DoesNotExist, ClassTurn.DoesNotExist, Pupil.DoesNotExist)


@require_GET
@for_roles(Role.SCHOOL_ADMIN)
def home(request: ActorRequest) -> HttpResponse:
    """All that moves at a school: years, pupils, classes and people."""
    context = {
        "turn": turn_ahead(request.actor),
        "last": turns_of(request.actor).filter(state=TurnState.APPLIED).first(),
        "year": year_ahead(request.actor.schools().select_related("district").get()),
        "leaving": len(moves_of(request.actor).leaving),
        "codes": codes_to_hand_over(request.actor).count(),
    }
    return render(request, "schoolyear/home.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
def turn(request: ActorRequest) -> HttpResponse:
    """The plan of the coming year, or the button that begins it."""
    if request.method == "POST":
        return _done(request, lambda: prepare_turn(request.actor), "")
    found = turn_ahead(request.actor)
    preview = preview_of(found) if found else None
    year = year_ahead(request.actor.schools().select_related("district").get())
    last = turns_of(request.actor).filter(state=TurnState.APPLIED).first()
    return render(request, "schoolyear/turn.html", {"preview": preview, "year": year, "last": last})


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def classes(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what becomes of the classes."""
    carries = request.POST.get("timetable") == "yes"
    said = {
        int(name.removeprefix("target-")): ClassSaid(
            request.POST[name], _number(request.POST.get(name.replace("target", "teacher"), ""))
        )
        for name in request.POST
        if name.startswith("target-") and name.removeprefix("target-").isdecimal()
    }
    return _done(request, lambda: say_classes(request.actor, pk, said, carries_timetable=carries), _("Kept."))


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
def pupils(request: ActorRequest, pk: int) -> HttpResponse:
    """Who of a class does not go with it."""
    try:
        found, rows = pupils_of_class(request.actor, pk)
    except ClassTurn.DoesNotExist as missing:
        raise Http404 from missing
    if request.method == "POST":
        said = {row.pupil.pk: _answer(request, row.pupil.pk) for row in rows}
        return _done(request, lambda: say_pupils(request.actor, pk, said), _("Kept."))
    old_name = f"{found.old_class.grade}{found.old_class.letter}"
    return render(request, "schoolyear/class_turn.html", {"said": found, "rows": rows, "old_name": old_name})


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def place(request: ActorRequest, pk: UUID, pupil: UUID) -> HttpResponse:
    """Say where a pupil without a class goes."""
    target = request.POST.get("target", "")
    return _done(request, lambda: place_pupil(request.actor, pk, pupil, target), _("Kept."))


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def confirm(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The one act."""
    return _done(request, lambda: confirm_turn(request.actor, pk), _("Confirmed."))


def _answer(request: ActorRequest, pupil: UUID) -> str:
    choice = request.POST.get(f"choice-{pupil}", "class")
    return {"other": request.POST.get(f"target-{pupil}", "").strip() or "?", "leaves": ""}.get(choice, choice)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _done(request: ActorRequest, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except GONE as missing:
        raise Http404 from missing
    except YearRefused as refused:
        messages.error(request, str(refused))
    else:
        if said:
            messages.success(request, said)
    return redirect("schoolyear:turn")
