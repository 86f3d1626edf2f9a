"""Every address of the product, read from the URL configuration: pages, fragments, the API and the socket."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from inspect import getclosurevars
from typing import Any, cast

from django.urls import URLPattern, URLResolver, get_resolver

from caseflow.directory.enums import Role
from notifications.routing import websocket_urlpatterns

CONNECT = "CONNECT"


@dataclass(frozen=True, slots=True)
class Route:
    """An address with one method it accepts; `roles` is None where no guard by role stands before it.

    `path` is the socket's address; pages and API are asked by their names.
    """

    name: str
    method: str
    parameters: frozenset[str]
    roles: frozenset[Role] | None
    path: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.method}"


@cache
def all_routes() -> tuple[Route, ...]:
    """Every route, by name and method."""
    found = [*_walk(get_resolver().url_patterns, ""), *_sockets()]
    return tuple(sorted(found, key=str))


def _walk(patterns: list[Any], space: str) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield from _routes_of(pattern, space)


def _routes_of(pattern: URLPattern, space: str) -> Iterator[Route]:
    view, name = pattern.callback, f"{space}{pattern.name or pattern.pattern}"
    parameters = frozenset(pattern.pattern.regex.groupindex) - frozenset(pattern.default_args)
    for method in methods_of(view):
        yield Route(name, method, parameters, roles_of(view, method))


def _sockets() -> Iterator[Route]:
    for pattern in websocket_urlpatterns:
        path = f"/{pattern.pattern}"
        yield Route(path, CONNECT, frozenset(pattern.pattern.regex.groupindex), None, path)


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """The methods a view accepts. Raises LookupError for one that takes whatever comes."""
    actions = getattr(view, "actions", None)
    if actions:
        return tuple(sorted(method.upper() for method in actions))
    if hasattr(view, "view_class"):
        handled = [name for name in view.view_class.http_method_names if hasattr(view.view_class, name)]
        return tuple(sorted(name.upper() for name in handled if name != "options"))
    for layer in _layers(view):
        accepted = getclosurevars(layer).nonlocals.get("request_method_list")
        if accepted:
            return tuple(sorted(accepted))
    raise LookupError(view)


def roles_of(view: Callable[..., Any], method: str) -> frozenset[Role] | None:
    """The roles whom the guard of the view lets in, None where there is no guard."""
    actions = getattr(view, "actions", None)
    if actions:
        named = getattr(getattr(view, "cls", None), "roles", {})
        found = named.get(actions[method.lower()], named.get("*"))
    else:
        found = getattr(view, "roles", None)
    return frozenset(found) if found is not None else None


def _layers(view: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """A view and what its decorators wrap."""
    layer: Any = view
    while layer is not None:
        yield cast("Callable[..., Any]", layer)
        layer = getattr(layer, "__wrapped__", None)
