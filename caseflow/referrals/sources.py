"""Where facts can be taken over from into a referral. Higher rooms say so; this room only knows their names."""

from dataclasses import dataclass

from django.utils.module_loading import import_string

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.referrals.rules import Words, said


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a source; `code` tells it from all others of the case."""

    code: str
    part: Words
    text: Words

    @property
    def title(self) -> str:
        return said(self.part)

    @property
    def plain(self) -> str:
        return said(self.text)


@dataclass(frozen=True, slots=True)
class Source:
    """Something of the case with the facts it holds, none of which names a reporter. `ref` is its kind and id."""

    ref: str
    title: str
    facts: tuple[Fact, ...]


_sources: dict[str, None] = {}


def offer_facts(dotted: str) -> None:
    """Have `dotted`, a callable `(actor: Actor, case: Case) -> list[Source]` of what the actor may read, asked for each
    draft."""
    _sources[dotted] = None


def sources_of(actor: Actor, case: Case) -> tuple[Source, ...]:
    """All that can be taken over, as the rooms are loaded."""
    found: list[Source] = []
    for dotted in _sources:
        found += import_string(dotted)(actor, case)
    return tuple(found)
