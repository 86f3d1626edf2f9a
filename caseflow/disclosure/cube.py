"""Which counts add up to which: every equation that a reader of all releases can write down."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One count: of what, where and when. Each coordinate is a code that the cube's sums name."""

    figure: str
    place: str
    period: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Along one axis, `whole` is all `parts` together: no event is in two parts, and none is in no part."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """A period counted once more after corrections: `later` counts what `earlier` did."""

    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Equation:
    """`whole` is the sum of `parts`."""

    whole: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Cube:
    """How counts add up along the three axes. A whole may be divided in several ways: by kind and by outcome."""

    figures: tuple[Sum, ...] = ()
    places: tuple[Sum, ...] = ()
    periods: tuple[Sum, ...] = ()
    corrected: tuple[Later, ...] = ()

    def equations(self, keys: Collection[Key]) -> list[Equation]:
        """Those whose counts are all among `keys`, in a fixed order."""
        present = frozenset(keys)
        found = (Equation(key, parts) for key in sorted(present) for parts in self._divisions(key))
        return [equation for equation in found if present.issuperset(equation.parts)]

    def finest(self, keys: Collection[Key]) -> frozenset[Key]:
        """The counts that are no sum of others among `keys`."""
        return frozenset(keys) - {equation.whole for equation in self.equations(keys)}

    def pairs(self, keys: Collection[Key]) -> Iterator[tuple[Key, Key]]:
        """The same count before and after a correction."""
        present = frozenset(keys)
        for each in self.corrected:
            for key in sorted(present):
                if key.period == each.earlier and (after := Key(key.figure, key.place, each.later)) in present:
                    yield key, after

    def connected(self, keys: Collection[Key], start: Collection[Key]) -> frozenset[Key]:
        """The counts among `keys` that any chain of equations or corrections ties to one of `start`."""
        tied: dict[Key, set[Key]] = {key: set() for key in keys}
        groups = [(equation.whole, *equation.parts) for equation in self.equations(keys)]
        for group in [*groups, *self.pairs(keys)]:
            for key in group:
                tied[key].update(group)
        found, waiting = set(start), list(start)
        while waiting:
            new = tied[waiting.pop()] - found
            found |= new
            waiting.extend(new)
        return frozenset(found)

    def _divisions(self, key: Key) -> Iterator[tuple[Key, ...]]:
        for each in self.figures:
            if each.whole == key.figure:
                yield tuple(Key(part, key.place, key.period) for part in each.parts)
        for each in self.places:
            if each.whole == key.place:
                yield tuple(Key(key.figure, part, key.period) for part in each.parts)
        for each in self.periods:
            if each.whole == key.period:
                yield tuple(Key(key.figure, key.place, part) for part in each.parts)


def is_consistent(cube: Cube, exact: Mapping[Key, int]) -> bool:
    """Whether every sum of the cube holds in `exact`: otherwise its equations would not be true."""
    return all(
        exact[equation.whole] == sum(exact[part] for part in equation.parts) for equation in cube.equations(exact)
    )
