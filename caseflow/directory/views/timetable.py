from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.forms import CameraForm, LessonForm, RoomForm
from caseflow.directory.guards import for_roles
from caseflow.directory.selectors import coming_holidays, rooms_with_cameras, timetable_of
from caseflow.directory.services.timetable import add_place, add_slot, remove_slot


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
def timetable(request: ActorRequest) -> HttpResponse:
    """The weekly lessons of the school, the holidays and breaks ahead."""
    form = LessonForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_slot(request.actor, form.save(commit=False))
        messages.success(request, _("The lesson is in the timetable."))
        return redirect("directory:timetable")
    context = {"form": form, "classes": timetable_of(request.actor), "holidays": coming_holidays(request.actor)}
    return render(request, "directory/timetable.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def remove_lesson(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a lesson out of the timetable."""
    slot = get_object_or_404(timetable_of(request.actor), pk=pk)
    try:
        remove_slot(request.actor, slot)
    except ProtectedError:
        messages.error(request, _("Analysed lessons refer to this one, so it stays."))
    return redirect("directory:timetable")


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
def rooms(request: ActorRequest) -> HttpResponse:
    """The rooms of the school and the cameras in them."""
    for_room = request.POST.get("what") == "room"
    room_form = RoomForm(request.actor, request.POST if for_room else None)
    camera_form = CameraForm(request.actor, None if for_room else request.POST or None)
    form = room_form if for_room else camera_form
    if request.method == "POST" and form.is_valid():
        add_place(request.actor, form.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect("directory:rooms")
    context = {"room_form": room_form, "camera_form": camera_form, "rooms": rooms_with_cameras(request.actor)}
    return render(request, "directory/rooms.html", context, status=422 if form.errors else 200)
