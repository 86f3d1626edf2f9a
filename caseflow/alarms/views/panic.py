"""The panic page of an enrolled phone. No session, sign-in, second factor or limit stands before a press (rule 20)."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.alarms.enums import Spot, Word
from caseflow.alarms.models import Alarm, Device, SchoolCode
from caseflow.alarms.selectors.calling import rungs_of
from caseflow.alarms.selectors.devices import floors_of
from caseflow.alarms.selectors.progress import progress_of
from caseflow.alarms.services import (
    BadAlarmError,
    enrol_pupil_phone,
    find_device,
    say_from_device,
    say_it_is_real,
    say_whether_needed,
)
from caseflow.alarms.services.gathering import gathering
from caseflow.alarms.services.raising import Pressed

KEY = "alarm_key"
KEY_AGE_S = 400 * 24 * 3600  # the longest a browser keeps a cookie; each visit renews it
OFFERED_WORDS = (Word.INJURED, Word.WEAPON, Word.LOCKED_IN, Word.SAFE_NOW)

OfDevice = Callable[Concatenate[HttpRequest, Device, ...], HttpResponse]


def for_device(view: OfDevice) -> Callable[..., HttpResponse]:
    """Only for an enrolled phone in force, known by its cookie, which other sites cannot send along (Strict)."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def known(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        device = find_device(request.COOKIES.get(KEY))
        if device is None:
            return _not_enrolled()
        try:
            return view(request, device, *args, **kwargs)
        except Alarm.DoesNotExist as error:
            raise Http404 from error

    return known


@require_GET
@never_cache
def panic(request: HttpRequest) -> HttpResponse:
    """The button, or how to enrol this phone."""
    key = request.COOKIES.get(KEY)
    device = find_device(key)
    if device is None or key is None:
        return render(request, "alarms/not_enrolled.html")
    context = {
        "device": device,
        "floors": floors_of(device.school),
        "spots": Spot,
        "words": OFFERED_WORDS,
        "is_answered": bool(rungs_of(device.school)),
    }
    return with_key(render(request, "alarms/panic.html", context), key)


@require_http_methods(["GET", "POST"])
@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Enrol a pupil's phone by the school's code."""
    code = SchoolCode.objects.filter(token=token, revoked_at=None).select_related("school").first()
    if code is None:
        return render(request, "alarms/not_enrolled.html", {"code_is_over": True}, status=404)
    if request.method == "POST":
        with suppress(SchoolCode.DoesNotExist):  # revoked while the page was open
            _device, key = enrol_pupil_phone(token)
            return with_key(redirect("panic:panic"), key)
        return redirect(request.path)
    return render(request, "alarms/join.html", {"school": code.school})


@require_POST
@csrf_exempt  # by the phone's key, as `for_device`, which is looked up for all that press at this moment
@never_cache
def press_button(request: HttpRequest) -> HttpResponse:
    """Take a press and say how it stands. What is wrong in the body is left out; the press is taken all the same."""
    key = request.COOKIES.get(KEY)
    try:
        return JsonResponse(progress_of(gathering.press(key, _said(_body(request))))) if key else _not_enrolled()
    except Device.DoesNotExist:
        return _not_enrolled()


@require_GET
@for_device
def progress(request: HttpRequest, device: Device, pk: UUID) -> HttpResponse:
    """How far the phone's own alarm is."""
    return JsonResponse(progress_of(Alarm.objects.select_related("room").get(pk=pk, device=device)))


@require_POST
@for_device
def needed(request: HttpRequest, device: Device, pk: UUID) -> HttpResponse:
    """The presser of a late alarm says whether help is still needed."""
    alarm = say_whether_needed(device, pk, needed=_body(request).get("needed") is not False)
    return JsonResponse(progress_of(alarm))


@require_POST
@for_device
def real(request: HttpRequest, device: Device, pk: UUID) -> HttpResponse:
    """The presser says that it is no drill."""
    try:
        return JsonResponse(progress_of(say_it_is_real(device, pk)))
    except Device.DoesNotExist:  # ended this moment
        return _not_enrolled()


@require_POST
@for_device
def word(request: HttpRequest, device: Device, pk: UUID) -> HttpResponse:
    """Say one of the offered things without typing."""
    try:
        say_from_device(device, pk, str(_body(request).get("word", "")))
    except BadAlarmError as error:
        return JsonResponse({"detail": str(error)}, status=422)
    return JsonResponse({"detail": _("Sent")})


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes the page one of the phone's own."""
    response = render(request, "alarms/manifest.json", content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: the page opens and presses wait without a network."""
    response = render(request, "alarms/worker.js", content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


def with_key(response: HttpResponse, key: str) -> HttpResponse:
    """The answer with the phone's key: out of reach of scripts and of other sites, sent to the panic page alone."""
    response.set_cookie(
        KEY,
        key,
        max_age=KEY_AGE_S,
        path=reverse("panic:panic"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def _not_enrolled() -> HttpResponse:
    return JsonResponse({"detail": _("This phone is not enrolled. Call 102.")}, status=401)


def _body(request: HttpRequest) -> Mapping[str, Any]:
    try:
        said = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _said(body: Mapping[str, Any]) -> Pressed:
    return Pressed(
        client_key=_uuid(body.get("client_key")),
        waited_s=_number(body.get("waited_s")) or 0,
        anonymous=body.get("anonymous") is not False,
        room_id=_whole(body.get("room")),
        floor=_whole(body.get("floor")),
        spot=str(body.get("spot") or ""),
    )


def _uuid(value: object) -> UUID:
    """The key the phone chose; one of ours for a phone that sends none, so that its press is taken too."""
    try:
        return UUID(str(value))
    except ValueError:
        return uuid4()


def _number(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and abs(float(value)) < 1e12 else None  # type: ignore[arg-type]


def _whole(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number == int(number) and abs(number) < 2**31 else None
