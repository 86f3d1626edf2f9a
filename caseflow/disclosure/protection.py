"""Which further counts are hidden so that no small one can be worked out from all releases together (rule 22).

For every small count, hidden now or in an earlier release, two whole tables are found that fit all that a reader
knows: one with at most 1 there, one with at least 7. Where there is none, the linear question's dual says which shown
counts hold it, and the least of them is hidden. At the end those hidden for others are shown again where they can be.
What was released stays as it was: only fresh counts are hidden.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from caseflow.disclosure.cube import Cube, Key
from caseflow.disclosure.rounding import SMALL, Published, publish_count, rounded
from caseflow.disclosure.sight import MOST, Limits, Sight, small_ones
from caseflow.disclosure.tables import Tables, Whole, rows_of

LEAST, LARGEST = SMALL.start, SMALL.stop - 1
NOTHING_LEFT = 10**9  # what a nought costs: hidden, it protects little but its own place


class UnprotectableError(Exception):
    """A released figure already narrows a small count; nothing fresh could be hidden against it."""


@dataclass(frozen=True, slots=True)
class Watch:
    """The small counts that must stay open to one reader; `marks`: those that bear a mark for being small."""

    sight: Sight
    protected: tuple[Key, ...]
    marks: frozenset[Key]


def watches(
    cube: Cube,
    exact: Mapping[Key, int],
    duties: Collection[Key] = (),
    public: Collection[Key] = (),
    published: Collection[Key] | None = None,
) -> list[Watch]:
    """Every reader against whom counts are protected, the best informed first.

    The finest counts stay hidden from the insider, who knows the marks of what was `published` (None: all of it); sums
    from whoever sees one mark alone. Both are overseers too, who know the `duties` exactly; the duties themselves are
    kept from those who are not. `public` counts everybody knows. After a correction all counts stay hidden from the
    witness as well, who knows its directions.

    What these tell while nothing is shown cannot be helped: a hidden part is at least one, so a sum of two is at least
    two, there are as many events as assessments missing, and of five schools no seven have a camera. Nor is the witness
    an insider or an overseer: that a small count rose to a small one narrows it without any figure.
    """
    everywhere = frozenset(public) & frozenset(exact)
    known = (frozenset(duties) & frozenset(exact)) | everywhere
    small, finest = small_ones(exact, exact), cube.finest(exact)
    parts = small & finest
    marks = parts if published is None else parts & frozenset(published)
    asked = [
        (Sight(marks - known, known), parts - known),
        (Sight(frozenset(), known), small - finest - known),
        (Sight(marks - everywhere, everywhere), (parts & known) - everywhere),
        (Sight(frozenset(), everywhere), ((small - finest) & known) - everywhere),
    ]
    if any(True for _pair in cube.pairs(exact)):
        asked.append((Sight(frozenset(), everywhere, directions=True), small - everywhere))
    return [Watch(sight, tuple(sorted(keys)), marks) for sight, keys in asked if keys]


def protect(
    cube: Cube,
    exact: Mapping[Key, int],
    *,
    fresh: Collection[Key],
    released: Mapping[Key, Published] | None = None,
    duties: Collection[Key] = (),
    public: Collection[Key] = (),
) -> dict[Key, Published]:
    """How the `fresh` counts may be shown beside what was `released`.

    `exact` has the count of each key, fresh, released, or counted without being released. Raises UnprotectableError.
    """
    exact = {key: exact[key] for key in cube.connected(exact, fresh)}
    shown = {key: (released or {}).get(key) for key in exact} | {key: publish_count(exact[key]) for key in fresh}
    published = frozenset(released or ()) | frozenset(fresh)
    readers = [_Reader(watch, cube, exact, shown) for watch in watches(cube, exact, duties, public, published)]
    hidden: list[Key] = []
    for reader in readers:
        for key in reader.watch.protected:
            while (holding := reader.holding(key)) is not None:
                may_go = frozenset(each for each in fresh if shown[each] is not None)
                gone = _least(holding & may_go or may_go, exact)
                shown[gone] = None
                hidden.append(gone)
                for each in readers:
                    each.sees(gone, None)
    for key in sorted(hidden, key=lambda each: (-exact[each], each)):
        if _can_be_shown(key, rounded(exact[key]), readers):
            shown[key] = rounded(exact[key])
    return {key: shown[key] for key in fresh}


def narrowed(
    cube: Cube,
    exact: Mapping[Key, int],
    shown: Mapping[Key, Published],
    duties: Collection[Key] = (),
    public: Collection[Key] = (),
    published: Collection[Key] | None = None,
) -> frozenset[Key]:
    """The small counts that some reader can narrow to less than 1–7; none if all that is `shown` is safe."""
    found: set[Key] = set()
    for watch in watches(cube, exact, duties, public, published):
        reader = _Reader(watch, cube, exact, shown)
        found.update(key for key in watch.protected if not reader.is_open(key))
    return frozenset(found)


class _Reader:
    """One reader's tables, with those found so far: each proves something of many counts."""

    def __init__(
        self,
        watch: Watch,
        cube: Cube,
        exact: Mapping[Key, int],
        shown: Mapping[Key, Published],
    ) -> None:
        keys = sorted(exact)
        places = {key: number for number, key in enumerate(keys)}
        self._rows = rows_of(cube, exact, places, directions=watch.sight.directions)
        self.watch = watch
        self._keys = keys
        self._place = places
        self._exact = exact
        self._truth = np.array([exact[key] for key in keys], np.int64)
        self._tables = self._tables_beside(watch.sight, shown)
        self._far: dict[tuple[Key, bool], int] = {}
        self.found: list[Whole] = [self._truth]

    def sees(self, key: Key, figure: Published) -> None:
        """From now on this count is shown so. Tables that no longer fit are dropped."""
        place, limits = self._place[key], self.watch.sight.limits(key, self._exact[key], figure)
        self._tables.limit(place, limits)
        self.found = [table for table in self.found if limits.low <= table[place] <= limits.high]  # a new list

    def is_open(self, key: Key) -> bool:
        """Whether the reader must think everything from 1 to 7 possible."""
        return self._reaches(key, up=False) and self._reaches(key, up=True)

    def holding(self, key: Key) -> frozenset[Key] | None:
        """None if the count is open; otherwise the counts whose limits narrow it."""
        for up in (False, True):
            if not self._reaches(key, up=up):
                binding = np.flatnonzero(self._tables.holding(self._place[key], up=up))
                return frozenset(self._keys[number] for number in binding) - {key}
        return None

    def _reaches(self, key: Key, *, up: bool) -> bool:
        """Whether it may be as far from the true count as needs be: 7, or 1; nearer only where nothing shown is why."""
        wanted = self._far.get((key, up), LARGEST if up else LEAST)
        if self._finds(key, wanted, up=up):
            return True
        self._far[key, up] = self._told(key, up=up)
        return self._far[key, up] != wanted and self._finds(key, self._far[key, up], up=up)

    def _finds(self, key: Key, count: int, *, up: bool) -> bool:
        place, wanted = self._place[key], Limits(count, MOST) if up else Limits(0, count)
        if any(wanted.low <= table[place] <= wanted.high for table in self.found):
            return True
        table = self._tables.one_within(place, wanted)
        if table is not None:
            self.found.append(table)
        return table is not None

    def _told(self, key: Key, *, up: bool) -> int:
        """How far it may be while nothing at all is shown: what marks, duties and directions tell by themselves."""
        place, true = self._place[key], self._exact[key]
        tries = range(LARGEST, true, -1) if up else range(LEAST, true)
        for count in tries:
            if self._bare.one_within(place, Limits(count, MOST) if up else Limits(0, count)) is not None:
                return count
        return true

    @cached_property
    def _bare(self) -> Tables:
        """Every table that the marks leave: a part that figures leave at one or more is no worse than marked."""
        return self._tables_beside(Sight(self.watch.marks - self.watch.sight.duties, self.watch.sight.duties), {})

    def _tables_beside(self, sight: Sight, shown: Mapping[Key, Published]) -> Tables:
        exact = self._exact
        return Tables(self._rows, self._truth, [sight.limits(key, exact[key], shown.get(key)) for key in self._keys])


def _least(keys: Iterable[Key], exact: Mapping[Key, int]) -> Key:
    ordered = sorted(keys, key=lambda key: (exact[key] or NOTHING_LEFT, key))
    if not ordered:
        raise UnprotectableError
    return ordered[0]


def _can_be_shown(key: Key, figure: int, readers: list[_Reader]) -> bool:
    found = [reader.found for reader in readers]
    for reader in readers:
        reader.sees(key, figure)
    if all(reader.is_open(each) for reader in readers for each in reader.watch.protected):
        return True
    for reader, tables in zip(readers, found, strict=True):
        reader.sees(key, None)
        reader.found = tables
    return False
