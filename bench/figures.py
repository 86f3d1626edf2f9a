"""What is made of what was measured. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share (0 to 1) of them do not exceed (nearest rank). Raises ValueError for
    none."""
    if not values:
        raise ValueError("nothing was measured")
    return sorted(values)[max(0, ceil(len(values) * share) - 1)]


def milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)


def missing(expected: Iterable[object], found: Iterable[object]) -> int:
    """How many of the expected were not found."""
    return len(set(expected) - set(found))


def repeated(found: Iterable[object]) -> int:
    """How many came more often than once, counting each time but the first."""
    return sum(number - 1 for number in Counter(found).values())
