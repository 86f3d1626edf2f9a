"""What is tried: a file that is laid into a folder of its own, and the way of the product it goes. Of a camera the file
holds the address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random

from bench.hostile.mutating import mutated

DRAWN_OF = 8  # one of so many spoilt videos is drawn anew, the others are looked at


class Way(StrEnum):
    """Through which door of the product."""

    LOOK = "looked at"
    DRAW = "drawn anew"
    WATCH = "watched"


@dataclass(frozen=True, slots=True)
class Case:
    """`lay` puts it into an empty folder and says where it lies; it is the same each time."""

    name: str
    way: Way
    lay: Callable[[Path], Path]


def laid(name: str, content: bytes) -> Callable[[Path], Path]:
    def lay(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return lay


def spoilt(seed: int, number: int, seeds: Sequence[bytes]) -> Case:
    """The spoilt video of that number; no other needs to be made for it."""
    content, how = mutated(seeds, Random(f"{seed} {number}"))
    way = Way.LOOK if number % DRAWN_OF else Way.DRAW
    return Case(f"spoilt {number}: {how} ({way})", way, laid("lesson.mp4", content))
