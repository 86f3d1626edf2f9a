"""One's own settings of the calendar: the reminder, and the address for another calendar program."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.appointments.forms import ReminderForm
from caseflow.appointments.models import CalendarFeed
from caseflow.appointments.services import minutes_before, set_reminder_wish
from caseflow.appointments.services.feeding import (
    WINDOW,
    AskedTooOftenError,
    end_feed,
    feed_since,
    make_feed,
    read_feed,
)
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles


@require_http_methods(["GET", "POST"])
@for_roles(Role.PSYCHOLOGIST)
def settings(request: ActorRequest) -> HttpResponse:
    """When one is reminded, and whether another calendar reads along."""
    form = ReminderForm(request.POST or None, initial={"minutes": minutes_before(request.actor.user.pk)})
    if request.method == "POST" and form.is_valid():
        set_reminder_wish(request.actor, form.cleaned_data["minutes"])
        messages.success(request, _("It is saved, for what lies ahead too."))
        return redirect("appointments:settings")
    return _page(request, form)


@require_POST
@for_roles(Role.PSYCHOLOGIST)
def make_address(request: ActorRequest) -> HttpResponse:
    """A new address, shown on this one page; the one before ends."""
    address = request.build_absolute_uri(reverse("appointments:feed", args=[make_feed(request.actor)]))
    return _page(request, ReminderForm(initial={"minutes": minutes_before(request.actor.user.pk)}), address)


@require_POST
@for_roles(Role.PSYCHOLOGIST)
def end_address(request: ActorRequest) -> HttpResponse:
    """Nobody reads along any more."""
    end_feed(request.actor)
    messages.success(request, _("The address has ended. Whoever asks it finds nothing."))
    return redirect("appointments:settings")


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Busy times for a calendar program that knows the secret; for nobody else is there anything here."""
    try:
        found = read_feed(token)
    except CalendarFeed.DoesNotExist as missing:
        raise Http404 from missing
    except AskedTooOftenError:
        return HttpResponse(status=429, headers={"Retry-After": str(int(WINDOW.total_seconds()))})
    if request.headers.get("If-None-Match") == found.tag:
        return HttpResponse(status=304, headers={"ETag": found.tag})
    return HttpResponse(found.content, content_type="text/calendar; charset=utf-8", headers={"ETag": found.tag})


def _page(request: ActorRequest, form: ReminderForm, address: str = "") -> HttpResponse:
    context = {"form": form, "feed": feed_since(request.actor), "address": address}
    return render(request, "appointments/settings.html", context, status=422 if form.errors else 200)
