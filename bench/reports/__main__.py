"""Report, paper and explorer over a million events, beside a tenth of them.

    .venv/bin/python -m bench.reports

Environment: ASKED (60) times of each page, ROUNDS (3), SCHOOLS and EVENTS of the full database (7500, 1000000). Needs
PostgreSQL's and Redis' programs. The last line printed is the figures as JSON: `report_s`, `pdf_s` and
`explorer_p95_ms` in the full database (p95, one request after the other, whole pages), `compose_s` for counting,
protecting and freezing one quarter of a region, and `growth`, the largest of the three over that in a tenth.
"""

import json
import os
import sys
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median
from time import monotonic

from bench import place
from bench.figures import milliseconds, percentile
from bench.filled import Filled
from bench.programs import say
from bench.reports.asking import path_of
from bench.reports.shape import FULL, PAGES, SMALL, Reader, Shape
from ops.trouble import Trouble, one_line

WARM_UP = 5  # requests of each page before anything is measured
TIMEOUT_S = 60


class Site:
    """A database of one size with its own servers."""

    def __init__(self, name: str, shape: Shape, folder: Path, running: ExitStack) -> None:
        self.name, self._shape = name, shape
        (folder / name).mkdir()
        self._filled = Filled(folder / name, running)
        self._reader = self._filled.folder / "reader.json"
        self.p95_s: dict[str, list[float]] = defaultdict(list)

    @property
    def reader(self) -> Reader:
        return Reader.read(self._reader)

    def fill(self) -> None:
        """Start the servers and fill the database. Raises Trouble."""
        began = monotonic()
        self._filled.start()
        self._filled.run("bench.reports.filling", str(self._shape.schools), str(self._shape.events), str(self._reader))
        say(f"{self.name}: {self._shape.events} events, released and composed after {monotonic() - began:.0f} s")

    def measure(self, asked: int, seed: int) -> None:
        """One round: the product starts, is warmed, is asked for every page in turn, and ends."""
        product = self._filled.product(1)
        reader, random = self.reader, Random(seed)
        times: dict[str, list[float]] = defaultdict(list)
        try:
            product.start()
            line = HTTPConnection("127.0.0.1", product.ports[0], timeout=TIMEOUT_S)
            for number in range(-WARM_UP, asked):
                for page in PAGES:
                    took = _ask(line, path_of(page, reader, random), reader.cookie)
                    if number >= 0:
                        times[page].append(took)
        finally:
            product.stop()
        for page in PAGES:
            self.p95_s[page].append(percentile(times[page], 0.95))
        say(f"{self.name}: " + ", ".join(f"{page} {milliseconds(self.p95_s[page][-1])} ms" for page in PAGES))

    def typical_s(self, page: str) -> float:
        """The median of the rounds' own p95: one in which the machine did something else does not decide."""
        return median(self.p95_s[page])


def _ask(line: HTTPConnection, path: str, cookie: str) -> float:
    began = monotonic()
    line.request("GET", path, headers={"Host": "127.0.0.1", "Cookie": cookie})
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise Trouble(f"{path} answered {answer.status}")
    return monotonic() - began


def main() -> int:
    asked, rounds = int(os.environ.get("ASKED", "60")), int(os.environ.get("ROUNDS", "3"))
    shape = Shape(int(os.environ.get("SCHOOLS", FULL.schools)), int(os.environ.get("EVENTS", FULL.events)))
    tenth = SMALL if shape == FULL else replace(shape, schools=shape.schools // 10, events=shape.events // 10)
    with place.folder() as folder, ExitStack() as running:
        small, full = Site("small", tenth, folder, running), Site("full", shape, folder, running)
        small.fill()
        full.fill()
        for number in range(rounds):
            small.measure(asked, number)
            full.measure(asked, number)
        composed = full.reader.composed_s
    figures = {
        "report_s": round(full.typical_s("report"), 3),
        "pdf_s": round(full.typical_s("pdf"), 3),
        "explorer_p95_ms": milliseconds(full.typical_s("explorer")),
        "compose_s": composed,
        "growth": round(max(full.typical_s(page) / small.typical_s(page) for page in PAGES), 2),
    }
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(one_line(main))
