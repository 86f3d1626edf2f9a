"""Counts of all releases of a year as one system: what adds up to what, and what was shown of it. Pure.

Indicators may overlap, and a region may add its own: each is a sum over the finest values of its source. The values
that no indicator tells apart are one count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from caseflow.disclosure.cube import Cube, Key, Later, Sum
from caseflow.disclosure.rounding import Published
from caseflow.indicators.rules.sources import EVERY, SOURCES, Source

REGION: Final = "region"
Counts = Mapping[str, Mapping[str, Mapping[str, int]]]
"""Source → value → district → count."""
Figures = Mapping[str, Mapping[str, Published]]
"""Key of a count → place → what is shown."""
Values = frozenset[str]


@dataclass(frozen=True, slots=True)
class Counted:
    """A release as the system sees it: its exact counts, and which of them it shows (`keys`, and how: `figures`).

    `parts` are the codes of the releases that a year sums up, `corrects` that of the version before.
    """

    code: str
    counts: Counts
    keys: frozenset[str]
    districts: frozenset[str]
    figures: Figures = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is protected together."""

    cube: Cube
    exact: dict[Key, int]
    released: dict[Key, Published]
    fresh: frozenset[Key]
    duties: frozenset[Key]
    public: frozenset[Key]


def families() -> list[tuple[Source, ...]]:
    """The sources that are tied to each other; no equation ties two families."""
    found: dict[str, list[Source]] = defaultdict(list)
    for source in SOURCES.values():
        found[_root(source)].append(source)
    return [tuple(family) for family in found.values()]


def assemble(family: Iterable[Source], earlier: Iterable[Counted], fresh: Counted) -> Problem:
    """What `fresh` shows of the sources of one family, beside every earlier release that is tied to it."""
    releases = [*earlier, fresh]
    districts = sorted({district for release in releases for district in release.districts})
    sums, values = _divided(tuple(family), releases)
    exact: dict[Key, int] = {}
    shown: dict[Key, Published] = {}
    for release in releases:
        for figure, (source, of) in values.items():
            if source.code not in release.counts:
                continue
            by_place = _by_place(release.counts[source.code], of, districts, source)
            exact |= {Key(figure, place, release.code): count for place, count in by_place.items()}
            if figure in release.figures:
                known = release.figures[figure]
                shown |= {Key(figure, place, release.code): known.get(place, 0) for place in by_place}
    return Problem(
        cube=Cube(
            sums,
            (Sum(REGION, tuple(districts)),),
            tuple(Sum(release.code, release.parts) for release in releases if release.parts),
            tuple(Later(release.corrects, release.code) for release in releases if release.corrects),
        ),
        exact=exact,
        released=shown,
        fresh=frozenset(
            key
            for key in exact
            if key.period == fresh.code and key.figure in fresh.keys and not values[key.figure][0].known_to_all
        ),
        duties=frozenset(key for key in exact if _is_duty(*values[key.figure])),
        public=frozenset(key for key in exact if values[key.figure][0].known_to_all),
    )


def _root(source: Source) -> str:
    return _root(SOURCES[source.divides[0]]) if source.divides else source.code


def _divided(
    family: tuple[Source, ...], releases: list[Counted]
) -> tuple[tuple[Sum, ...], dict[str, tuple[Source, Values]]]:
    """The sums along the figures, and of which values each figure is the count."""
    shown = {key for release in releases for key in release.keys}
    sums: list[Sum] = []
    values: dict[str, tuple[Source, Values]] = {}
    for source in family:
        every = frozenset(source.values)
        sets = {_values(source, key) for key in shown if key.startswith(f"{source.code}:")}
        divided = {frozenset(of) or every for other in family for of in _divided_of(other, source)}
        atoms = list(_atoms(source, sets | divided | ({every} if source.divides else set())))
        values |= {source.key(each): (source, each) for each in [*sets, *divided, *atoms]}
        for each in sets | divided:
            parts = tuple(sorted(source.key(atom) for atom in atoms if atom <= each))
            if len(parts) > 1:
                sums.append(Sum(source.key(each), parts))
        if source.divides:
            parent, of = source.divides
            sums.append(Sum(SOURCES[parent].key(of), tuple(sorted(source.key(atom) for atom in atoms))))
    return tuple(sorted(sums, key=lambda each: (each.whole, each.parts))), values


def _divided_of(other: Source, source: Source) -> list[tuple[str, ...]]:
    return [other.divides[1]] if other.divides and other.divides[0] == source.code else []


def _values(source: Source, key: str) -> Values:
    _code, _colon, values = key.partition(":")
    return frozenset(source.values if values == EVERY else values.split("+"))


def _atoms(source: Source, sets: set[Values]) -> Iterator[Values]:
    """The values in groups that no set tells apart; those in no set are in none."""
    order = sorted(sets, key=sorted)
    groups: dict[tuple[bool, ...], set[str]] = defaultdict(set)
    for value in source.values:
        groups[tuple(value in each for each in order)].add(value)
    return (frozenset(group) for within, group in groups.items() if any(within))


def _by_place(
    counts: Mapping[str, Mapping[str, int]], of: Values, districts: list[str], source: Source
) -> dict[str, int]:
    found = {place: sum(counts.get(value, {}).get(place, 0) for value in of) for place in districts}
    whole = {REGION: sum(found.values())}
    return whole if source.whole_year_only else found | whole


def _is_duty(source: Source, of: Values) -> bool:
    return of <= source.duties
