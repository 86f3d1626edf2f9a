"""At most so many clips a camera and day, the strongest first. What comes later is not known, so a stronger event takes
the place of the weakest clip that nobody has looked at yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Id = TypeVar("Id")


@dataclass(frozen=True, slots=True)
class Held(Generic[Id]):
    """A clip of the day that has its place. `settled`: somebody looked at it, or it is gone; it keeps the place."""

    id: Id
    strength: float
    settled: bool


@dataclass(frozen=True, slots=True)
class Place(Generic[Id]):
    """Whether the event is shown, and which clip gives way to it."""

    shown: bool
    gives_way: Id | None = None


def place_for(strength: float, held: Sequence[Held[Id]], most: int) -> Place[Id]:
    """The place of an event beside the clips of that camera and day; of two equally strong the earlier one stays."""
    if len(held) < most:
        return Place(shown=True)
    weakest = min((clip for clip in held if not clip.settled), key=lambda clip: clip.strength, default=None)
    if weakest is None or weakest.strength >= strength:
        return Place(shown=False)
    return Place(shown=True, gives_way=weakest.id)
