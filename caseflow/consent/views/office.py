from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.errors import ConsentError
from caseflow.consent.forms import PaperForm, StaffAccountForm
from caseflow.consent.models import ConsentEvent
from caseflow.consent.selectors.office import class_roll, coverage, guardians_at, pending_papers
from caseflow.consent.services import (
    confirm_paper,
    enter_paper,
    invite_guardian,
    invite_pupil,
    name_staff_account,
    read_scan,
    reject_paper,
)
from caseflow.directory.actors import Actor, ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Pupil
from caseflow.directory.selectors import staff_around

CHECKERS = (Role.SCHOOL_ADMIN, Role.PRINCIPAL)


@require_GET
@for_roles(*CHECKERS)
def office(request: ActorRequest) -> HttpResponse:
    """How far the school has come with consents, and what waits for a second person."""
    context = {
        "pending": pending_papers(request.actor),
        "coverage": coverage(request.actor),
        "purposes": Purpose,
        "me": request.user.pk,
    }
    return render(request, "consent/office.html", context)


@require_GET
@for_roles(Role.SCHOOL_ADMIN)
def roll(request: ActorRequest, pk: int) -> HttpResponse:
    """One class: its pupils, who stands for them, codes and paper."""
    school_class = get_object_or_404(request.actor.classes(), pk=pk)
    return render(
        request,
        "consent/roll.html",
        {"school_class": school_class, "pupils": class_roll(request.actor, school_class)},
    )


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
def paper(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Enter a signed form with its scan."""
    pupil = get_object_or_404(request.actor.pupils().select_related("school_class"), pk=pk)
    form = PaperForm(pupil, request.POST or None, request.FILES or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid() and (entry := _enter(request.actor, pupil, form)):
        messages.success(request, _entered(entry))
        return redirect("consent:office")
    status = 422 if request.method == "POST" else 200
    return render(request, "consent/paper.html", {"pupil": pupil, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@for_roles(Role.SCHOOL_ADMIN)
def staff_account(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that a guardian and an account of the staff are one person."""
    guardian = get_object_or_404(guardians_at(request.actor), pk=pk)
    staff = staff_around(request.actor.schools().get())
    form = StaffAccountForm(staff, request.POST or None, initial={"account": guardian.staff_account_id})
    if request.method == "POST" and form.is_valid():
        account = form.cleaned_data["account"]
        name_staff_account(request.actor, pk, account and account.pk)
        messages.success(request, gettext("Recorded. It holds from now on."))
        return redirect("consent:office")
    status = 422 if form.errors else 200
    return render(request, "consent/staff_account.html", {"guardian": guardian, "form": form}, status=status)


@require_POST
@for_roles(*CHECKERS)
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Confirm an entry of somebody else, or send it back."""
    check = reject_paper if request.POST.get("answer") == "reject" else confirm_paper
    try:
        check(request.actor, pk)
    except ConsentError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Checked. The ledger is up to date."))
    return redirect("consent:office")


@require_GET
@for_roles(*CHECKERS)
def scan(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A scan as a download."""
    kept, content = read_scan(request.actor, pk)
    suffix = kept.media_type.rpartition("/")[2]
    return HttpResponse(
        content,
        content_type=kept.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="consent.{suffix}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
@for_roles(Role.SCHOOL_ADMIN)
def invite(request: ActorRequest, who: str, pk: UUID) -> HttpResponse:
    """A code for a guardian or a grown pupil, shown this once."""
    if request.POST.get("document") != "seen":
        messages.error(request, gettext("Look at the identity document first. The code was not made."))
        return redirect("consent:office")
    try:
        invitation, code = (invite_guardian if who == "guardian" else invite_pupil)(request.actor, pk)
    except ConsentError as error:
        messages.error(request, str(error))
        return redirect("consent:office")
    response = render(request, "consent/code.html", {"invitation": invitation, "code": code})
    response["Cache-Control"] = "no-store"
    return response


def _enter(actor: Actor, pupil: Pupil, form: PaperForm) -> ConsentEvent | None:
    data = form.cleaned_data
    guardian = data["guardian"]
    try:
        return enter_paper(
            actor,
            pupil_id=pupil.pk,
            guardian_id=guardian and guardian.pk,
            purpose=data["purpose"],
            language=data["language"],
            decision=data["decision"],
            scan=data["scan"],
        )
    except ConsentError as error:
        form.add_error(None, str(error))
        return None


def _entered(entry: ConsentEvent) -> str:
    if entry.kind == EventKind.PAPER_ENTERED:
        return gettext("Entered. It holds when a second person has checked it.")
    return gettext("Entered. It holds from now on.")
