"""Drafts as their author reads them; nobody else ever does."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet

from caseflow.directory.actors import Actor
from caseflow.drafts.models import Draft
from caseflow.drafts.places import Kind, kind_of, place_of
from caseflow.drafts.rules import Fields, Piece, marked
from caseflow.records.models import DataKey
from caseflow.records.vault import unseal, where
from prepared import prepared

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft in clear. `other` is a version that its author has written besides and not decided about."""

    key: str
    fields: Fields
    revision: UUID
    updated_at: datetime
    undecided: bool = False
    other: "Kept | None" = None

    @property
    def text(self) -> str:
        """What was written, as people read it."""
        return kind_of(self.key).text_of(self.fields)


@dataclass(frozen=True, slots=True)
class Other:
    """A field besides the text in which two versions differ, as people read it."""

    label: "StrOrPromise"
    mine: "StrOrPromise"
    theirs: "StrOrPromise"


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions side by side: what is written here, and what is kept, with what both together say."""

    key: str
    mine: list[Piece]
    theirs: list[Piece]
    others: list[Other]
    kept: Kept
    together: Fields


def own_draft(actor: Actor, key: str) -> Kept | None:
    """The actor's draft. Raises ObjectDoesNotExist where the actor may not write into this form now."""
    return draft_in(actor, key, place_of(actor, key).data_key)


def draft_in(actor: Actor, key: str, data_key: DataKey) -> Kept | None:
    """The actor's draft, for callers that know that the actor may write into this form now. 1 query.

    `data_key` seals it: that of its place.
    """
    found = [read(one) for one in _sealed_with(actor.user.pk, data_key.pk) if one.key == key]
    if not found:
        return None
    kept, *others = sorted(found, key=lambda one: one.undecided)
    return replace(kept, other=others[0]) if others else kept


@prepared
def _sealed_with(user_id: int, data_key_id: UUID) -> QuerySet[Draft]:
    return Draft.objects.filter(author=user_id, data_key=data_key_id, discarded_at=None).select_related("data_key")


def own_drafts(actor: Actor) -> list[Kept]:
    """All drafts of the actor that lead somewhere in the role they act in, the newest first."""
    return [read(draft) for draft in drafts_of(actor) if _is_reached(actor, draft.key)]


def versions(actor: Actor, key: str, fields: Fields) -> Versions | None:
    """What is written here beside what is kept; None where nothing is kept. Raises ObjectDoesNotExist."""
    kept = own_draft(actor, key)
    return beside(kept, fields) if kept else None


def beside(kept: Kept, fields: Fields) -> Versions:
    """What is written here beside this draft."""
    kind = kind_of(kept.key)
    mine, theirs = marked(kind.text_of(fields), kept.text)
    others = list(_others(kind, fields, kept.fields))
    return Versions(kept.key, mine, theirs, others, kept, kind.together(fields, kept.fields))


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """The actor's own drafts, whatever they are about, but for what was discarded."""
    return Draft.objects.filter(author=actor.user, discarded_at=None).select_related("data_key")


def read(draft: Draft) -> Kept:
    """The draft in clear."""
    content = unseal(draft.data_key, draft.fields_sealed, where("drafts.Draft", draft.pk, "fields"))
    return Kept(draft.key, json.loads(content), draft.revision, draft.updated_at, draft.undecided)


def _others(kind: Kind, mine: Fields, theirs: Fields) -> Iterable[Other]:
    for name, label in kind.labels.items():
        one, other = mine.get(name, ""), theirs.get(name, "")
        if one != other:
            read_as = kind.choices.get(name, {})
            yield Other(label, read_as.get(one, one), read_as.get(other, other))


def _is_reached(actor: Actor, key: str) -> bool:
    try:
        place_of(actor, key)
    except ObjectDoesNotExist:
        return False
    return True
