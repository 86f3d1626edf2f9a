"""How the pages without sign-in are shown: small, in the reporter's language, from nobody's cache."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from caseflow.directory.enums import Role
from caseflow.incidents.models import AnonymousChannel, Incident
from caseflow.incidents.public_forms import AnonymousForm, MessageForm
from caseflow.incidents.rules.return_code import words_of_code
from caseflow.incidents.selectors.reading import state_of
from caseflow.incidents.selectors.talk import talk_of
from caseflow.incidents.services.anonymous import Taken, TooManyError
from caseflow.incidents.services.anonymous.passes import new_chat
from caseflow.triage.enums import Audience

LANGUAGES = (("kk", "Қазақша"), ("ru", "Русский"), ("en", "English"))
YEAR = timedelta(days=365)
View = Callable[..., HttpResponse]


def nameless_page(*methods: str) -> Callable[[View], View]:
    """A page for somebody without a name: no cookie protects it, and no report of an error shows what was typed.

    `lang`, in the address or among what a form sends, changes the language and is remembered on the device; `in` is the
    language that a form was shown in, for devices that remember nothing.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def in_its_language(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            its_own = chosen(request) or request.POST.get("in")
            if its_own in dict(settings.LANGUAGES):
                activate(its_own)  # UserLanguage takes it back after the request
            return view(request, *args, **kwargs)

        return csrf_exempt(sensitive_post_parameters()(require_http_methods(list(methods))(in_its_language)))

    return decorate


def chosen(request: HttpRequest) -> str:
    """The language that was just chosen on the page, "" for none and for one we do not have."""
    asked = request.POST.get("lang") or request.GET.get("lang") or ""
    return asked if asked in dict(settings.LANGUAGES) else ""


def shown(request: HttpRequest, page: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of these; a language that was chosen is remembered on the device."""
    context |= {"languages": LANGUAGES, "language": language()}
    response = render(request, f"incidents/anonymous/{page}.html", context, status=status)
    response.headers["Content-Language"] = language()
    if chosen(request):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen(request),
            max_age=YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def gone(request: HttpRequest, form: AnonymousForm) -> HttpResponse:
    """An address that is not in force: the numbers to call, and what was typed, so that it is not lost."""
    return shown(request, "gone", {"typed": form.data.get("words", "") if form.is_bound else ""}, 404)


def sent(request: HttpRequest, taken: Taken) -> HttpResponse:
    """The receipt: who reads it, by when at the latest, and the code, which is shown here and nowhere again."""
    item = taken.incident.triage_item
    context = {
        "incident": taken.incident,
        "words": words_of_code(taken.code, language()).split(),
        "by_lead": item.audience == Audience.LEAD,
        "second_person": item.second_person,
        "due_at": item.psych_clock.due_at,
    }
    return shown(request, "sent", context)


def conversation(
    request: HttpRequest,
    channel: AnonymousChannel,
    form: MessageForm,
    status: int = 200,
    *,
    written: bool = False,
    in_danger: bool = False,
) -> HttpResponse:
    """What was written so far; of those who answer the role alone."""
    incident = Incident.objects.select_related("data_key", "triage_item__case").get(channel=channel)
    context = {
        "talk": talk_of(incident),
        "state": state_of(incident),
        "lead": Role.LEAD_PSYCHOLOGIST,
        "form": form,
        "pass": new_chat(channel),
        "written": written,
        "in_danger": in_danger,
    }
    return shown(request, "talk", context, status)


def later(response: HttpResponse, refused: TooManyError) -> HttpResponse:
    """The answer with the time from which it is worth trying again."""
    left = refused.until - timezone.now()
    response.headers["Retry-After"] = str(max(1, int(left.total_seconds())))
    return response


def try_again(refused: TooManyError) -> str:
    """What is said to somebody who comes when too much has come."""
    text = _("Very much is arriving here just now. Press the button again after %(time)s. What you wrote stays here.")
    return text % {"time": time_format(timezone.localtime(refused.until), "H:i")}


def language() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]
