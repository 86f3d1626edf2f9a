"""The pages of a working day in a full database, beside a hundredth of it.

    .venv/bin/python -m bench.pages

Environment: A_SECOND (50), SECONDS (60) of each measurement, ROUNDS (4), WEB (2 web servers). Needs PostgreSQL's and
Redis' programs. The last line printed is the figures as JSON: for each page `p95_ms` and `queries` in the full
database, and `growth`, the p95 there over that in a hundredth of it.
"""

import asyncio
import gc
import json
import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic

import uvloop

from bench import place
from bench.figures import milliseconds, percentile
from bench.filled import Filled
from bench.machine import Moment
from bench.pages.load import Load, Taken
from bench.pages.shape import FULL, PAGES, SMALL, Readers, Shape
from bench.product import Product
from bench.programs import say
from ops.trouble import one_line

WARM_UP_S = 10  # at half the load, and once more at all of it: what a cold server has not answered yet is not measured
SETTLING_S = 3.0  # servers end a connection on which nothing was asked for five


@dataclass(frozen=True)
class Plan:
    a_second: int
    seconds: int
    rounds: int
    web: int

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Plan":
        return cls(
            a_second=int(given.get("A_SECOND", "50")),
            seconds=int(given.get("SECONDS", "60")),
            rounds=int(given.get("ROUNDS", "4")),
            web=int(given.get("WEB", "2")),
        )


class Site:
    """A database of one size with its own servers, in a folder of its own."""

    def __init__(self, name: str, shape: Shape, folder: Path, running: ExitStack) -> None:
        self.name = name
        self.taken: list[Taken] = []
        self._shape = shape
        (folder / name).mkdir()
        self._filled = Filled(folder / name, running)
        self._readers = self._filled.folder / "readers.json"

    def fill(self) -> None:
        """Start the servers and fill the database. Raises Trouble."""
        began = monotonic()
        self._filled.start()
        numbers = (self._shape.schools, self._shape.pupils, self._shape.cases)
        self._filled.run("bench.pages.filling", *map(str, numbers), str(self._readers))
        say(f"{self.name}: {self._shape.entries} entries after {monotonic() - began:.0f} s")

    def queries(self) -> dict[str, int]:
        """How many queries each page makes."""
        return dict(json.loads(self._filled.run("bench.pages.counting", str(self._readers)).splitlines()[-1]))

    def measure(self, plan: Plan) -> None:
        """One round: the product starts, is warmed, is asked, and ends."""
        product = self._filled.product(plan.web)
        try:
            product.start()
            self.taken.append(uvloop.run(self._ask(plan, product)))
        finally:
            product.stop()

    def p95_s(self, page: str) -> float:
        """The median of the rounds' own: one in which the machine did something else does not decide."""
        return median(percentile(taken.times[page], 0.95) for taken in self.taken)

    async def _ask(self, plan: Plan, product: Product) -> Taken:
        load = Load(Readers.read(self._readers), product.ports)
        # Looking for garbage would stop the clients for tenths of a second, measured as if the product had been slow.
        gc.collect()
        gc.disable()
        for a_second in (plan.a_second // 2, plan.a_second):
            await load.run(a_second, WARM_UP_S)
        await asyncio.sleep(SETTLING_S)
        began = Moment.now()
        taken = await load.run(plan.a_second, plan.seconds)
        gc.enable()
        p95 = ", ".join(f"{page} {milliseconds(percentile(taken.times[page], 0.95))} ms" for page in PAGES)
        say(f"{self.name}: p95 {p95}; {began.since()}")
        return taken


def main() -> int:
    plan = Plan.of(os.environ)
    with place.folder() as folder, ExitStack() as running:
        small, full = Site("small", SMALL, folder, running), Site("full", FULL, folder, running)
        small.fill()
        full.fill()
        counted = {site.name: site.queries() for site in (small, full)}
        say(f"queries: {counted}")
        for _ in range(plan.rounds):
            small.measure(plan)
            full.measure(plan)
        failed = sum(taken.failed for site in (small, full) for taken in site.taken)
    figures: dict[str, object] = {
        page: {
            "p95_ms": milliseconds(full.p95_s(page)),
            "queries": counted["full"][page],
            "growth": round(full.p95_s(page) / small.p95_s(page), 2),
        }
        for page in PAGES
    }
    print(json.dumps({**figures, "failed": failed}))
    return 0


if __name__ == "__main__":
    sys.exit(one_line(main))
