"""Releases of random regions, and an attacker who has all of them together.

    .venv/bin/python -m bench.disclosure

Environment: REGIONS (1000), SEED (1), WORKERS (all cores). Each region releases four quarters, now and then one of
them once more after corrections, and the year. The last line printed is the figures as JSON: how many regions and
released tables there were, how many small counts an attacker narrowed to less than 1–7 (`recovered`), which share of
the released cells is hidden, and that share as a multiple of what a plain heuristic hides (which leaks: in every
twentieth region it is attacked as well, `heuristic_recovered` of `heuristic_small_counts`).
"""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import product

from bench.disclosure.attack import Attack, Cell, Knowledge
from bench.disclosure.heuristic import hide_plainly
from bench.disclosure.regions import Region, make_region
from bench.programs import say
from caseflow.disclosure.cube import Cube, Key
from caseflow.disclosure.protection import protect
from caseflow.disclosure.rounding import SMALL, Published
from ops.trouble import one_line

TRIED = 20  # every so manieth region the plain way is attacked too: where it leaks, that takes longest


def main() -> int:
    regions, seed = int(os.environ.get("REGIONS", "1000")), int(os.environ.get("SEED", "1"))
    workers = int(os.environ.get("WORKERS", str(os.cpu_count() or 1)))
    total: Counter[str] = Counter()
    with ProcessPoolExecutor(workers) as pool:
        for number, found in enumerate(pool.map(_try, range(seed, seed + regions)), 1):
            total += found
            if number % max(1, regions // 20) == 0:
                say(f"  {number} of {regions} regions: {dict(total)}")
    share, plain = total["hidden"] / total["cells"], total["plain_hidden"] / total["cells"]
    figures = {
        "regions": regions,
        "tables": total["tables"],
        "recovered": total["recovered"],
        "suppressed_share": round(share, 4),
        "share_vs_heuristic": round(share / plain, 3),
        "heuristic_share": round(plain, 4),
        "heuristic_recovered": total["plain_recovered"],
        "heuristic_small_counts": total["plain_small"],
        "small_counts": total["small"],
        "protect_s": round(total["protect_ms"] / 1000 / regions, 2),
    }
    print(json.dumps(figures))
    return 0


def _try(seed: int) -> Counter[str]:
    region = make_region(seed)
    began = time.process_time()
    ours: dict[Key, Published] = {}
    plain: dict[Key, Published] = {}
    counted: dict[Key, int] = {}
    for fresh in region.releases:
        counted |= {key: region.exact[key] for key in fresh}
        ours |= protect(region.cube, counted, fresh=fresh, released=ours, duties=region.duties)
    protect_ms = int(1000 * (time.process_time() - began))
    for fresh in region.releases:
        plain |= hide_plainly(region.cube, region.exact, fresh)
    is_tried = seed % TRIED == 0
    return Counter(
        tables=len(region.releases) * (len(region.cube.figures) + 1),
        cells=len(ours),
        hidden=sum(figure is None for figure in ours.values()),
        plain_hidden=sum(figure is None for figure in plain.values()),
        small=sum(region.exact[key] in SMALL for key in ours),
        recovered=len(_recovered(region, ours)),
        plain_recovered=len(_recovered(region, plain)) if is_tried else 0,
        plain_small=sum(region.exact[key] in SMALL for key in ours) if is_tried else 0,
        protect_ms=protect_ms,
    )


def _recovered(region: Region, shown: Mapping[Key, Published]) -> set[Cell]:
    """What any of the attackers narrows, of what is hidden from them."""
    cells = {_cell(key): key for key in region.exact}
    figures = {cell: shown[key] for cell, key in cells.items()}
    near = {cell: region.exact[key] for cell, key in cells.items()}
    sums = tuple(_sums(region.cube, set(cells)))
    grown = tuple(
        (_cell(before), _cell(after), (d > 0) - (d < 0))
        for before, after in region.cube.pairs(region.exact)
        for d in [region.exact[after] - region.exact[before]]
    )
    wholes = {whole for whole, _parts in sums}
    small = {cell for cell, key in cells.items() if region.exact[key] in SMALL}
    duties = {_cell(key): region.exact[key] for key in region.duties}
    finest = small - wholes
    insider, nobody = frozenset(finest - duties.keys()), frozenset[Cell]()
    attacks = [  # marks, duties, directions, and what is to be found
        (insider, duties, (), finest - duties.keys()),
        (nobody, duties, (), small & wholes - duties.keys()),
        (frozenset(finest), None, (), finest & duties.keys()),
        (nobody, None, (), small & wholes & duties.keys()),
        (nobody, None, grown, small if grown else set()),
    ]
    found: set[Cell] = set()
    for marks, exact, directions, targets in attacks:
        attack = Attack(Knowledge(figures, sums, directions, marks, exact), near)
        # What marks, duties and directions tell while nothing is shown: a sum of two hidden parts is at least two.
        told = Attack(Knowledge(dict.fromkeys(figures), sums, directions, frozenset(finest), exact), near)
        found.update(attack.narrowed(sorted(targets), told))
    return found


def _sums(cube: Cube, cells: set[Cell]) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """Every sum that can be written down over released cells, by trying each division at each cell."""
    for axis, divisions in enumerate((cube.figures, cube.places, cube.periods)):
        for cell, division in product(sorted(cells), divisions):
            parts = tuple(_put(cell, axis, part) for part in division.parts)
            if cell[axis] == division.whole and cells.issuperset(parts):
                yield cell, parts


def _put(cell: Cell, axis: int, code: str) -> Cell:
    what, where, when = (code if number == axis else old for number, old in enumerate(cell))
    return what, where, when


def _cell(key: Key) -> Cell:
    return key.figure, key.place, key.period


if __name__ == "__main__":
    sys.exit(one_line(main))
