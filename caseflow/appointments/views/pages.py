"""The calendar, an appointment, and what other pages show of them."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from caseflow.appointments.forms import AbsenceForm, CallOffForm, CorrectForm, asked_days
from caseflow.appointments.rules import ROOM_READERS
from caseflow.appointments.selectors.calendar import Asked
from caseflow.appointments.selectors.rooms import rooms_on
from caseflow.appointments.services.reading import (
    Opened,
    open_appointment,
    open_calendar,
    open_my_day,
    open_of_case,
)
from caseflow.cases.rules import CASE_ROLES
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles

DAY = timedelta(days=1)


@require_GET
@for_roles(*CASE_ROLES)
def calendar(request: ActorRequest) -> HttpResponse:
    """A day or a week; for htmx the days alone."""
    asked = asked_days(request.GET)
    page = open_calendar(request.actor, asked)
    context = {"page": page, "asked": asked, "auto": "view" not in request.GET, "link": links(asked)}
    # Whoever goes back to an address that htmx has put into the browser's history wants the whole page.
    in_place = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    template = "appointments/_calendar.html" if in_place else "appointments/calendar.html"
    return render(request, template, context)


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def detail(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One appointment, and what is to be said of it."""
    return appointment_page(request, open_appointment(request.actor, pk))


@require_GET
@for_roles(*ROOM_READERS)
def rooms(request: ActorRequest) -> HttpResponse:
    """Which rooms of the school psychologists have taken on a day: when, and nothing else."""
    asked = asked_days(request.GET)
    context = {
        "asked": asked,
        "rooms": rooms_on(request.actor, asked.day),
        "earlier": asked.day - DAY,
        "later": asked.day + DAY,
    }
    return render(request, "appointments/rooms.html", context)


@require_GET
@for_roles(*CASE_ROLES)
def today(request: ActorRequest) -> HttpResponse:
    """What of the own calendar waits today, for the page of that name."""
    return render(request, "appointments/_today.html", {"day": open_my_day(request.actor)})


@require_GET
@for_roles(*CASE_ROLES)
@hides_what_is_not_yours
def of_case(request: ActorRequest, case: UUID) -> HttpResponse:
    """The appointments of a case, for its page."""
    found = open_of_case(request.actor, case)
    return render(request, "appointments/_of_case.html", {"appointments": found, "case_id": case})


def appointment_page(request: ActorRequest, opened: Opened, **forms: Any) -> HttpResponse:
    """The page of an appointment; a form that was refused stands in it again."""
    context = {
        "opened": opened,
        "absence": AbsenceForm(),
        "call_off": CallOffForm(),
        "correction": CorrectForm(),
    } | forms
    return render(request, "appointments/detail.html", context, status=422 if forms else 200)


def links(asked: Asked) -> dict[str, str]:
    """Where the controls of the calendar lead."""
    said = {"day": asked.day.isoformat(), "view": asked.view, "whose": asked.whose}

    def to(**changed: str) -> str:
        return f"{reverse('appointments:calendar')}?{urlencode(said | changed)}"

    return {
        "earlier": to(day=asked.earlier.isoformat()),
        "later": to(day=asked.later.isoformat()),
        "today": f"{reverse('appointments:calendar')}?{urlencode({'view': asked.view, 'whose': asked.whose})}",
        "day_before": to(view="day", day=(asked.day - DAY).isoformat()),
        "day_after": to(view="day", day=(asked.day + DAY).isoformat()),
        "day_today": f"{reverse('appointments:calendar')}?{urlencode({'view': 'day', 'whose': asked.whose})}",
        "day": to(view="day"),
        "week": to(view="week"),
        "own": to(whose="own"),
        "all": to(whose="all"),
    }
