"""What the form of a journal may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from caseflow.journals.enums import Journal
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.columns import CATALOGUE, Column

LANGUAGES = ("kk", "ru", "en")
LONGEST_TITLE, LONGEST_SOURCE, SHORTEST_SOURCE = 80, 200, 5


@dataclass(frozen=True, slots=True)
class Head:
    """A column with the title it has in a form; without one of its own it keeps the usual one."""

    column: Column
    titles: Mapping[str, str]

    @property
    def title(self) -> str:
        """In the active language."""
        return self.titles.get((get_language() or "ru")[:2]) or str(self.column.title)


def heads_of(columns: Iterable[Mapping[str, Any]], *, with_names: bool) -> list[Head]:
    """The columns of a form in their order; those that name persons only where they were asked for."""
    heads = [Head(CATALOGUE[said["key"]], said.get("title", {})) for said in columns if said["key"] in CATALOGUE]
    return [head for head in heads if with_names or not head.column.personal]


def check_form(journal: Journal, columns: list[dict[str, Any]], *, names_persons: bool, source: str) -> None:
    """Raise JournalRefused for a form that cannot be kept."""
    keys = [said["key"] for said in columns]
    if not keys:
        raise JournalRefused(gettext("A form needs at least one column."))
    if len(set(keys)) != len(keys):
        raise JournalRefused(gettext("A column stands in a form once."))
    if any(key not in CATALOGUE or journal not in CATALOGUE[key].journals for key in keys):
        raise JournalRefused(gettext("This journal has no such column."))
    if not names_persons and any(CATALOGUE[key].personal for key in keys):
        raise JournalRefused(gettext("The name stands only in a form that names persons. Say so, or leave it out."))
    if len(source.strip()) < SHORTEST_SOURCE:
        raise JournalRefused(gettext("Name the source: the act with its number and date, or the decision"))
    _check_titles(columns)


def _check_titles(columns: list[dict[str, Any]]) -> None:
    for said in columns:
        titles = said.get("title", {})
        if titles and any(not titles.get(language, "").strip() for language in LANGUAGES):
            raise JournalRefused(gettext("Give a title in Kazakh, Russian and English, or in none of them."))
