"""An indicator as data, and those that are shipped (`shipped.toml`). Pure."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from caseflow.indicators.enums import Chapter, Unit
from caseflow.indicators.rules.sources import SOURCES, TIMED, key_of, unit_of

SHIPPED: Final = Path(__file__).parents[1] / "shipped.toml"


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of an indicator: what is added up (`values` of `source`; none: all), and what it means.

    `of` is the code of the indicator of which it is a part. `names` and `meanings` by language (kk, ru, en).
    """

    code: str
    version: int
    chapter: Chapter
    source: str
    values: tuple[str, ...]
    of: str
    names: dict[str, str]
    meanings: dict[str, str]
    effective_from: date
    own: bool = False
    ended: bool = False

    @property
    def key(self) -> str:
        """The code of its count. The same count under another name has the same."""
        return key_of(self.source, ()) if self.is_time else SOURCES[self.source].key(self.values)

    @property
    def unit(self) -> Unit:
        return unit_of(self.source)

    @property
    def is_time(self) -> bool:
        """Whether it is a length of time: a median, not a count."""
        return self.source in TIMED


def in_force(definitions: Iterable[Definition], day: date) -> list[Definition]:
    """The latest version of each indicator that holds on `day`, in the order in which they were given; none ended."""
    found: dict[str, Definition] = {}
    for each in definitions:
        held = found.get(each.code)
        if each.effective_from <= day and (held is None or held.version < each.version):
            found[each.code] = each
    return [each for each in found.values() if not each.ended]


@cache
def shipped() -> tuple[Definition, ...]:
    """Every version ever shipped, in the order of a report."""
    return tuple(map(_read, tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["indicator"]))


def _read(row: dict[str, Any]) -> Definition:
    return Definition(
        code=row["code"],
        version=row["version"],
        chapter=Chapter(row["chapter"]),
        source=row["source"],
        values=tuple(row.get("values", ())),
        of=row.get("of", ""),
        names=dict(row["name"]),
        meanings=dict(row["meaning"]),
        effective_from=row["effective_from"],
    )
