import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from analytics.forms import StillForm
from analytics.pipeline.geometry import FACE_SHARE_OF_SEAT_HEIGHT
from analytics.rules.builtin_card import CARD
from analytics.rules.plan_refusals import InvalidDrawingError, PlanRefusedError
from analytics.rules.readers import DRAWS
from analytics.rules.seat_plans import Drawing
from analytics.selectors.cameras import in_trouble
from analytics.selectors.seat_plans import PlanPage, cameras_with_plans, running_classes
from analytics.serializers.seats import DrawingSerializer
from analytics.services.seat_plans import (
    NewerPlanError,
    open_plan_page,
    open_version,
    preview_drawing,
    preview_version,
    save_plan,
)
from analytics.services.stills import StillFile, keep_still, plan_still_file, waiting_still_file
from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(*DRAWS)
def overview(request: ActorRequest) -> HttpResponse:
    """The cameras of the classrooms, and who is drawn before each; `camera` and `school_class` open another pair."""
    camera, school_class = request.GET.get("camera", ""), request.GET.get("school_class", "")
    if camera.isdecimal() and school_class.isdecimal():
        return redirect("analytics:seat-plan", camera, school_class)
    context = {
        "cameras": cameras_with_plans(request.actor),
        "classes": running_classes(request.actor),
        "troubled": in_trouble(request.actor),
    }
    return render(request, "analytics/seat_plans.html", context)


@require_GET
@for_roles(*DRAWS)
@hides_what_is_not_yours
def plan(request: ActorRequest, camera: int, school_class: int) -> HttpResponse:
    """The editor."""
    return _page(request, open_plan_page(request.actor, camera, school_class))


@require_POST
@for_roles(*DRAWS)
@hides_what_is_not_yours
def upload_still(request: ActorRequest, camera: int, school_class: int) -> HttpResponse:
    """Another still to draw on."""
    form = StillForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            keep_still(request.actor, camera, school_class, **form.still())
        except PlanRefusedError as refused:
            form.add_error("picture", refused.text)
            form.offers_blur = refused.code == "face_found"  # type: ignore[attr-defined]
    if form.errors:
        return _page(request, open_plan_page(request.actor, camera, school_class), form)
    return redirect("analytics:seat-plan", camera, school_class)


@require_POST
@for_roles(*DRAWS)
@hides_what_is_not_yours
def save(request: ActorRequest, camera: int, school_class: int) -> HttpResponse:
    """A new version out of the posted drawing: 201, or 409 when another was saved meanwhile, or 422 with problems."""
    try:
        saved = save_plan(request.actor, camera, school_class, _drawing(request))
    except NewerPlanError as newer:
        return JsonResponse({"newest": _named(newer)}, status=409)
    except (PlanRefusedError, InvalidDrawingError) as refused:
        return _refused(refused)
    page = reverse("analytics:seat-plan", args=[camera, school_class])
    messages.success(
        request, gettext("Version %(version)s is saved and in force from today.") % {"version": saved.version}
    )
    return JsonResponse({"id": str(saved.pk), "version": saved.version, "url": page}, status=201)


@require_POST
@for_roles(*DRAWS)
@hides_what_is_not_yours
def preview(request: ActorRequest, camera: int, school_class: int) -> HttpResponse:
    """The posted drawing as the analysis would see it."""
    try:
        seen = preview_drawing(request.actor, camera, school_class, _drawing(request))
    except (PlanRefusedError, InvalidDrawingError) as refused:
        return _refused(refused)
    return _picture(StillFile(seen))


@require_GET
@for_roles(*DRAWS)
@hides_what_is_not_yours
def version(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One version, to read; `seen=1` shows it as the analysis sees it."""
    page = open_version(request.actor, pk)
    rows = {row.pupil.pk: row for row in page.roll}
    context = {
        "page": page,
        "seats": [(seat, rows.get(seat.pupil_id) if seat.pupil_id else None) for seat in page.seats],
        "masked": request.GET.get("seen") == "1",
    }
    return render(request, "analytics/seat_plan_version.html", context)


@require_GET
@for_roles(*DRAWS)
@hides_what_is_not_yours
def version_still(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The still that a version was drawn on."""
    return _picture(plan_still_file(request.actor, pk))


@require_GET
@for_roles(*DRAWS)
@hides_what_is_not_yours
def version_preview(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A version as the analysis sees it now."""
    return _picture(StillFile(preview_version(request.actor, pk)))


@require_GET
@for_roles(*DRAWS)
@hides_what_is_not_yours
def still(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A still that waits to be drawn on."""
    return _picture(waiting_still_file(request.actor, pk))


def _page(request: ActorRequest, page: PlanPage, form: StillForm | None = None) -> HttpResponse:
    context = {
        "page": page,
        "editor": _editor(page),
        "form": form,
        "uploads": form is not None or page.still is None,
    }
    return render(request, "analytics/seat_plan.html", context, status=422 if form else 200)


def _editor(page: PlanPage) -> dict[str, Any]:
    """All the editor's scripts need to know of the page."""
    place, still_ = page.place, page.still
    here = [place.camera.pk, place.school_class.pk]
    base = page.plan
    return {
        "key": f"{here[0]}-{here[1]}",
        "base": str(base.pk) if base else None,
        "baseFrame": [base.frame_width, base.frame_height] if base else None,
        "still": str(still_.waiting.pk) if still_ and still_.waiting else None,
        "frame": [still_.width, still_.height] if still_ else None,
        "seats": [_seat(seat) for seat in page.seats],
        "pupils": [
            {"id": str(row.pupil.pk), "number": row.number, "name": row.pupil.short_name, "open": row.open}
            for row in page.roll
        ],
        "changes": _plural_forms(),
        "leastFacePx": CARD["thresholds"]["min_face_height_px"],
        "faceShare": FACE_SHARE_OF_SEAT_HEIGHT,
        "save": reverse("analytics:seat-plan-save", args=here),
        "preview": reverse("analytics:seat-plan-preview", args=here),
    }


def _plural_forms() -> dict[str, str]:
    """ "draft, 3 changes" for each plural form of the language, as `Intl.PluralRules` names them."""
    examples = (("one", 1), ("few", 2), ("many", 5), ("other", 5))
    return {form: ngettext("draft, %(count)s change", "draft, %(count)s changes", n) for form, n in examples}


def _seat(seat: Any) -> dict[str, Any]:
    pupil = str(seat.pupil_id) if seat.pupil_id else None
    return {"name": seat.label, "polygon": seat.polygon, "pupil": pupil, "face": seat.face_height_px}


def _drawing(request: ActorRequest) -> Drawing:
    """The posted drawing. Raises PlanRefusedError."""
    try:
        said = json.loads(request.body)
    except ValueError as error:
        raise PlanRefusedError("malformed") from error
    serializer = DrawingSerializer(data=said)
    if not serializer.is_valid():
        raise PlanRefusedError("malformed")
    return serializer.drawing()


def _refused(refused: PlanRefusedError | InvalidDrawingError) -> JsonResponse:
    if isinstance(refused, PlanRefusedError):
        return JsonResponse({"problems": [{"index": None, "text": refused.text}]}, status=422)
    problems = [{"index": problem.index, "text": problem.text} for problem in refused.problems]
    return JsonResponse({"problems": problems}, status=422)


def _named(newer: NewerPlanError) -> dict[str, Any] | None:
    """Who saved what, for the person whose drawing was not saved."""
    newest = newer.newest
    if newest is None:
        return None
    said = {"version": newest.version, "who": newest.created_by.short_name}
    return {
        "id": str(newest.pk),
        "url": reverse("analytics:seat-plan-version", args=[newest.pk]),
        "text": gettext("Version %(version)s, saved by %(who)s") % said,
    }


def _picture(file: StillFile) -> HttpResponse:
    response = HttpResponse(file.content, content_type=file.media_type)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = "inline"
    return response
