"""Searching: what is shown and the entry that something was looked for are one transaction.

What was typed is kept nowhere: it may be a name.
"""

from dataclasses import dataclass

from django.db import transaction

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.finding import Group, groups_found
from caseflow.directory.rules.asking import is_enough, understand
from caseflow.directory.selectors.naming import Lookup

WHILE_TYPING = 6
ON_THE_PAGE = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, kind by kind; `asked` is False where too little was typed to look for."""

    groups: list[Group]
    asked: bool = True

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)


@transaction.atomic
def search(actor: Actor, text: str, *, limit: int) -> Found:
    """The pupils and cases in the actor's scope that fit, `limit` of each kind at most.

    How many were shown is recorded.
    """
    asked = understand(text)
    if asked.is_nothing or not is_enough(text):
        return Found([], asked=False)
    found = Found(groups_found(actor, Lookup(asked), limit))
    shown = {group.kind: len(group.hits) for group in found.groups}
    record(action="search", actor_id=actor.user.pk, role=actor.role, obj="directory.search", detail=shown)
    return found
