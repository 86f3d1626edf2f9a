"""One count as it may be shown, and what is computed from shown counts (rule 22).

Counts of 1–7 are hidden, the others rounded to the nearest 5, totals too. Shares and changes are computed from what is
shown, so they tell nothing that it does not.
"""

SMALL = range(1, 8)
BASE = 5
LEAST_DENOMINATOR = 10
LOWEST_SHARE, HIGHEST_SHARE = 5, 95

Published = int | None
"""A published figure: a multiple of 5, or None where it is hidden."""


def rounded(count: int) -> int:
    """The nearest multiple of 5; counts are not negative, and no count lies halfway."""
    return (count + BASE // 2) // BASE * BASE


def publish_count(count: int) -> Published:
    """A single count that is part of no published sum."""
    return None if count in SMALL else rounded(count)


def share_percent(part: Published, whole: Published) -> int | None:
    """A whole percent from published figures; None if hidden, if the whole is below 10, or ≤ 5 % or ≥ 95 %."""
    if part is None or whole is None or whole < LEAST_DENOMINATOR:
        return None
    percent = _whole_percent(part, whole)
    return percent if LOWEST_SHARE < percent < HIGHEST_SHARE else None


def change_percent(now: Published, before: Published) -> int | None:
    """The change in whole percents from published figures; None if hidden or the earlier one is below 10."""
    if now is None or before is None or before < LEAST_DENOMINATOR:
        return None
    return _whole_percent(now - before, before)


def _whole_percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole)
