"""Whole tables of integers that fit all a reader knows.

A small count is safe while one such table has it at 1 or less and another at 7 or more. Tables are looked for near the
true one: as few counts as possible are moved, so that most of what a table proves stays proven when other counts are
hidden or shown. A linear solver (HiGHS) finds them; each is then checked in whole numbers, so the solver's rounding
proves nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from caseflow.disclosure.cube import Cube, Key
from caseflow.disclosure.sight import MOST, Limits

Whole = NDArray[np.int64]
"""One table: a count for each key, in the order of the keys."""

SEARCH_S = 20.0  # for one table that no vertex gives; not found is treated as not there
EXACT = 1e-6
FEASIBLE = int(highspy.SolutionStatus.kSolutionStatusFeasible)


@dataclass(frozen=True, slots=True)
class Rows:
    """Sums and relations as a sparse matrix: row r has `coefficients[starts[r]:starts[r + 1]]` at `places`."""

    starts: NDArray[np.int32]
    places: NDArray[np.int32]
    coefficients: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]

    def of(self, table: Whole) -> Whole:
        """What each row comes to in a table."""
        if not len(self.low):
            return self.low
        return np.add.reduceat(self.coefficients * table[self.places], self.starts[:-1])

    def fit(self, table: Whole) -> bool:
        """Whether a table of whole numbers fits each row exactly."""
        sums = self.of(table)
        return bool(np.all(sums >= self.low) and np.all(sums <= self.high))


def rows_of(cube: Cube, exact: Mapping[Key, int], place: Mapping[Key, int], *, directions: bool = False) -> Rows:
    """Every equation of the cube; with `directions` also whether a count made twice rose, fell or stayed."""
    places: list[int] = []
    coefficients: list[int] = []
    starts, low, high = [0], [], []

    def add(terms: Sequence[tuple[Key, int]], least: int, most: int) -> None:
        places.extend(place[key] for key, _factor in terms)
        coefficients.extend(factor for _key, factor in terms)
        starts.append(len(places))
        low.append(least)
        high.append(most)

    for equation in cube.equations(exact):
        add([(equation.whole, -1), *((part, 1) for part in equation.parts)], 0, 0)
    for before, after in cube.pairs(exact) if directions else ():
        grown = exact[after] - exact[before]
        add([(after, 1), (before, -1)], 0 if grown >= 0 else -MOST, 0 if grown <= 0 else MOST)
    of_counts = (np.array(each, np.int64) for each in (coefficients, low, high))
    return Rows(np.array(starts, np.int32), np.array(places, np.int32), *of_counts)


class Tables:
    """The tables that fit rows and limits, `truth` among them; limits may be changed between questions.

    The solver's unknowns are how far each count lies above the true one, then how far each lies below.
    """

    def __init__(self, rows: Rows, truth: Whole, limits: Sequence[Limits]) -> None:
        self._rows, self._truth, self._count = rows, truth, len(truth)
        self.low = np.array([each.low for each in limits], np.int64)
        self.high = np.array([each.high for each in limits], np.int64)
        self._every = np.arange(2 * self._count, dtype=np.int32)
        self._near = np.ones(2 * self._count)
        self._solver = _solver(self._model())
        self._solver.run()
        self._unmoved = self._solver.getBasis()

    def limit(self, place: int, limits: Limits) -> None:
        """From now on the count at `place` lies within `limits`, as the true one does."""
        self.low[place], self.high[place] = limits.low, limits.high
        self._bound(place, limits.low, limits.high)

    def one_within(self, place: int, limits: Limits) -> Whole | None:
        """A table whose count at `place` also lies within `limits`, near the true one; None if there is none.

        None too where no table was found in time: whoever asks must then take it that there is none.
        """
        low, high = max(limits.low, int(self.low[place])), min(limits.high, int(self.high[place]))
        if low > high:
            return None
        self._bound(place, low, high)
        try:
            self._solver.setBasis(self._unmoved)
            self._solver.run()
            if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            table = self._found(self._solver)
            return table if table is not None else self._searched()
        finally:
            self._bound(place, int(self.low[place]), int(self.high[place]))

    def holding(self, place: int, *, up: bool) -> NDArray[np.bool_]:
        """Which limits keep the count at `place` from being larger (`up`) or smaller."""
        wish = np.zeros(2 * self._count)
        wish[place], wish[place + self._count] = (-1.0, 1.0) if up else (1.0, -1.0)
        self._solver.changeColsCost(len(wish), self._every, wish)
        self._solver.setBasis(self._unmoved)
        self._solver.run()
        prices = np.abs(np.array(self._solver.getSolution().col_dual)) > EXACT
        self._solver.changeColsCost(len(wish), self._every, self._near)
        either: NDArray[np.bool_] = prices[: self._count] | prices[self._count :]
        return either

    def _model(self) -> highspy.HighsLp:
        rows, model = self._rows, highspy.HighsLp()
        sums = rows.of(self._truth)
        model.num_col_, model.num_row_ = 2 * self._count, len(rows.low)
        model.col_cost_ = self._near
        model.col_lower_ = np.zeros(2 * self._count)
        model.col_upper_ = np.concatenate([self.high - self._truth, self._truth - self.low]).astype(float)
        model.row_lower_, model.row_upper_ = (rows.low - sums).astype(float), (rows.high - sums).astype(float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = 2 * rows.starts
        model.a_matrix_.index_ = np.stack([rows.places, rows.places + self._count], axis=1).ravel()
        model.a_matrix_.value_ = np.stack([rows.coefficients, -rows.coefficients], axis=1).ravel().astype(float)
        return model

    def _bound(self, place: int, low: int, high: int) -> None:
        true = int(self._truth[place])
        self._solver.changeColBounds(place, max(0, low - true), max(0, high - true))
        self._solver.changeColBounds(place + self._count, max(0, true - high), max(0, true - low))

    def _found(self, solver: highspy.Highs) -> Whole | None:
        """What was found, if it is a table of whole numbers within the limits."""
        values = np.array(solver.getSolution().col_value)
        moved = np.rint(values).astype(np.int64)
        table = self._truth + moved[: self._count] - moved[self._count :]
        within = bool(np.all(table >= self.low) and np.all(table <= self.high))
        return table if np.abs(values - moved).max() < EXACT and within and self._rows.fit(table) else None

    def _searched(self) -> Whole | None:
        """Any table of whole numbers: the nearest point lies between them."""
        model = self._solver.getLp()
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
        solver = _solver(model)
        for option, value in (("time_limit", SEARCH_S), ("mip_max_improving_sols", 1)):
            solver.setOptionValue(option, value)
        solver.run()
        found = solver.getInfo().primal_solution_status == FEASIBLE
        return self._found(solver) if found else None


def _solver(model: highspy.HighsLp) -> highspy.Highs:
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its constructor has no annotations
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
        solver.setOptionValue(option, value)
    solver.passModel(model)
    return solver
