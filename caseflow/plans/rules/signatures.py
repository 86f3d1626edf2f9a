"""A drawn signature: strokes of points, in thousandths of the pad's width. Kept as points, never as a picture."""

import json
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any

from caseflow.plans.enums import Way

WIDTH, HEIGHT = 1000, 300
MOST_STROKES, MOST_POINTS = 60, 3000
LEAST_INK = 100  # a touch by mistake leaves less
LONGEST_INK = 60_000  # characters of JSON

Stroke = tuple[tuple[int, int], ...]
Ink = tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """How somebody signed: `content` is the JSON of the strokes, or the typed name."""

    way: Way
    content: str


def read_ink(content: str) -> Ink:
    """The strokes of a drawn signature. Raises ValueError for anything else, and for more than a signature needs."""
    if len(content) > LONGEST_INK:
        raise ValueError("more than a signature")
    try:
        strokes = tuple(tuple(_point(*point) for point in stroke) for stroke in json.loads(content))
    except (TypeError, RecursionError) as error:
        raise ValueError("not strokes") from error
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS:
        raise ValueError("more than a signature")
    return strokes


def is_ink(strokes: Ink) -> bool:
    """Whether so much was drawn that it can be a signature."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for stroke in strokes for a, b in pairwise(stroke)) >= LEAST_INK


def path_of(strokes: Ink) -> str:
    """The strokes as the `d` of an SVG path, in a view box of `WIDTH` by `HEIGHT`."""
    return " ".join("M" + "L".join(f"{x} {y}" for x, y in stroke) for stroke in strokes if stroke)


def _point(x: Any, y: Any) -> tuple[int, int]:
    if type(x) is not int or type(y) is not int or not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
        raise ValueError("outside the pad")
    return x, y
