"""What becomes of classes and pupils when the school year turns. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from caseflow.directory.rules import split_class

LAST_SCHOOL_GRADE = 11  # after it one leaves; a school of twelve years says otherwise in the row of the class
PupilKey = TypeVar("PupilKey", bound=Hashable)
ClassKey = TypeVar("ClassKey", bound=Hashable)
CODE_SIGNS = re.compile(r"[^0-9A-Z]")


class Target(NamedTuple):
    """A class by grade and letter."""

    grade: int
    letter: str

    def __str__(self) -> str:
        return f"{self.grade}{self.letter}"


LEAVES = None  # stands where a class would: the pupil leaves the school


def promoted(grade: int, letter: str) -> Target | None:
    """The class a year later, under the same letter; LEAVES after the last grade."""
    return LEAVES if grade >= LAST_SCHOOL_GRADE else Target(grade + 1, letter)


def target_of(text: str) -> Target | None:
    """The class that somebody typed, "8Б"; LEAVES for nothing. Raises ValueError for anything else."""
    if not text.strip():
        return LEAVES
    parts = split_class(text)
    if parts is None:
        raise ValueError(text)
    return Target(*parts)


@dataclass(frozen=True, slots=True)
class Roll(Generic[PupilKey, ClassKey]):
    """The pupils of a school by the class of the old year they are in, None for no class."""

    classes: Mapping[ClassKey, Target]
    pupils: Mapping[PupilKey, ClassKey | None]

    def destinations(
        self, classes: Mapping[ClassKey, Target | None], exceptions: Mapping[PupilKey, Target | None]
    ) -> dict[PupilKey, Target | None]:
        """Where each pupil is in the new year. A class that nobody spoke of goes up; a pupil without a class and
        without an exception is not in the answer: a human says where to."""
        found: dict[PupilKey, Target | None] = {}
        for pupil, its in self.pupils.items():
            if pupil in exceptions:
                found[pupil] = exceptions[pupil]
            elif its is not None:
                found[pupil] = classes[its] if its in classes else promoted(*self.classes[its])
        return found

    def homeless(self, exceptions: Collection[PupilKey]) -> list[PupilKey]:
        """The pupils of whom nobody can tell where they go."""
        return [pupil for pupil, its in self.pupils.items() if its is None and pupil not in exceptions]


def merged(targets: Collection[Target | None]) -> list[Target]:
    """The classes of the new year into which more than one class goes."""
    return sorted(target for target, times in Counter(filter(None, targets)).items() if times > 1)


def normal_code(typed: str) -> str:
    """The code of a move as it was made, however it was typed."""
    return CODE_SIGNS.sub("", typed.upper())
