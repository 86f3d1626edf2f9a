"""What the duty person of a school sees: the own alarms and the chat with the operator."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from caseflow.alarms.forms import LineForm
from caseflow.alarms.selectors.scope import scoped_alarms
from caseflow.alarms.services import BadAlarmError, open_alarm, say
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles

PAGE = 30


@require_GET
@for_roles(Role.DUTY_PERSON)
def school_alarms(request: ActorRequest) -> HttpResponse:
    """The alarms of the school, open ones first, then the newest."""
    alarms = scoped_alarms(request.actor).select_related("room", "device", "drill").order_by("closed_at", "-pressed_at")
    page = Paginator(alarms, PAGE).get_page(request.GET.get("page"))
    return render(request, "alarms/school.html", {"page": page})


@require_http_methods(["GET", "POST"])
@for_roles(Role.DUTY_PERSON)
@hides_what_is_not_yours
def school_alarm(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One alarm: how far the police are, and a line to them."""
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            say(request.actor, pk, form.cleaned_data["text"])
        except BadAlarmError as error:
            form.add_error("text", str(error))
        else:
            return redirect("alarms:school-alarm", pk)
    view = open_alarm(request.actor, pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "alarms/school_alarm.html", {"view": view, "alarm": view.alarm, "form": form}, status=status)
