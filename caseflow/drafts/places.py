"""Which forms have drafts here, and what they are about. Rooms say so; this one knows only their names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.module_loading import import_string

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.drafts.rules import Fields, joined
from caseflow.records.models import DataKey

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


# Who writes into what the kinds below are about; each kind asks once more who reaches the one object.
WRITERS = frozenset(
    {Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.CLASS_TEACHER, Role.PRINCIPAL}
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a form is about, for somebody who may write into it: whose data (None: no pupil's), which key seals it, on
    which page."""

    pupil_id: UUID | None
    data_key: DataKey
    page: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of form. `text` names the field in which people write.

    `dotted` names a callable `(actor: Actor, object_id: UUID) -> Place` that raises ObjectDoesNotExist for whoever may
    not write there now. `labels` say how the other fields are called, `choices` how their values read. A form in which
    people write into many fields has no `text`: `reads` says how they read as one, `joins` makes one of two versions.
    """

    dotted: str
    text: str = ""
    labels: "Mapping[str, StrOrPromise]" = field(default_factory=dict)
    choices: "Mapping[str, Mapping[str, StrOrPromise]]" = field(default_factory=dict)
    reads: Callable[[Fields], str] | None = None
    joins: Callable[[Fields, Fields], Fields] | None = None

    def text_of(self, fields: Fields) -> str:
        """What was written, as people read it."""
        return self.reads(fields) if self.reads else fields.get(self.text, "")

    def together(self, mine: Fields, theirs: Fields) -> Fields:
        """Fields that say what both versions say."""
        if self.joins:
            return self.joins(mine, theirs)
        return {**theirs, **mine, self.text: joined(self.text_of(mine), self.text_of(theirs))}


_kinds: dict[str, Kind] = {}


def keep_drafts_of(prefix: str, kind: Kind) -> None:
    """Say that forms with the key "<prefix>-<uuid>" have drafts."""
    _kinds[prefix] = kind


def kind_of(key: str) -> Kind:
    """The kind of form the key names. Raises ObjectDoesNotExist for an unknown one."""
    try:
        return _kinds[key.partition("-")[0]]
    except KeyError:
        raise ObjectDoesNotExist(key) from None


def place_of(actor: Actor, key: str) -> Place:
    """What the form is about. Raises ObjectDoesNotExist where the actor may not write now, or nothing is there."""
    kind = kind_of(key)
    try:
        object_id = UUID(key.partition("-")[2])
    except ValueError:
        raise ObjectDoesNotExist(key) from None
    place: Place = import_string(kind.dotted)(actor, object_id)
    return place
