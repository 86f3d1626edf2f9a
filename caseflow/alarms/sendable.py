"""What a school can send to the centre: the room it comes from names it and shows it, this room knows the URL name."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from caseflow.alarms.models import Notice

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Sendable:
    """`title` names it; the fragment at `url_name` takes the id of what it is about."""

    title: "StrOrPromise"
    url_name: str


_kinds: dict[str, Sendable] = {}


def register(kind: str, *, title: "StrOrPromise", url_name: str) -> None:
    """Let things of this kind be sent."""
    _kinds[kind] = Sendable(title, url_name)


def title_of(notice: Notice) -> str:
    """What was sent, in the language of the page."""
    return str(_kinds[notice.kind].title)


def fragment_of(notice: Notice) -> str:
    """Where what was sent is shown to the operator."""
    return reverse(_kinds[notice.kind].url_name, args=[notice.ref])
