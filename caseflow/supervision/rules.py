"""Who has a board, what it is narrowed to, and how work is shared out among colleagues."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from caseflow.cases.rules import CaseRefused
from caseflow.directory.enums import Role

LEADS = frozenset({Role.LEAD_PSYCHOLOGIST})
READERS = LEADS | {Role.PSYCHOLOGIST}  # of a note of supervision: who wrote it, and with whom it was shared
BY_NAME, BY_OVERDUE = "name", "overdue"
LONGEST_THEMES = 300
LONGEST_TEXT = 20_000
LONGEST_AGREEMENT = 300
MOST_AGREEMENTS = 5
MOST_AT_ONCE = 500
CLOCK = "supervision_agreement"  # of something agreed

Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is narrowed to, and in which order its schools stand. Never in an order of pupils."""

    district: int | None = None
    query: str = ""
    sort: str = BY_NAME


class SupervisionRefused(CaseRefused):
    """What was asked is not possible; `str` says why in the reader's language."""


@dataclass(frozen=True, slots=True)
class Dealt(Generic[Thing]):
    """A thing and who gets it, by number; None where nobody may have it, `why` says the first reason."""

    thing: Thing
    to: int | None
    why: str = ""


def deal(things: Iterable[Thing], people: list[int], refusals: Mapping[tuple[Thing, int], str]) -> list[Dealt[Thing]]:
    """Share the things out evenly in their order: each goes to whoever has got the fewest of those who may have it.

    Of two who have as many, the first of `people` gets it. `refusals` say who may not have what, and why.
    """
    given: Counter[int] = Counter()
    dealt: list[Dealt[Thing]] = []
    for thing in things:
        allowed = [one for one in people if (thing, one) not in refusals]
        if not allowed:
            dealt.append(Dealt(thing, None, refusals[(thing, people[0])] if people else ""))
            continue
        chosen = min(allowed, key=lambda one: given[one])
        given[chosen] += 1
        dealt.append(Dealt(thing, chosen))
    return dealt
