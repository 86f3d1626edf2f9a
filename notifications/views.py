import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from notifications import selectors, serializers, services
from notifications.channels import vapid, wording
from notifications.enums import Channel, Urgency, Waiting
from notifications.forms import WishesForm
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
    """Mark everything up to `cursor` as seen and show the bell's fragment, with the way back; 400 for a text that is no
    cursor."""
    moment = timezone.now()
    try:
        marked = services.mark_seen_at(_user_id(request), Cursor.parse(request.POST.get("cursor", "")), moment)
    except BadCursorError:
        return _bell(request, error=_unknown_position(), status=400)
    return _bell(request, marked_at=moment.isoformat() if marked else "")


@login_required
@require_POST
def unseen(request: HttpRequest) -> HttpResponse:
    """Take back what was marked as seen at `moment`, and show the bell's fragment; 409 where it is too late."""
    moment = parse_datetime(request.POST.get("moment", ""))
    if moment is None or moment.tzinfo is None:
        return _bell(request, error=_("It cannot be undone any more. Nothing was changed."), status=400)
    if not services.unmark_seen(_user_id(request), moment):
        return _bell(request, error=_("It cannot be undone any more. Nothing was changed."), status=409)
    return _bell(request)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """By what else than the pages the person is told, and when not."""
    user_id = _user_id(request)
    now = {name: getattr(selectors.preferences_of(user_id), name) for name in WishesForm.base_fields}
    form = WishesForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "GET":
        return _channels(request, form)
    if not form.is_valid():
        return _channels(request, form, status=422)
    services.set_preferences(user_id, form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("notifications:channels")


@sensitive_post_parameters("endpoint")
@login_required
@require_POST
def enter_browser(request: HttpRequest) -> HttpResponse:
    """Push to the browser whose `endpoint` is given; 400 for one that is no push service's."""
    try:
        services.enter_browser(_user_id(request), request.POST.get("endpoint", ""))
    except ValueError:
        return JsonResponse({"detail": _("This browser's push service is not known.")}, status=400)
    return HttpResponse(status=204)


@sensitive_post_parameters("endpoint")
@login_required
@require_POST
def forget_browser(request: HttpRequest) -> HttpResponse:
    """Push no more to the browser whose `endpoint` is given; without one to none of the person's."""
    endpoint = request.POST.get("endpoint", "")
    if endpoint:
        services.forget_browser(_user_id(request), endpoint)
        return HttpResponse(status=204)
    services.forget_browsers(_user_id(request))
    messages.success(request, _("Push is off in all browsers."))
    return redirect("notifications:channels")


@require_GET
@never_cache
def waiting(request: HttpRequest) -> JsonResponse:
    """What the service worker asks when a push has woken it: whether an alarm waits or other news, never what about.

    {"kind": "alarm" | "news" | "nothing", "title": "…", "body": "…", "url": "/…"}; 401 for visitors. Where nothing
    waits the title is that of news: the push may be for somebody else who has entered this browser.
    """
    if request.user.pk is None:
        return JsonResponse({"detail": _("Sign in first.")}, status=401)
    kind, url = selectors.waiting_for(request.user.pk)
    urgency = Urgency.ALARM if kind is Waiting.ALARM else Urgency.NORMAL
    title = wording.sentence(urgency, translation.get_language())
    body = _("Touch this to open it") if kind is Waiting.ALARM else ""
    return JsonResponse({"kind": kind, "title": title, "body": body, "url": url})


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows a push, with the sentence for one of which nothing can be learnt (in the language that the
    page asked for), and where it asks what waits."""
    with translation.override(_known_language(request.GET.get("language", ""))):
        title = wording.sentence(Urgency.NORMAL, translation.get_language())
        shown = {"title": title, "body": "", "url": "/", "language": _language()}
    source = render_to_string("notifications/worker.js")
    script = f"const SHOWN = {json.dumps(shown | {'ask': reverse('notifications:waiting')})};\n{source}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _channels(request: HttpRequest, form: WishesForm, status: int = 200) -> HttpResponse:
    user_id = _user_id(request)
    there = selectors.offered()
    addresses = {channel: selectors.address(user_id, channel) for channel in (Channel.EMAIL, Channel.SMS)}
    context = {
        "form": form,
        "browsers": selectors.browsers(user_id),
        "key": vapid.public_key(),
        "email_offered": Channel.EMAIL in there,
        "sms_offered": Channel.SMS in there,
        "email": addresses[Channel.EMAIL],
        "phone": addresses[Channel.SMS],
        "language": _language(),
    }
    return render(request, "notifications/channels.html", context, status=status)


def _bell(request: HttpRequest, error: str = "", status: int = 200, marked_at: str = "") -> HttpResponse:
    services.place()
    user_id = _user_id(request)
    context = {"cursor": str(selectors.present(user_id)), "unread": selectors.unread(user_id), "error": error}
    context["marked_at"] = marked_at
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


def _language() -> str:
    return (translation.get_language() or settings.LANGUAGE_CODE)[:2]


def _known_language(asked: str) -> str:
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
