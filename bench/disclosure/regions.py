"""Random regions: districts of every size, kinds of events rare and common, four quarters, and corrections."""

import random
from dataclasses import dataclass
from itertools import product

from caseflow.disclosure.cube import Cube, Key, Later, Sum

KINDS = ("bullying", "violence", "domestic", "sexual", "extortion", "conflict", "other")
OUTCOMES = ("in_time", "late", "missing", "waiting")
REGION, YEAR = "region", "2026"
QUARTERS = tuple(f"{YEAR}-{number}" for number in range(1, 5))
PSYCH, LEGAL = (tuple(f"{kind}_{each}" for each in OUTCOMES) for kind in ("psych", "legal"))
FIGURES = (
    Sum("events", KINDS),
    Sum("events", PSYCH),
    Sum("events", LEGAL),
    Sum("bullying", ("bullying_confirmed", "bullying_other")),
)
DUTIES = ("psych_missing", "legal_missing")


@dataclass(frozen=True, slots=True)
class Region:
    """A made region: what is counted, and in which order it is released."""

    cube: Cube
    exact: dict[Key, int]
    releases: tuple[frozenset[Key], ...]
    duties: frozenset[Key]


def make_region(seed: int) -> Region:
    """The same seed makes the same region."""
    draw = random.Random(seed)
    districts = tuple(f"d{number:02}" for number in range(min(21, 2 + int(draw.expovariate(0.25)))))
    events = 10 ** draw.uniform(0.3, 2.2)  # of a middling district in a quarter
    sizes = {district: events * draw.lognormvariate(0, 0.8) for district in districts}
    shares = [draw.gammavariate(0.6, 1) for _kind in KINDS]
    leaves: dict[Key, int] = {}
    for quarter, district in product(QUARTERS, districts):
        _count(leaves, draw, district, quarter, [sizes[district] * share / sum(shares) for share in shares])
    corrected = draw.choice(QUARTERS) if draw.random() < 0.3 else ""
    later = f"{corrected}/2"
    if corrected:
        _correct(leaves, draw, corrected, later, districts)
    periods = tuple(later if quarter == corrected else quarter for quarter in QUARTERS)
    cube = Cube(
        FIGURES, (Sum(REGION, districts),), (Sum(YEAR, periods),), (Later(corrected, later),) if corrected else ()
    )
    exact = _summed(cube, leaves, districts)
    order = [*QUARTERS, *([later] if corrected else []), YEAR]
    releases = tuple(frozenset(key for key in exact if key.period == period) for period in order)
    return Region(cube, exact, releases, frozenset(key for key in exact if key.figure in DUTIES))


def _count(leaves: dict[Key, int], draw: random.Random, district: str, quarter: str, means: list[float]) -> None:
    counts = [_poisson(draw, mean) for mean in means]
    leaves.update({Key(kind, district, quarter): n for kind, n in zip(KINDS, counts, strict=True)})
    for parts in (PSYCH, LEGAL):
        of = draw.choices(parts, (80, 10, 4, 6), k=sum(counts))
        leaves.update({Key(part, district, quarter): of.count(part) for part in parts})
    confirmed = sum(draw.random() < 0.3 for _event in range(counts[0]))
    leaves[Key("bullying_confirmed", district, quarter)] = confirmed
    leaves[Key("bullying_other", district, quarter)] = counts[0] - confirmed


def _poisson(draw: random.Random, mean: float) -> int:
    count, left = 0, draw.expovariate(1)
    while left < mean:
        count, left = count + 1, left + draw.expovariate(1)
    return count


def _correct(leaves: dict[Key, int], draw: random.Random, before: str, after: str, districts: tuple[str, ...]) -> None:
    """The same quarter once more: a few events of one kind were written down late, or counted twice."""
    leaves.update({Key(key.figure, key.place, after): n for key, n in leaves.items() if key.period == before})
    for district in draw.sample(districts, k=min(len(districts), draw.randint(1, 2))):
        kind = draw.choice(KINDS[1:])
        more = max(draw.choice((-2, -1, 1, 2, 3)), -leaves[Key(kind, district, after)])
        for parts in (PSYCH, LEGAL):
            more = max(more, -leaves[Key(parts[0], district, after)])
        leaves[Key(kind, district, after)] += more
        for parts in (PSYCH, LEGAL):
            leaves[Key(parts[0], district, after)] += more


def _summed(cube: Cube, leaves: dict[Key, int], districts: tuple[str, ...]) -> dict[Key, int]:
    exact = dict(leaves)
    quarters = {key.period for key in leaves}
    for quarter, district in product(quarters, districts):
        exact[Key("bullying", district, quarter)] = leaves[Key("bullying", district, quarter)]
        exact[Key("events", district, quarter)] = sum(leaves[Key(kind, district, quarter)] for kind in KINDS)
    for figure, quarter in product({key.figure for key in exact}, quarters):
        exact[Key(figure, REGION, quarter)] = sum(exact[Key(figure, district, quarter)] for district in districts)
    (year,) = cube.periods
    for figure, place in product({key.figure for key in exact}, (REGION, *districts)):
        exact[Key(figure, place, YEAR)] = sum(exact[Key(figure, place, quarter)] for quarter in year.parts)
    return exact
