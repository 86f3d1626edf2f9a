"""The API's guard: the same roles, the same actor as the pages."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:
    # The views ask for this module while they are being imported themselves.
    from rest_framework.views import APIView


class RolePermission(BasePermission):
    """Lets in the roles a viewset names in `roles`: action → roles, "*" for every other action."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        actor = getattr(request._request, "actor", None)
        roles = getattr(view, "roles", {})
        action = getattr(view, "action", None)
        return actor is not None and actor.role in roles.get(action, roles.get("*", frozenset()))
