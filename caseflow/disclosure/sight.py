"""What a reader knows of each count before adding anything up.

Every reader sees one mark for whatever is hidden. Some are granted more, so that the protection rests neither on the
mark nor on who reads: the insider knows which of the finest counts are hidden for being small, the witness whether a
corrected count rose, fell or stayed, and the overseer knows the duties of agencies exactly.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from caseflow.disclosure.cube import Key
from caseflow.disclosure.rounding import BASE, SMALL, Published

MOST = 10**6
"""No count of a region reaches it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A count lies in `low`…`high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Sight:
    """Who reads: `marks` are the hidden counts known to be small, `duties` the counts known exactly.

    `directions`: whether it is known of each corrected count if it rose, fell or stayed.
    """

    marks: frozenset[Key] = frozenset()
    duties: frozenset[Key] = frozenset()
    directions: bool = False

    def limits(self, key: Key, count: int, shown: Published) -> Limits:
        """What this reader knows of a count by its own figure or mark; `shown` is None if hidden or not released."""
        if key in self.duties:
            return Limits(count, count)
        if shown is not None:
            return around(shown)
        return Limits(SMALL.start, SMALL.stop - 1) if key in self.marks else Limits(0, MOST)


def around(shown: int) -> Limits:
    """The counts that are shown as this multiple of five; a nought is a nought, since 1 and 2 are hidden."""
    return Limits(max(SMALL.stop, shown - BASE // 2), shown + BASE // 2) if shown else Limits(0, 0)


def small_ones(exact: Mapping[Key, int], keys: Collection[Key]) -> frozenset[Key]:
    """Those of `keys` whose counts are hidden for being small."""
    return frozenset(key for key in keys if exact[key] in SMALL)
