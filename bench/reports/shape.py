"""How many reports of events lie in a database, and what is asked of it. Pure."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

REGIONS = 20
DISTRICTS = 10  # of each region
YEARS = 5
PAGES = ("report", "pdf", "explorer")


@dataclass(frozen=True, slots=True)
class Shape:
    """So many schools and reported events, shared out among the districts and over the quarters of five years."""

    schools: int
    events: int


FULL = Shape(schools=7500, events=1_000_000)
SMALL = Shape(schools=750, events=100_000)  # a tenth of each, in as many districts: a report is as wide in both


@dataclass(frozen=True, slots=True)
class Reader:
    """A prosecutor who has signed in, and the reports of the own region; `composed_s` is what the newest one took."""

    cookie: str
    reports: tuple[str, ...]
    composed_s: float

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(kept["cookie"], tuple(kept["reports"]), kept["composed_s"])
