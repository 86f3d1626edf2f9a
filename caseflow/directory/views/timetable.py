from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.forms import CameraForm, LessonForm, RoomForm
from caseflow.directory.guards import for_roles
from caseflow.directory.models import LessonSlot
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
    context = {
        "form": form,
        "classes": timetable_of(request.actor),
        "holidays": coming_holidays(request.actor),
        "today": timezone.localdate(),
    }
    return render(request, "directory/timetable.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def remove_lesson(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a lesson out of the timetable."""
    try:
        ends_on = remove_slot(request.actor, pk)
    except LessonSlot.DoesNotExist as missing:
        raise Http404 from missing
    messages.success(request, _taken_out(ends_on))
    return redirect("directory:timetable")


def _taken_out(ends_on: date | None) -> str:
    if ends_on is None:
        return _("The lesson is out of the timetable.")
    if ends_on < timezone.localdate():
        return _("The lesson is out of the timetable from today on. Lessons before today stay as they were.")
    return _("The lesson is out of the timetable from tomorrow on. Lessons up to today stay as they were.")


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
