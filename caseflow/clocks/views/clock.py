"""One deadline: how it stands, what was done to it and why, and the forms to pause and to extend it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseflow.clocks.forms import ExtendForm, PauseForm
from caseflow.clocks.models import Clock
from caseflow.clocks.selectors.changing import CHANGERS, ClockFile
from caseflow.clocks.services import CannotChangeError, end_pause, extend_clock, open_clock, pause_clock
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(*CHANGERS)
def clock(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The page of a deadline of something the actor may open."""
    return _page(request, _file(request, pk))


@require_POST
@for_roles(*CHANGERS)
def pause(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let it stand through a day at the latest."""
    file = _file(request, pk)
    return _change(request, file, PauseForm(file, request.POST), pause_clock, _("The deadline is paused."))


@require_POST
@for_roles(*CHANGERS)
def extend(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Move its end."""
    file = _file(request, pk)
    return _change(request, file, ExtendForm(file, request.POST), extend_clock, _("The deadline is extended."))


@require_POST
@for_roles(*CHANGERS)
def resume(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let it run again."""
    try:
        end_pause(request.actor, pk)
    except Clock.DoesNotExist as missing:
        raise Http404 from missing
    except CannotChangeError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The deadline runs again."))
    return redirect("clocks:clock", pk)


def _change(request: ActorRequest, file: ClockFile, form: Form, change: Callable[..., Any], done: str) -> HttpResponse:
    if form.is_valid():
        try:
            change(request.actor, file.clock.pk, **form.cleaned_data)
        except Clock.DoesNotExist as missing:
            raise Http404 from missing
        except CannotChangeError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("clocks:clock", file.clock.pk)
    return _page(request, file, form)


def _page(request: ActorRequest, file: ClockFile, form: Form | None = None) -> HttpResponse:
    context = {
        "file": file,
        "pausing": form if isinstance(form, PauseForm) else PauseForm(file),
        "extending": form if isinstance(form, ExtendForm) else ExtendForm(file),
    }
    return render(request, "clocks/clock.html", context, status=422 if form else 200)


def _file(request: ActorRequest, pk: UUID) -> ClockFile:
    try:
        return open_clock(request.actor, pk)
    except Clock.DoesNotExist as missing:
        raise Http404 from missing
