"""Disclosure control of counts of persons and events (rule 22).

Counts of 1–7 are hidden, the others rounded to the nearest 5, totals too. Where the published rest of a sum would
narrow a hidden small count to less than 1–7, further cells of the sum are hidden until it does not. Readers see one
mark for both, so the mark itself tells nothing; the audit below still grants the attacker knowledge of which is which.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

SMALL = range(1, 8)
BASE = 5
LEAST_DENOMINATOR = 10
LOWEST_SHARE, HIGHEST_SHARE = 5, 95
UNBOUNDED = 10**9

Published = int | None
"""A published figure: a multiple of 5, or None where it is hidden."""


@dataclass(frozen=True, slots=True)
class PublishedSum:
    """Cells and their total as they may be shown."""

    cells: tuple[Published, ...]
    total: Published


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reader can know of a count: it lies in `low`…`high`, both included."""

    low: int
    high: int


Sums = Sequence[tuple[Sequence[int], PublishedSum]]
"""Counts beside what is shown of them; no event is counted in two of the sums."""


def rounded(count: int) -> int:
    """The nearest multiple of 5; counts are not negative, and no count lies halfway."""
    return (count + BASE // 2) // BASE * BASE


def publish_sum(counts: Sequence[int]) -> PublishedSum:
    """How `counts` and their total may be shown: small ones hidden, and what would give a small one away.

    Cells beside the small ones are hidden smallest first; the total only when hiding every cell is not enough.
    """
    hidden = {place for place, count in enumerate(counts) if count in SMALL}
    total_hidden = sum(counts) in SMALL
    for place in _next_to_hide(counts, hidden):
        if _is_safe(counts, hidden, total_hidden=total_hidden):
            break
        hidden.add(place)
    total_hidden = total_hidden or not _is_safe(counts, hidden, total_hidden=total_hidden)
    cells = tuple(None if place in hidden else rounded(count) for place, count in enumerate(counts))
    return PublishedSum(cells, None if total_hidden else rounded(sum(counts)))


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


def known_bounds(counts: Sequence[int], shown: PublishedSum) -> tuple[Bounds, ...]:
    """What a reader who knows which cells are small ones can work out of each cell from the sum.

    One equation over integers with independent ranges: the bounds are exact.
    """
    total = Bounds(0, UNBOUNDED) if shown.total is None else Bounds(max(0, shown.total - 2), shown.total + 2)
    return _cell_bounds(_ranges(counts, shown), total)


def publish_beside(sums: Sums, divisions: Mapping[str, Sequence[int]]) -> dict[str, PublishedSum | None]:
    """How further divisions of the events that `sums` count may be shown beside them; None for what must stay hidden.

    Each division tells something of the whole that all share, and so of every sum and of every other division. As many
    are shown as keep every small count, cell or total, between 1 and 7 for a reader of all; the earlier ones first.
    """
    shown = {name: publish_sum(counts) for name, counts in divisions.items()}
    for size in range(len(divisions), 0, -1):
        for chosen in combinations(divisions, size):
            if _stay_hidden_together(sums, [(divisions[name], shown[name]) for name in chosen]):
                return {name: shown[name] if name in chosen else None for name in divisions}
    return dict.fromkeys(divisions)


def _stay_hidden_together(sums: Sums, divisions: Sums) -> bool:
    totals = [_total_range(counts, shown) for counts, shown in sums]
    wholes = [_total_range(counts, shown) for counts, shown in divisions]
    wholes.append(Bounds(sum(each.low for each in totals), sum(each.high for each in totals)))
    whole = Bounds(max(each.low for each in wholes), min(each.high for each in wholes))
    return _stay_hidden(sums, whole) and all(_stay_hidden([division], whole) for division in divisions)


def _stay_hidden(sums: Sums, whole: Bounds) -> bool:
    """Whether no small count is narrowed for a reader who knows what all `sums` together come to."""
    totals = [_total_range(counts, shown) for counts, shown in sums]
    for (counts, shown), total in zip(sums, _cell_bounds(totals, whole), strict=True):
        if sum(counts) in SMALL and not _covers_small(total):
            return False
        cells = _cell_bounds(_ranges(counts, shown), total)
        if not all(_covers_small(cells[place]) for place, count in enumerate(counts) if count in SMALL):
            return False
    return True


def _total_range(counts: Sequence[int], shown: PublishedSum) -> Bounds:
    """What the figures of a sum tell of its total."""
    ranges = _ranges(counts, shown)
    low, high = sum(each.low for each in ranges), sum(each.high for each in ranges)
    if shown.total is None:
        hidden = Bounds(SMALL.start, SMALL.stop - 1) if sum(counts) in SMALL else Bounds(0, UNBOUNDED)
        return Bounds(max(low, hidden.low), min(high, hidden.high))
    return Bounds(max(low, shown.total - 2 if shown.total else 0), min(high, shown.total + 2 if shown.total else 0))


def _ranges(counts: Sequence[int], shown: PublishedSum) -> list[Bounds]:
    return [_range(count, is_hidden=cell is None) for count, cell in zip(counts, shown.cells, strict=True)]


def _cell_bounds(ranges: Sequence[Bounds], total: Bounds) -> tuple[Bounds, ...]:
    lows, highs = sum(r.low for r in ranges), sum(r.high for r in ranges)
    return tuple(
        Bounds(max(r.low, total.low - (highs - r.high)), min(r.high, total.high - (lows - r.low))) for r in ranges
    )


def _covers_small(bounds: Bounds) -> bool:
    return bounds.low <= SMALL.start and bounds.high >= SMALL.stop - 1


def _next_to_hide(counts: Sequence[int], hidden: set[int]) -> Iterator[int]:
    """The other cells, the smallest first; zeros last, for a hidden zero protects nothing but its own place."""
    others = [place for place in range(len(counts)) if place not in hidden]
    return iter(sorted(others, key=lambda place: (counts[place] == 0, counts[place], place)))


def _is_safe(counts: Sequence[int], hidden: set[int], *, total_hidden: bool) -> bool:
    cells = tuple(None if place in hidden else rounded(count) for place, count in enumerate(counts))
    known = known_bounds(counts, PublishedSum(cells, None if total_hidden else rounded(sum(counts))))
    small = [known[place] for place, count in enumerate(counts) if count in SMALL]
    return all(map(_covers_small, small))


def _range(count: int, *, is_hidden: bool) -> Bounds:
    """What the cell alone tells: a small one 1–7, another hidden one anything, a shown one its rounding."""
    if is_hidden:
        return Bounds(SMALL.start, SMALL.stop - 1) if count in SMALL else Bounds(0, UNBOUNDED)
    shown = rounded(count)
    return Bounds(max(SMALL.stop, shown - 2), shown + 2) if shown else Bounds(0, 0)


def _whole_percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole)
