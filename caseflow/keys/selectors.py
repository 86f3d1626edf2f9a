"""What of the keys concerns whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.urls import URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _

from caseflow.directory.enums import Role
from caseflow.directory.guards import SEARCHERS
from caseflow.keys.acts import ACTS, Act
from caseflow.keys.bindings import CURTAIN, EVERYWHERE, FOUND, PLACES, SEARCH, Key, Place

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

CONSOLE = "console"  # shows live alarms, so it is never covered
WORK = Place("work", _("The work of a psychologist"), ("supervision:work",), ())
PLANS = Place("plans", _("Plans of a case"), ("plans:case",), ())
PRESSED = ("panic",)  # whoever presses has no role there


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the help: its keys, and what is done there most often."""

    title: "StrPromise"
    keys: tuple[Key, ...]
    acts: tuple[Act, ...]


def parts_for(role: Role) -> list[Part]:
    """Every page with keys or frequent acts that somebody in this role has."""
    places = [EVERYWHERE, *([FOUND] if role in SEARCHERS else []), *PLACES, PLANS, WORK]
    return [_part(place, role) for place in places if _has(place, role)]


def keys_on(page: str, role: Role | None) -> tuple[Key, ...]:
    """The keys of one page, by its URL name, those of everywhere first."""
    here = [place for place in PLACES if page in place.pages]
    shared = _shared(role, covered=not any(place.name == CONSOLE for place in here))
    return (*shared, *(key for place in here for key in place.keys))


def _part(place: Place, role: Role) -> Part:
    keys = _shared(role) if place is EVERYWHERE else place.keys
    acts = tuple(act for act in ACTS if act.place == place.name and (act.name != "search" or role in SEARCHERS))
    return Part(place.title, keys, acts)


def _shared(role: Role | None, *, covered: bool = True) -> tuple[Key, ...]:
    left_out = {*(() if role in SEARCHERS else (SEARCH,)), *(() if covered and role else (CURTAIN,))}
    return tuple(key for key in EVERYWHERE.keys if key not in left_out)


def _has(place: Place, role: Role) -> bool:
    return not place.pages or any(role in _roles().get(page, ()) for page in place.pages)


@cache
def _roles() -> dict[str, frozenset[Role]]:
    """Which roles each page lets in, by its URL name, as its guard says."""
    return dict(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[Any], space: str) -> Iterator[tuple[str, frozenset[Role]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}", getattr(pattern.callback, "roles", frozenset())
