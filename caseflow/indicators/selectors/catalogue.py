"""Every definition that a region's reports know: those shipped to all, then its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from caseflow.directory.models import Region
from caseflow.indicators.enums import Chapter
from caseflow.indicators.models import OwnIndicator
from caseflow.indicators.rules.definitions import Definition, in_force, shipped
from caseflow.indicators.wording import source_words


def definitions_of(region: Region) -> list[Definition]:
    """Every version of every indicator, in the order of a report (1 query)."""
    return [*shipped(), *map(_defined, OwnIndicator.objects.filter(region=region))]


def _defined(row: OwnIndicator) -> Definition:
    return Definition(
        code=row.code,
        version=row.version,
        chapter=Chapter(row.chapter),
        source=row.source,
        values=tuple(row.counted),
        of=row.part_of,
        names={"kk": row.name_kk, "ru": row.name_ru, "en": row.name_en},
        meanings={"kk": row.meaning_kk, "ru": row.meaning_ru, "en": row.meaning_en},
        effective_from=row.effective_from,
        own=True,
        ended=row.ended,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator in force, in the language of the page."""

    definition: Definition
    name: str
    meaning: str
    source: str


def catalogue_of(region: Region, day: date) -> list[tuple[Chapter, list[Entry]]]:
    """What is in force on `day`, chapter by chapter (1 query)."""
    held = in_force(definitions_of(region), day)
    return [
        (chapter, [_entry(each) for each in held if each.chapter == chapter])
        for chapter in Chapter
        if any(each.chapter == chapter for each in held)
    ]


def in_language(texts: Mapping[str, str]) -> str:
    """A text in the language of the page."""
    code = (get_language() or "ru")[:2]
    return texts.get(code) or texts["ru"]


def _entry(definition: Definition) -> Entry:
    return Entry(definition, in_language(definition.names), in_language(definition.meanings), source_words(definition))
