from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from caseflow.accounts.forms import NewPasswordForm, PreferencesForm, ProfileForm, ReachForm, SignInForm, UnlockForm
from caseflow.accounts.models import User
from caseflow.accounts.rules import LOCKED, WINDOW
from caseflow.accounts.selectors import nobody_yet, phone_of
from caseflow.accounts.services import sessions
from caseflow.accounts.services.reaching import set_reach
from caseflow.accounts.services.settings import set_preferences
from caseflow.accounts.services.throttle import TooManyTriesError

YEAR = timedelta(days=365)
COOKIES = {"language": settings.LANGUAGE_COOKIE_NAME, "theme": "theme"}


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The way in. An installation without people goes to its set-up instead."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    if nobody_yet():
        return redirect("directory:setup")
    form = SignInForm(request.POST if request.method == "POST" else None)
    status = _try_sign_in(request, form) if request.method == "POST" else 200
    if status == 302:
        return redirect(_next(request))
    return render(request, "accounts/login.html", {"form": form, "next": _next(request)}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    sessions.sign_out(request)
    return redirect("accounts:login")


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """Shows the lock; a POST with action=lock closes it, one with the password opens it."""
    if not request.user.is_authenticated:
        return redirect_to_login(_next(request))
    if request.POST.get("action") == "lock":
        sessions.lock(request)
    if not request.session.get(LOCKED):
        return redirect(_next(request))
    form = UnlockForm(request.POST if "password" in request.POST else None)
    status = _try_unlock(request, form) if form.is_bound else 200
    if status == 302:
        return redirect(_next(request))
    context = {"form": form, "next": _next(request), "locked": True}
    return render(request, "accounts/lock.html", context, status=status)


@require_POST
@login_required
def touch(request: HttpRequest) -> HttpResponse:
    """Says that somebody types on an open page; the middleware has noted it."""
    return HttpResponse(status=204)


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """The header's switches: kept with the person, for visitors in a cookie of this device."""
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("There is no such language or theme."), status=400, content_type="text/plain")
    response = redirect(_next(request))
    if request.user.is_authenticated:
        set_preferences(request.user, form.cleaned_data)
    for name, value in form.cleaned_data.items():
        response.set_cookie(
            COOKIES[name], value, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    return response


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = _person(request)
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    now = {"language": language, "theme": user.theme, "single_keys": user.single_keys}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "GET":
        return render(request, "accounts/profile.html", {"form": form})
    if not form.is_valid():
        return render(request, "accounts/profile.html", {"form": form}, status=422)
    set_preferences(user, form.cleaned_data)
    with override(form.cleaned_data["language"]):
        messages.success(request, _("Saved."))
    return redirect("accounts:profile")


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest) -> HttpResponse:
    """Where e-mails and SMS about news go."""
    user = _person(request)
    now = {"email": user.email, "phone": phone_of(user.pk)}
    form = ReachForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "GET":
        return render(request, "accounts/reach.html", {"form": form, "next": _next(request)})
    if not form.is_valid():
        return render(request, "accounts/reach.html", {"form": form, "next": _next(request)}, status=422)
    set_reach(user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect(_next(request))


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    user = _person(request)
    form = NewPasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return render(request, "accounts/password.html", {"form": form, "next": _next(request)})
    if not form.is_valid():
        return render(request, "accounts/password.html", {"form": form, "next": _next(request)}, status=422)
    sessions.change_password(request, user, form.cleaned_data["new"])
    messages.success(request, _("The password is changed. Other devices are signed out."))
    return redirect(_next(request))


def _try_sign_in(request: HttpRequest, form: SignInForm) -> int:
    """302 when the person is in; else the status to show the form with, its errors filled in."""
    if not form.is_valid():
        return 422
    try:
        if sessions.sign_in(request, form.cleaned_data["username"], form.cleaned_data["password"]):
            return 302
    except TooManyTriesError:
        form.add_error(None, _too_many())
        return 429
    form.add_error(None, _("Login or password is wrong. Check the keyboard layout and Caps Lock."))
    return 422


def _try_unlock(request: HttpRequest, form: UnlockForm) -> int:
    if not form.is_valid():
        return 422
    try:
        if sessions.unlock(request, form.cleaned_data["password"]):
            return 302
    except TooManyTriesError:
        form.add_error(None, _too_many())
        return 429
    form.add_error("password", _("The password is wrong."))
    return 422


def _too_many() -> str:
    minutes = int(WINDOW.total_seconds() // 60)
    return _("Too many wrong tries. Wait %(minutes)s minutes and try again.") % {"minutes": minutes}


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  behind login_required
    return request.user


def _next(request: HttpRequest) -> str:
    """The address to go on to, never one outside this installation."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    local = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if local else reverse("home")
