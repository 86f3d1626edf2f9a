"""Tables with what is said above and below them as a file: XLSX or PDF, in one language or in both state languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext, override

from caseflow.documents.pdf import breakable, render_pdf
from caseflow.documents.xlsx import Sheet, Table, render_xlsx

TEMPLATE = "documents/sheet.typ"


class PaperLanguage(models.TextChoices):
    """The language of a file; what is kept for the authorities is kept in both state languages."""

    KK = "kk", "Қазақша"
    RU = "ru", "Русский"
    EN = "en", "English"
    BOTH = "kk-ru", "Қазақша / Русский"


class FileFormat(models.TextChoices):
    XLSX = "xlsx", "XLSX"
    PDF = "pdf", "PDF"


TYPES = {
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.PDF: "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Text:
    """A heading with what is said below it."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What a file says: facts, then tables, then texts. `made_at` is written into it. `empty` stands for no rows."""

    title: str
    facts: Sequence[str]
    tables: Sequence[Table]
    made_at: datetime
    texts: Sequence[Text] = ()
    empty: str = ""


def spoken(language: str) -> tuple[str, ...]:
    """The languages in which a file is written."""
    return ("kk", "ru") if language == PaperLanguage.BOTH else (language,)


def said_in(language: str, words: Callable[[], str]) -> str:
    """What `words` says in the language, or in both, the second after a stroke where it differs."""
    found: dict[str, None] = {}
    for each in spoken(language):
        with override(each):
            found[words()] = None
    return " / ".join(found)


def said_list(language: str, words: Callable[[], list[str]]) -> list[str]:
    """As `said_in`, for each of several texts."""
    return [said_in(language, lambda place=place: words()[place]) for place in range(len(words()))]  # type: ignore[misc]


def paper_file(kind: FileFormat, language: str, paper: Paper) -> bytes:
    """The file. What people typed is text in it, never a formula and never source."""
    demo = said_in(language, lambda: gettext("All names and events are invented")) if settings.DEMO else ""
    if kind is FileFormat.XLSX:
        above = [*([demo] if demo else []), *paper.facts]
        said = [Table([each.title], [8], [[each.words]]) for each in paper.texts]
        return render_xlsx([Sheet("1", paper.title, above, [*paper.tables, *said])], made_at=paper.made_at)
    data = {
        "language": spoken(language)[0],
        "demo": demo,
        "title": paper.title,
        "facts": list(paper.facts),
        "tables": breakable([_for_pdf(table) for table in paper.tables]),
        "texts": breakable([{"title": each.title, "words": each.words} for each in paper.texts]),
        "empty": paper.empty,
    }
    return render_pdf(TEMPLATE, data, made_at_epoch_s=int(paper.made_at.timestamp()))


def sent(name: str, kind: FileFormat, content: bytes) -> HttpResponse:
    """The answer with the file, of which nothing stays in a browser's store; `name` is ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind.value}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)


def _for_pdf(table: Table) -> dict[str, Any]:
    numbers = [all(isinstance(row[place], int) for row in table.rows) for place in range(len(table.heads))]
    return {
        "title": table.title,
        "heads": list(table.heads),
        "weights": list(table.weights),
        "numbers": numbers,
        "rows": [[str(cell) for cell in row] for row in table.rows],
        "total": [str(cell) for cell in table.total],
    }
