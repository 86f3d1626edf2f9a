"""The pages without sign-in: telling what happened, and coming back with the words of the return code.

They keep no session and set no cookie but the language's. What protects their forms instead is said in
docs/decisions/anonymous-reports.md.
"""

import secrets

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from caseflow.incidents.models import AnonymousChannel, SchoolLink
from caseflow.incidents.public_forms import AnonymousForm, CodeForm, MessageForm
from caseflow.incidents.selectors.talk import link_in_force
from caseflow.incidents.services.anonymous import (
    Said,
    SpentFormError,
    TooManyError,
    call_for_help,
    find_channel,
    report_anonymously,
    say,
)
from caseflow.incidents.services.anonymous.chatting import CODES
from caseflow.incidents.services.anonymous.passes import FormPass, new_form, read_chat, read_form
from caseflow.incidents.services.anonymous.reporting import place_of
from caseflow.incidents.services.checking import BadReportError
from caseflow.incidents.services.pictures import drawn, those_readable
from caseflow.incidents.views.anonymous import pages
from caseflow.incidents.views.anonymous.pages import nameless_page


@nameless_page("GET", "POST")
def report(request: HttpRequest, token: str) -> HttpResponse:
    """The form of a school. A refused one comes back as it was typed, in danger none is refused."""
    try:
        link = link_in_force(token)
    except SchoolLink.DoesNotExist:
        return pages.gone(request, AnonymousForm(request.POST or None))
    if request.method == "GET":
        return _form(request, link, AnonymousForm())
    form = AnonymousForm(request.POST)
    if "lang" in request.POST:
        return _form(request, link, form.unasked())
    return _danger(request, link, form) if "danger" in request.POST else _send(request, link, form)


@nameless_page("GET", "POST")
def answers(request: HttpRequest) -> HttpResponse:
    """Where the words of the return code are typed; the right ones show the talk."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or "lang" in request.POST:
        return _code(request, form.unasked())
    its_pass = read_form(CODES, request.POST.get("pass", ""))
    proven = its_pass is not None and its_pass.is_proven(request.POST.get("proof", ""))
    try:
        channel = find_channel(request.POST.get("code", ""), proven=proven)
    except AnonymousChannel.DoesNotExist:
        form.add_error(None, _("These words lead to no report. Look at each of the twelve words again."))
        return _code(request, form, 422)
    except TooManyError as refused:
        return pages.later(_code(request, form.refused(pages.try_again(refused)), 429), refused)
    return pages.conversation(request, channel, MessageForm.draft(request.POST.get("words", "")))


@nameless_page("POST")
def talk(request: HttpRequest) -> HttpResponse:
    """A message of the reporter, a call for help, or one more look. After an hour the words of the code are asked for
    again. In danger what can be taken is taken, and nothing is refused."""
    form = MessageForm(request.POST)
    try:
        channel, nonce = read_chat(request.POST.get("pass", ""))
    except AnonymousChannel.DoesNotExist:
        known = CodeForm.keeping(request.POST.get("words", ""))
        return _code(request, known.refused(_("Type the words of your code once more.")), 422)
    if "danger" in request.POST:
        return _help(request, channel, nonce, form)
    if "send" not in request.POST:
        return pages.conversation(request, channel, form.unasked())
    form.is_valid()
    try:
        say(channel, nonce, Said(words=form.text("words"), pictures=drawn(request.FILES.getlist("pictures"))))
    except BadReportError as refused:
        return pages.conversation(request, channel, form.refused(str(refused)), 422)
    except TooManyError as refused:
        answer = pages.conversation(request, channel, form.refused(pages.try_again(refused)), 429)
        return pages.later(answer, refused)
    return pages.conversation(request, channel, MessageForm(), written=True)


def _help(request: HttpRequest, channel: AnonymousChannel, nonce: str, form: MessageForm) -> HttpResponse:
    call_for_help(channel)
    form.is_valid()
    pictures = those_readable(request.FILES.getlist("pictures"))
    try:
        say(channel, nonce, Said(words=form.text("words"), pictures=pictures))
    except (BadReportError, TooManyError):  # nothing was written, or too much: it stays in the field
        return pages.conversation(request, channel, form.unasked(), in_danger=True)
    return pages.conversation(request, channel, MessageForm(), written=True, in_danger=True)


def _danger(request: HttpRequest, link: SchoolLink, form: AnonymousForm) -> HttpResponse:
    its_pass = read_form(place_of(link), request.POST.get("pass", "")) or FormPass(secrets.token_urlsafe(16), 0)
    form.is_valid()
    said = form.said(those_readable(request.FILES.getlist("pictures")), danger=True)
    taken = report_anonymously(link, its_pass, said, language=pages.language())
    return pages.sent(request, taken)


def _send(request: HttpRequest, link: SchoolLink, form: AnonymousForm) -> HttpResponse:
    its_pass = read_form(place_of(link), request.POST.get("pass", ""))
    if its_pass is None:
        return _form(request, link, form.refused(_("The page had been open for too long. Press Send once more.")), 422)
    if not form.is_valid():
        return _form(request, link, form, 422)
    try:
        said = form.said(drawn(request.FILES.getlist("pictures")), danger=False)
        proof = request.POST.get("proof", "")
        taken = report_anonymously(link, its_pass, said, proof=proof, language=pages.language())
    except BadReportError as refused:
        return _form(request, link, form.refused(str(refused)), 422)
    except SpentFormError:
        text = _("This page has sent a report before. Press Send once more to send this one too.")
        return _form(request, link, form.refused(text), 422)
    except TooManyError as refused:
        return pages.later(_form(request, link, form.refused(pages.try_again(refused)), 429), refused)
    return pages.sent(request, taken)


def _form(request: HttpRequest, link: SchoolLink, form: AnonymousForm, status: int = 200) -> HttpResponse:
    its_pass, carried = new_form(place_of(link))
    context = {"link": link, "form": form, "pass": carried, "nonce": its_pass.nonce, "bits": its_pass.bits}
    return pages.shown(request, "form", context, status)


def _code(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    its_pass, carried = new_form(CODES)
    context = {"form": form, "pass": carried, "nonce": its_pass.nonce, "bits": its_pass.bits}
    return pages.shown(request, "code", context, status)
