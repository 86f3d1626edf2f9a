from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from notifications import serializers, services
from notifications.rules import BadCursorError, Cursor


@require_GET
@never_cache
def stream(request: HttpRequest) -> JsonResponse:
    """The user's alerts after `?cursor=`, oldest first, at most 50; without one the latest 20, newest first.

    {"items": […], "cursor": "…", "more": bool, "unread": n}; 401 for visitors, 400 for a text that is no cursor.
    """
    user_id = request.user.pk
    if user_id is None:
        return JsonResponse({"detail": _("Sign in first.")}, status=401)
    given = request.GET.get("cursor")
    services.place()
    try:
        page = serializers.batch(user_id, Cursor.parse(given)) if given else serializers.latest(user_id)
    except BadCursorError:
        return JsonResponse({"detail": _unknown_position()}, status=400)
    return JsonResponse(page)


@login_required
@require_GET
@never_cache
def bell(request: HttpRequest) -> HttpResponse:
    """Fragment: the latest alerts with time and link."""
    return _bell(request)


@login_required
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Mark everything up to `cursor` as seen and show the bell's fragment; 400 for a text that is no cursor."""
    try:
        services.mark_seen(_user_id(request), Cursor.parse(request.POST.get("cursor", "")))
    except BadCursorError:
        return _bell(request, error=_unknown_position(), status=400)
    return _bell(request)


def _bell(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    services.place()
    latest = serializers.latest(_user_id(request))
    rows = [row | {"created_at": datetime.fromisoformat(row["at"])} for row in latest["items"]]
    return render(request, "notifications/_bell.html", latest | {"items": rows, "error": error}, status=status)


def _user_id(request: HttpRequest) -> int:
    if request.user.pk is None:  # the views are behind login_required
        raise PermissionDenied
    return request.user.pk


def _unknown_position() -> str:
    return _("This position in the alerts is not known.")
