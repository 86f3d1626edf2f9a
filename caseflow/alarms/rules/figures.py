"""How fast alarms are answered: median and 90th percentile, and what is too few to be told (rule 22). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

TOO_FEW = 8  # counts 1–7 of events are suppressed


@dataclass(frozen=True, slots=True)
class Times:
    """Of some answers: median and 90th percentile in whole seconds. Both None where there are too few to be told."""

    median_s: int | None
    p90_s: int | None


HIDDEN = Times(None, None)


def times_of(seconds: Sequence[float], *, exact: bool) -> Times:
    """The figures of these lengths; without `exact` none below eight of them."""
    if not seconds or (len(seconds) < TOO_FEW and not exact):
        return HIDDEN
    ordered = sorted(seconds)
    return Times(round(_median(ordered)), round(ordered[_rank(len(ordered))]))


def _median(ordered: Sequence[float]) -> float:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _rank(count: int) -> int:
    """Nearest rank: the smallest value that at least nine tenths do not exceed."""
    return -(-9 * count // 10) - 1
