"""Sessions: called, prepared, held, closed."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.council import services
from caseflow.council.forms import AttendanceForm, HeardForm, PointForm, ReasonForm, SessionForm
from caseflow.council.models import AgendaItem
from caseflow.council.rules import CHAIRS, READERS, STEERERS, CouncilRefused, can_change
from caseflow.council.selectors.scope import councils_of, sessions_of
from caseflow.council.selectors.sessions import SessionFile, session_file
from caseflow.council.wording import MISSING
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(*READERS)
@hides_what_is_not_yours
def session(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One session: agenda, decisions, who is there."""
    return session_page(request, session_file(request.actor, pk))


@require_http_methods(["GET", "POST"])
@for_roles(*STEERERS)
@hides_what_is_not_yours
def call(request: ActorRequest) -> HttpResponse:
    """Call a session."""
    councils_of(request.actor).get()
    form = SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.call_session(request.actor, form.called())
        except CouncilRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("The session is called, and the members are told."))
            return redirect("council:session", made.pk)
    return render(request, "council/call.html", {"form": form, "session": None}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_roles(*STEERERS)
@hides_what_is_not_yours
def change(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Another time or place."""
    found = sessions_of(request.actor).get(pk=pk)
    form = SessionForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_session(request.actor, pk, form.called())
        except CouncilRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("The session is changed, and the members are told."))
            return redirect("council:session", pk)
    context = {"form": form, "session": found, "off": ReasonForm()}
    return render(request, "council/call.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*STEERERS)
@hides_what_is_not_yours
def call_off(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Call it off."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    said = gettext("The session is called off, and the members are told.")
    return _done(request, pk, lambda: services.call_off(request.actor, pk, reason), said)


@require_POST
@for_roles(*STEERERS)
@hides_what_is_not_yours
def open_now(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Begin it."""
    return _done(request, pk, lambda: services.open_session(request.actor, pk), gettext("The session is open."))


@require_POST
@for_roles(*CHAIRS)
@hides_what_is_not_yours
def close(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Close the minutes."""
    said = gettext("The session is closed. Its minutes do not change any more.")
    return _done(request, pk, lambda: services.close_session(request.actor, pk), said)


@require_http_methods(["GET", "POST"])
@for_roles(*STEERERS)
@hides_what_is_not_yours
def attendance(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Who is there."""
    file = session_file(request.actor, pk)
    form = attendance_form(file, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_attendance(request.actor, pk, form.presences())
        except CouncilRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("Who is there is kept."))
            return redirect("council:session", pk)
    context = {"file": file, "session": file.session, "form": form}
    return render(request, "council/attendance.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*STEERERS)
@hides_what_is_not_yours
def add_item(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Put a point on the agenda."""
    file = session_file(request.actor, pk)
    form = PointForm(file.session.council, request.POST)
    if form.is_valid():
        try:
            services.add_item(request.actor, pk, form.point())
        except CouncilRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("council:session", pk)
    return session_page(request, file, point=form, status=422)


@require_http_methods(["GET", "POST"])
@for_roles(*STEERERS)
@hides_what_is_not_yours
def item(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say a point otherwise."""
    found = _item(request, pk)
    form = PointForm(found.session.council, request.POST or None, item=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_item(request.actor, pk, form.point())
        except CouncilRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("council:session", found.session_id)
    context = {"form": form, "item": found, "session": found.session}
    return render(request, "council/item.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_roles(*STEERERS)
@hides_what_is_not_yours
def heard(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write what the minutes say of a point."""
    found = _item(request, pk)
    form = HeardForm(request.POST or None, initial={"heard": found.heard})
    if request.method == "POST" and form.is_valid():
        try:
            services.write_heard(request.actor, pk, form.cleaned_data["heard"])
        except CouncilRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("The minutes are kept."))
            return redirect("council:session", found.session_id)
    context = {"form": form, "item": found, "session": found.session}
    return render(request, "council/heard.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*STEERERS)
@hides_what_is_not_yours
def move_item(request: ActorRequest, pk: UUID, way: str) -> HttpResponse:
    """Up, down, or off the agenda."""
    found = _item(request, pk)
    acts: dict[str, Callable[[], object]] = {
        "up": lambda: services.move_item(request.actor, pk, up=True),
        "down": lambda: services.move_item(request.actor, pk, up=False),
        "remove": lambda: services.remove_item(request.actor, pk),
    }
    if way not in acts:
        raise Http404
    return _done(request, found.session_id, acts[way], "")


def session_page(
    request: ActorRequest, file: SessionFile, *, point: PointForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a session."""
    context = {
        "file": file,
        "session": file.session,
        "point": point or (PointForm(file.session.council) if file.may_write else None),
        "lacks": [MISSING[code] for code in file.lacks],
        "steers": request.actor.role in STEERERS,
        "changeable": can_change(file.session.state),
    }
    return render(request, "council/session.html", context, status=status)


def attendance_form(file: SessionFile, data: object) -> AttendanceForm:
    """The form with what is known already."""
    known = {
        row.member.pk: (row.attendance.presence, row.attendance.substitute) for row in file.members if row.attendance
    }
    return AttendanceForm([row.member for row in file.members], data, known=known)


def _item(request: ActorRequest, pk: UUID) -> AgendaItem:
    within = sessions_of(request.actor).values("pk")
    return AgendaItem.objects.select_related("session__council").get(pk=pk, session__in=within)


def _done(request: ActorRequest, session_id: UUID, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except CouncilRefused as refused:
        messages.error(request, str(refused))
    else:
        if said:
            messages.success(request, said)
    return redirect("council:session", session_id)
