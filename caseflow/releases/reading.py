"""What a release shows: its indicators as they were defined then, and the published figure of each. Nothing exact."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caseflow.disclosure.rounding import Published
from caseflow.indicators.enums import Chapter, Unit
from caseflow.indicators.selectors.catalogue import in_language

Times = dict[str, int] | None
"""`median_s` and `p90_s`, whole seconds; None where there are too few answers."""
Content = Mapping[str, Any]
"""The content of a release, as `rules/content.py` lays it out."""


@dataclass(frozen=True, slots=True)
class Column:
    """An indicator as it was defined when the figures were released, in the language of the page."""

    code: str
    name: str
    meaning: str
    unit: Unit
    source: str
    key: str
    of: str
    chapter: Chapter

    @property
    def is_time(self) -> bool:
        return self.unit == Unit.SECONDS

    @property
    def has_share(self) -> bool:
        return has_share(self.of, self.chapter)


def column_of(row: Mapping[str, Any]) -> Column:
    """One of the `indicators` of a release."""
    return Column(
        code=row["code"],
        name=in_language(row["names"]),
        meaning=in_language(row["meanings"]),
        unit=Unit(row["unit"]),
        source=row["source"],
        key=row["key"],
        of=row["of"],
        chapter=Chapter(row["chapter"]),
    )


def has_share(of: str, chapter: str) -> bool:
    """Whether the share of the whole says something; of kinds of events it would invite to rank them."""
    return bool(of) and chapter != Chapter.EVENTS


def is_counted(content: Content, key: str) -> bool:
    """Whether the release has this count at all."""
    return key in content["figures"]


def figure_in(content: Content, key: str, place: str) -> Published:
    """What the release shows of this count; None where it is hidden, and where it did not count it."""
    shown: Published = content["figures"].get(key, {}).get(place)
    return shown


def times_in(content: Content, source: str, place: str) -> Times:
    """Median and 90th percentile of a source that is measured; None where there are too few."""
    times: Times = content["times"].get(source, {}).get(place)
    return times
