"""An attacker who has every release of a region: equations and bounds over integers, written down anew here.

For each hidden small count the attacker asks whether it can still be 1, and whether it can still be 7; if not both, it
is narrowed. Nobody tells the attacker a count: `near` only says where the search for a table begins.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from caseflow.disclosure.sight import Limits
from caseflow.disclosure.tables import Rows, Tables, Whole

Cell = tuple[str, str, str]
"""What, where, when."""

SMALLEST, GREATEST = 1, 7
BOUND = 10**6


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that the attacker holds: cells with their figures (None: the mark), sums, corrected cells, and insight.

    `small` are hidden cells known to be small, `exact` the duties that are known exactly.
    """

    figures: Mapping[Cell, int | None]
    sums: tuple[tuple[Cell, tuple[Cell, ...]], ...]
    grown: tuple[tuple[Cell, Cell, int], ...]  # before, after, and 1, 0 or -1: more, the same, fewer
    small: frozenset[Cell] = frozenset()
    exact: Mapping[Cell, int] | None = None

    def bounds(self, cell: Cell) -> tuple[int, int]:
        """The least and the greatest that its own figure or mark allows."""
        if self.exact and cell in self.exact:
            return self.exact[cell], self.exact[cell]
        figure = self.figures[cell]
        if figure is None:
            return (SMALLEST, GREATEST) if cell in self.small else (0, BOUND)
        return (0, 0) if figure == 0 else (max(GREATEST + 1, figure - 2), figure + 2)


class Attack:
    """A system of equations over integers, and the tables found in it so far."""

    def __init__(self, known: Knowledge, near: Mapping[Cell, int]) -> None:
        cells = sorted(known.figures)
        self._column = {cell: number for number, cell in enumerate(cells)}
        limits = [Limits(*known.bounds(cell)) for cell in cells]
        start: Whole = np.array([near[cell] for cell in cells], np.int64)
        self._system = Tables(self._rows(known), start, limits)
        self._tables = [start]

    def narrowed(self, cells: Iterable[Cell], told: "Attack | None" = None) -> list[Cell]:
        """Those of `cells` that cannot be 1, or cannot be 7; what `told` leaves out already is not counted.

        A cell for which neither was settled in time counts as narrowed.
        """
        return [cell for cell in cells if self._is_narrowed(cell, told)]

    def can_be(self, cell: Cell, low: int, high: int) -> bool:
        """Whether some table of whole numbers has it within these bounds."""
        column = self._column[cell]
        if any(low <= table[column] <= high for table in self._tables):
            return True
        table = self._system.one_within(column, Limits(low, high))
        if table is not None:
            self._tables.append(table)
        return table is not None

    def _is_narrowed(self, cell: Cell, told: "Attack | None") -> bool:
        least, greatest = SMALLEST, GREATEST
        if self.can_be(cell, 0, least) and self.can_be(cell, greatest, BOUND):
            return False
        while told and least < GREATEST and not told.can_be(cell, 0, least):
            least += 1
        while told and greatest > SMALLEST and not told.can_be(cell, greatest, BOUND):
            greatest -= 1
        return not (self.can_be(cell, 0, least) and self.can_be(cell, greatest, BOUND))

    def _rows(self, known: Knowledge) -> Rows:
        rows = [([(whole, -1), *((part, 1) for part in parts)], 0, 0) for whole, parts in known.sums]
        directions = {1: (0, BOUND), 0: (0, 0), -1: (-BOUND, 0)}
        rows += [([(after, 1), (before, -1)], *directions[way]) for before, after, way in known.grown]
        terms = [(self._column[cell], factor) for row, _low, _high in rows for cell, factor in row]
        starts = np.cumsum([0, *(len(row) for row, _low, _high in rows)])
        return Rows(
            starts.astype(np.int32),
            np.array([column for column, _factor in terms], np.int32),
            np.array([factor for _column, factor in terms], np.int64),
            np.array([low for _row, low, _high in rows], np.int64),
            np.array([high for _row, _low, high in rows], np.int64),
        )
