"""What the explorer shows, as a file."""

import json
from collections.abc import Callable, Sequence
from typing import Final

from django.db import models
from django.utils.translation import gettext, override

from caseflow.documents.csv_file import CSV_TYPE, csv_file
from caseflow.documents.sheets import TYPES, FileFormat, Paper, Text, paper_file, said_in, spoken
from caseflow.documents.xlsx import Cell as SheetCell
from caseflow.documents.xlsx import Table
from caseflow.explorer.documents import document_of, lines_of, method
from caseflow.explorer.enums import Shown
from caseflow.explorer.selectors.laying_out import Answer, Entry, Indicator, Sheet
from caseflow.explorer.wording import release_words, said
from caseflow.indicators.selectors.catalogue import in_language

HEAD_WEIGHT, FIGURE_WEIGHT = 5, 3
Answered = Callable[[], Answer]
"""Lays the same question out in the language that is spoken now."""


class Form(models.TextChoices):
    """In which form figures are taken."""

    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"


JSON_TYPE: Final = "application/json"


def made(answered: Answered, form: Form, language: str) -> tuple[bytes, str]:
    """The file and its media type. CSV and JSON hold all languages."""
    if form is Form.CSV:
        return csv_file(lines_of(answered())), CSV_TYPE
    if form is Form.JSON:
        return json_file(document_of(answered())), JSON_TYPE
    return explorer_xlsx(answered, language), TYPES[FileFormat.XLSX]


def json_file(document: object) -> bytes:
    """The same document has the same bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def explorer_xlsx(answered: Answered, language: str) -> bytes:
    """Each table as it is on the page, below them what is counted, in one language or in both state languages."""
    answers = []
    for each in spoken(language):
        with override(each):
            answers.append(answered())
    first = answers[0]
    facts = [
        _joined([in_language(first.region)] if len(answers) == 1 else [first.region[each] for each in ("kk", "ru")]),
        said_in(language, lambda: str(Shown(first.question.shown).label)),
        *(said_in(language, lambda each=each: release_words(each)) for each in first.releases),  # type: ignore[misc]
        said_in(language, lambda: in_language(method())),
    ]
    paper = Paper(
        title=said_in(language, lambda: gettext("Released figures")),
        facts=facts,
        tables=[_table(sheets, first, language) for sheets in zip(*(each.sheets for each in answers), strict=True)],
        made_at=max(each.made_at for each in first.releases),
        texts=[_text(versions, language) for versions in zip(*(each.indicators for each in answers), strict=True)],
    )
    return paper_file(FileFormat.XLSX, language, paper)


def _table(sheets: tuple[Sheet, ...], answer: Answer, language: str) -> Table:
    first, shown = sheets[0], answer.question.shown
    heads = [_joined([sheet.columns[place].name for sheet in sheets]) for place in range(len(first.columns))]
    rows = [
        [_joined([line.head.name for line in lines]), *(_cell(entry, shown, language) for entry in lines[0].entries)]
        for lines in zip(*(sheet.lines for sheet in sheets), strict=True)
    ]
    corner = said_in(language, lambda: str(answer.question.rows.label))
    weights = [HEAD_WEIGHT] + [FIGURE_WEIGHT] * len(heads)
    return Table([corner, *heads], weights, rows, title=_joined([sheet.head.name for sheet in sheets]))


def _cell(entry: Entry, shown: Shown, language: str) -> SheetCell:
    if shown == Shown.FIGURE and entry.cell.count is not None:
        return entry.cell.count
    return said_in(language, lambda: said(entry, shown).text)


def _text(indicators: tuple[Indicator, ...], language: str) -> Text:
    first = indicators[0]
    return Text(
        _joined([each.column.name for each in indicators]),
        " ".join(
            [
                _joined([each.column.meaning for each in indicators]),
                said_in(language, lambda: first.source),
                said_in(language, lambda: gettext("version %(number)s") % {"number": first.version}),
            ]
        ),
    )


def _joined(texts: Sequence[str]) -> str:
    return " / ".join(dict.fromkeys(texts))
