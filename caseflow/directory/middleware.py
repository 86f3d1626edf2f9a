"""Who acts, and what they were refused."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from caseflow.audit.services import record_denied
from caseflow.directory.actors import Actor
from caseflow.directory.selectors import ACTING, acting_membership, memberships_today

DENIED = (403, 404)


class ActingMembership:
    """Puts the acting membership on the request; a right that ended yesterday is gone at the next request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            memberships = memberships_today(request.user.pk)
            membership = acting_membership(memberships, request.session.get(ACTING))
            if membership is not None:
                request.memberships = memberships  # type: ignore[attr-defined]  # those to change to, for the shell
                request.actor = Actor(request.user, membership)  # type: ignore[attr-defined]
        return self.get_response(request)


class DeniedRequests:
    """Records each refusal on its own (rule 24): what is not the role's (403) and what is not the person's (404).

    An address that leads nowhere is no refusal, and a visitor is sent to the sign-in page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code in DENIED and request.resolver_match and request.user.is_authenticated:
            actor: Actor | None = getattr(request, "actor", None)
            record_denied(actor_id=request.user.pk, role=actor.role if actor else "", obj=request.path[:120])
        return response
