"""The front door: the acting role's own first page."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from caseflow.shell import home_url


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Send visitors to the sign-in page and everybody else to their role's home page. Raises PermissionDenied."""
    if not request.user.is_authenticated:
        return redirect_to_login("/")
    actor = getattr(request, "actor", None)
    url = home_url(actor) if actor else None
    if url is None:  # no role is in force any more
        raise PermissionDenied
    return redirect(url)
