from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from notifications import selectors, serializers, services
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
    """Fragment: the latest alerts with time and link, and the way to earlier ones; with `?before=` those alone."""
    try:
        before = Cursor.parse(request.GET["before"]) if "before" in request.GET else None
    except BadCursorError:
        return _bell(request, error=_unknown_position(), status=400)
    if before is None:
        return _bell(request)
    return render(request, "notifications/_bell_items.html", _page(_user_id(request), before))


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
    user_id = _user_id(request)
    context = {"cursor": str(selectors.present(user_id)), "unread": selectors.unread(user_id), "error": error}
    return render(request, "notifications/_bell.html", context | _page(user_id), status=status)


def _page(user_id: int, before: Cursor | None = None) -> dict[str, Any]:
    rows, more = selectors.recent(user_id, before)
    items = [serializers.item(row) | {"created_at": row.created_at} for row in rows]
    return {"items": items, "earlier": items[-1]["cursor"] if more else ""}


def _user_id(request: HttpRequest) -> int:
    if request.user.pk is None:  # the views are behind login_required
        raise PermissionDenied
    return request.user.pk


def _unknown_position() -> str:
    return _("This position in the alerts is not known.")
