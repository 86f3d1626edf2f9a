"""Which phones may press: the own one of somebody on the staff, and those of the school with their code."""

from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.alarms.models import SchoolCode
from caseflow.alarms.selectors.devices import code_in_force, devices_of, own_devices
from caseflow.alarms.services import end_device, enrol_own_phone, renew_code
from caseflow.alarms.services.enrolling import PRESSERS
from caseflow.alarms.views.panic import with_key
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles


@require_http_methods(["GET", "POST"])
@for_roles(*PRESSERS)
def own_phone(request: ActorRequest) -> HttpResponse:
    """Enrol the phone that opens this page; the own ones can be ended."""
    if request.method == "POST":
        _device, key = enrol_own_phone(request.actor)
        return with_key(redirect("panic:panic"), key)
    return render(request, "alarms/own_phone.html", {"devices": own_devices(request.actor)})


@require_GET
@for_roles(Role.SCHOOL_ADMIN)
def school_phones(request: ActorRequest) -> HttpResponse:
    """The phones of the school, and the code for pupils."""
    code = code_in_force(request.actor)
    context = {"devices": devices_of(request.actor), "code": code, "qr": _qr(request, code) if code else ""}
    return render(request, "alarms/phones.html", context)


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def new_code(request: ActorRequest) -> HttpResponse:
    """A new code; the old one stops at once."""
    renew_code(request.actor, end_phones=request.POST.get("end_phones") == "yes")
    messages.success(request, _("The new code holds from now on."))
    return redirect("alarms:phones")


@require_POST
@for_roles(*PRESSERS)
@hides_what_is_not_yours
def end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """This phone presses no more."""
    end_device(request.actor, pk)
    messages.success(request, _("The phone is ended. Its presses are not taken any more."))
    back = "alarms:phones" if request.actor.role == Role.SCHOOL_ADMIN else "alarms:own-phone"
    return redirect(back)


def _qr(request: ActorRequest, code: SchoolCode) -> str:
    """The code as a picture that can be printed (SVG, no inline style)."""
    address = request.build_absolute_uri(reverse("panic:join", args=[code.token]))
    picture: str = segno.make(address, error="m").svg_inline(scale=6, border=2, svgclass="al-qr", lineclass=None)
    return picture
