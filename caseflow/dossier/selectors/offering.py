"""Which parts of a case somebody may take to a meeting, and what was taken before."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseflow.cases.enclosing import enclosures
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.dossier.enums import Kind, Part
from caseflow.dossier.models import Making
from caseflow.dossier.rules import CONFIDENTIAL, PARTS, closed_to
from caseflow.records.vault import unseal, where

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A part that may be ticked."""

    name: str
    title: "StrOrPromise"
    confidential: bool

    @property
    def kept_from(self) -> list[str]:
        """The meetings to which it must not go."""
        return [meeting.value for meeting in closed_to(self.name)]


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that was made before, with whose meeting it was for in clear."""

    making: Making
    purpose: str
    parts: list[str]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form offers for one kind of paper, and what was made of the case before, the newest first."""

    kind: Kind
    choices: list[Choice]
    made: list[Made]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(choice.name for choice in self.choices)


def offer_of(actor: Actor, case: Case, kind: Kind) -> list[Choice]:
    """The parts that the actor, who may open the case, may take along; none of another room that they may not read."""
    own = [Choice(part.value, part.label, part in CONFIDENTIAL) for part in PARTS[kind]]
    if kind == Kind.CHRONOLOGY:
        return own
    others = [
        Choice(name, each.title, confidential=True) for name, each in enclosures().items() if each.read(actor, case)
    ]
    return own + others


def read_offer(actor: Actor, case: Case, kind: Kind) -> Offer:
    """The form's choices, with the last papers made. Two queries, and those of the rooms that add a part."""
    rows = Making.objects.filter(case=case).select_related("by")[:SHOWN]
    return Offer(kind, offer_of(actor, case, kind), [_made(case, row) for row in rows])


def purpose_place(making: Making) -> str:
    """Where the sealed words about the meeting belong."""
    return where("dossier.Making", making.pk, "purpose")


def titles_of(names: Iterable[str]) -> list[str]:
    """How parts are called, in the active language; one whose room is gone by its name."""
    titles = {part.value: str(part.label) for part in Part}
    titles |= {name: str(each.title) for name, each in enclosures().items()}
    return [titles.get(name, name) for name in names]


def _made(case: Case, making: Making) -> Made:
    return Made(making, unseal(case.data_key, making.purpose_sealed, purpose_place(making)), titles_of(making.parts))
