"""What higher rooms can add to the papers that are made of a case for a meeting.

A room says so here by name; whoever makes papers asks here and never knows the rooms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One thing on the paper, in clear; `key` tells it from the others."""

    key: str
    at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A part of the paper, never ticked by itself.

    `dotted` names a callable `(actor: Actor, case: Case) -> list[Enclosed]` of what the actor may read of it.
    """

    title: "StrPromise"
    dotted: str

    def read(self, actor: Actor, case: Case) -> list[Enclosed]:
        found: list[Enclosed] = import_string(self.dotted)(actor, case)
        return found


_enclosures: dict[str, Enclosure] = {}


def enclose(name: str, title: "StrPromise", dotted: str) -> None:
    """Offer a part, by a name of letters, for the papers of cases. Saying it twice changes nothing."""
    _enclosures[name] = Enclosure(title, dotted)


def enclosures() -> Mapping[str, Enclosure]:
    """All that rooms offer, by name."""
    return dict(_enclosures)
