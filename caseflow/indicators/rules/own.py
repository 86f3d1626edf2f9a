"""What a region may add to the indicators: values of one source, put together its own way. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.indicators.enums import Chapter
from caseflow.indicators.rules.definitions import Definition, in_force
from caseflow.indicators.rules.sources import SOURCES

PLACES: Final = {
    "incidents": (Chapter.EVENTS, "events"),
    "psychological": (Chapter.ASSESSMENTS, "events"),
    "legal": (Chapter.ASSESSMENTS, "events"),
    "referrals": (Chapter.WORK, "referrals"),
}
"""Sources of own indicators, with the chapter in which these stand and the indicator of which they are a part."""
MOST_OWN: Final = 10


@dataclass(frozen=True, slots=True)
class Texts:
    """Names and meanings by language (kk, ru, en)."""

    names: dict[str, str]
    meanings: dict[str, str]


class UnknownValuesError(Exception):
    """Values of several sources, of none, or that the source does not have."""


class CountedAlreadyError(Exception):
    """Another indicator in force is the same count; `definition` is it."""

    def __init__(self, definition: Definition) -> None:
        super().__init__(definition.code)
        self.definition = definition


class TooManyOwnError(Exception):
    """Each further indicator makes more of the others hidden."""


def check_own(source: str, values: Collection[str], known: Iterable[Definition], day: date) -> None:
    """Whether these values may become an indicator from `day` on.

    Raises UnknownValuesError, CountedAlreadyError, TooManyOwnError.
    """
    if source not in PLACES or not values or not set(values) <= set(SOURCES[source].values):
        raise UnknownValuesError
    held = in_force(known, day)
    key = SOURCES[source].key(values)
    for definition in held:
        if not definition.is_time and definition.key == key:
            raise CountedAlreadyError(definition)
    if sum(definition.own for definition in held) >= MOST_OWN:
        raise TooManyOwnError
