"""A code from the office becomes an account, or joins the one that is signed in. Who has it has shown a document."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from caseflow.consent.errors import ConsentError
from caseflow.consent.services import join_account, redeem
from caseflow.portal.forms import CodeForm, JoinForm


@never_cache
@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Type the code and choose login and password; who is signed in types the code alone and keeps their account."""
    form = (CodeForm if request.user.is_authenticated else JoinForm)(request.POST or None)
    if request.method == "POST" and form.is_valid() and _joined(request, form):
        return _welcome(request)
    return render(request, "portal/join.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _joined(request: HttpRequest, form: CodeForm) -> bool:
    data, address = form.cleaned_data, request.META.get("REMOTE_ADDR", "")
    try:
        if request.user.is_authenticated:
            join_account(request.user, data["code"], address=address)
        else:
            language = (get_language() or "ru")[:2]
            redeem(
                data["code"],
                username=data["username"],
                password=data["password"],
                language=language,
                address=address,
            )
    except IntegrityError:
        form.add_error("username", gettext("This login is taken. Choose another one."))
    except ConsentError as error:
        form.add_error("code", str(error))
    return form.is_valid()


def _welcome(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        messages.success(request, gettext("The child is joined to your account. Change your role to see the data."))
        return redirect("home")
    messages.success(request, gettext("Your account is ready. Sign in."))
    return redirect("accounts:login")
