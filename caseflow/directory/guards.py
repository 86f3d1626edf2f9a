"""Who may enter a page at all. What they see there is decided by scoped selectors."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role

GuardedView = Callable[Concatenate[ActorRequest, ...], HttpResponseBase]


def for_roles(*roles: Role) -> Callable[[GuardedView], Callable[..., HttpResponseBase]]:
    """Let only these roles in: visitors go to the sign-in page, other roles get 403.

    The roles stay readable on the view (`view.roles`), so that menus and the access matrix name the same ones.
    """
    allowed = frozenset(roles)

    def guard(view: GuardedView) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            actor = getattr(request, "actor", None)
            if actor is None or actor.role not in allowed:
                raise PermissionDenied
            return view(cast("ActorRequest", request), *args, **kwargs)

        guarded.roles = allowed  # type: ignore[attr-defined]
        return guarded

    return guard


# Who has pupils or cases that a page leads to, so something to search for.
SEARCHERS = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.SCHOOL_ADMIN, Role.CLASS_TEACHER)
STAFF_WITH_PUPILS = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)
EVERY_ROLE = tuple(Role)
