from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from analytics.forms import SeatsForm
from analytics.selectors.confirming import LessonSeats, lesson_seats, lessons_to_confirm
from analytics.services.confirming import NotTaughtError, RedrawnError, confirm_seats
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles

TEACHES = (Role.TEACHER, Role.CLASS_TEACHER)


@require_GET
@for_roles(*TEACHES)
def lessons(request: ActorRequest) -> HttpResponse:
    """The lessons of the last seven days, those that wait first; `others=1` shows the ones of other teachers."""
    others = request.GET.get("others") == "1" and request.actor.role == Role.TEACHER
    found = lessons_to_confirm(request.actor, substitutes=others)
    context = {
        "waiting": [lesson for lesson in found if lesson.confirmation is None],
        "confirmed": [lesson for lesson in found if lesson.confirmation is not None],
        "others": others,
        "may_substitute": request.actor.role == Role.TEACHER,
    }
    return render(request, "analytics/confirmations.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*TEACHES)
@hides_what_is_not_yours
def confirm(request: ActorRequest, slot: int, day: date, camera: int) -> HttpResponse:
    """Who sat where in one lesson: one button when everybody sat as drawn."""
    seats = lesson_seats(request.actor, slot, day, camera)
    if request.method == "GET":
        return _page(request, seats)
    form = SeatsForm(request.POST, seats=[sitting.seat.pk for sitting in seats.pupils])
    if not form.is_valid():
        return _page(request, seats, form, gettext("Something was left out. Look at the seats again."), 422)
    try:
        confirm_seats(request.actor, slot, day, camera, form.said())
    except RedrawnError:
        text = gettext("The seats were drawn anew in the meantime. This is the new map; look at it again.")
        return _page(request, lesson_seats(request.actor, slot, day, camera), None, text, 409)
    except NotTaughtError:
        form.add_error("taught", gettext("Tick that you taught this lesson, or leave it to its teacher."))
        return _page(request, seats, form, "", 422)
    messages.success(request, gettext("Confirmed. Thank you."))
    return redirect("analytics:confirmations")


def _page(
    request: ActorRequest, seats: LessonSeats, form: SeatsForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    """The map with what was chosen in `form`, else with what was said last."""
    chosen = {key.removeprefix("seat-"): value for key, value in form.data.items()} if form else {}
    rows = [(sitting, chosen.get(str(sitting.seat.pk), sitting.mark)) for sitting in seats.pupils]
    context = {
        "seats": seats,
        "lesson": seats.lesson,
        "rows": rows,
        "marked": sum(bool(mark) for _, mark in rows),
        "choices": SeatsForm.DIFFERENT[1:],
        "form": form,
        "refused": refused,
    }
    return render(request, "analytics/confirm.html", context, status=status)
