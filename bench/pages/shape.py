"""How much lies in a database, and who asks for it. Pure."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

PAGES = ("today", "case", "search", "board")
ENTRIES = 50  # lines in the chronology of a case
WAITING = 10  # items that wait at a school on a usual day: the queue is as long in a small database as in a full one
SCHOOLS_ON_A_PAGE = 25  # of the board


@dataclass(frozen=True, slots=True)
class Shape:
    """So many schools, each with so many pupils and cases. The lines of the chronology are `ENTRIES` for each case."""

    schools: int
    pupils: int
    cases: int

    @property
    def entries(self) -> int:
        return self.schools * self.cases * ENTRIES


FULL = Shape(schools=100, pupils=1000, cases=200)  # 100,000 pupils, 20,000 cases, 1,000,000 entries
# A hundredth of each. As many schools as the board shows on a page, so that both pages do the same work.
SMALL = Shape(schools=SCHOOLS_ON_A_PAGE, pupils=40, cases=8)


@dataclass(frozen=True, slots=True)
class Reader:
    """A psychologist who has signed in: the session's cookie, the ids of the school's cases, families of its pupils."""

    cookie: str
    cases: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readers:
    """Who asks. `leads` are cookies of lead psychologists."""

    psychologists: tuple[Reader, ...]
    leads: tuple[str, ...]

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            tuple(Reader(one["cookie"], tuple(one["cases"]), tuple(one["names"])) for one in kept["psychologists"]),
            tuple(kept["leads"]),
        )
