"""The register of everything that is stored: nothing is kept that nobody answers for.

Each model is declared once, from its room's `personal_data.py`, either as data about a person (with the path to the
pupil, the term, the ground, the readers and what erasure does) or as impersonal. What exports, erases or ends a term
finds here what there is; a test fails for a model that is in neither list.
"""

from dataclasses import dataclass
from typing import Literal

Erasure = Literal["delete", "blank", "keep"]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What a model that holds something about a person answers for.

    `pupil_path` is a Django lookup from the model to the pupil ("" when the person is not a pupil);
    `retention` names a row of the table of terms; `ground` says why it may be kept; `viewers` are role values, or
    "own" for the person it is about; `on_erasure` says whether an erasure deletes the row, blanks its content or keeps
    it (then `ground` shows why).
    """

    model: str
    pupil_path: str
    retention: str
    ground: str
    viewers: frozenset[str]
    on_erasure: Erasure


_personal: dict[str, PersonalData] = {}
_impersonal: dict[str, str] = {}


def declare(entry: PersonalData) -> None:
    """Enter a model that holds something about a person. Raises ValueError for a second, different entry."""
    if _personal.setdefault(entry.model, entry) != entry or entry.model in _impersonal:
        raise ValueError(entry.model)


def declare_impersonal(model: str, holds: str) -> None:
    """Enter a model that holds nothing about a person; `holds` says what it holds instead."""
    if model in _personal:
        raise ValueError(model)
    _impersonal[model] = holds


def personal_data() -> tuple[PersonalData, ...]:
    """All entries about persons, by model label."""
    return tuple(_personal[label] for label in sorted(_personal))


def declared() -> frozenset[str]:
    """The labels of all declared models."""
    return frozenset(_personal) | frozenset(_impersonal)
