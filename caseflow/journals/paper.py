"""Journal, plan and report as files, in Kazakh, Russian or English, or in both state languages at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from caseflow.directory.models import School, SchoolYear
from caseflow.documents.sheets import FileFormat, Paper, Text, paper_file, said_in, said_list
from caseflow.documents.xlsx import Table
from caseflow.journals.models import FormVersion, PlanItem
from caseflow.journals.rules.columns import Line
from caseflow.journals.rules.forms import Head
from caseflow.journals.rules.layout import laid_out_in
from caseflow.journals.selectors.lines import Asked, Totals
from caseflow.journals.selectors.plans import Part, PlanSheet
from caseflow.journals.selectors.reports import ReportSheet
from caseflow.journals.wording import (
    all_of_journal,
    fact_lines,
    grade_rows,
    grade_title,
    item_cells,
    item_heads,
    month_heads,
    month_rows,
    month_title,
    period_words,
    plan_state_words,
    report_facts,
    source_words,
    total_row,
    work_heads,
    work_rows,
    work_title,
)

ITEM_WEIGHTS = (1, 3, 7, 4, 4, 5, 5)
WORK_WEIGHTS, MONTH_WEIGHTS = (8, 2, 2, 2, 2), (6, 3, 3, 3)


@dataclass(frozen=True, slots=True)
class JournalSheet:
    """What a journal's file is made of."""

    school: School
    asked: Asked
    form: FormVersion
    heads: list[Head]
    lines: list[Line]
    totals: Totals


def journal_file(sheet: JournalSheet, kind: FileFormat, language: str) -> bytes:
    """The journal with the form it is kept by."""

    def say(words: Callable[[], str]) -> str:
        return said_in(language, words)

    table = Table(
        heads=[say(lambda head=head: head.title) for head in sheet.heads],  # type: ignore[misc]
        weights=[head.column.weight for head in sheet.heads],
        rows=laid_out_in(language, sheet.heads, sheet.lines),
        total=_total(sheet, language) if sheet.lines else (),
    )
    facts = [
        say(lambda: str(sheet.school)),
        say(lambda: period_words(sheet.asked.period)),
        say(lambda: all_of_journal(sheet.asked.journal, sheet.totals)),
        say(lambda: gettext("Form: %(source)s") % {"source": source_words(sheet.form)}),
    ]
    title = say(lambda: str(sheet.asked.journal.label))
    return _file(kind, language, Paper(title, facts, [table], timezone.now()))


def _total(sheet: JournalSheet, language: str) -> list[str | int]:
    row = total_row(sheet.heads, sheet.totals)
    return [
        said_in(language, lambda place=place: str(total_row(sheet.heads, sheet.totals)[place]))  # type: ignore[misc]
        if isinstance(cell, str)
        else cell
        for place, cell in enumerate(row)
    ]


def plan_file(sheet: PlanSheet, kind: FileFormat, language: str) -> bytes:
    """The plan of a year with what became of its items."""

    def say(words: Callable[[], str]) -> str:
        return said_in(language, words)

    heads = said_list(language, item_heads)
    tables = [_part_table(part, heads, language) for part in sheet.parts if part.items]
    facts = [say(lambda: str(sheet.school)), say(lambda: plan_state_words(sheet.plan))]
    title = say(lambda: gettext("Plan of work of the psychological service, %(year)s") % {"year": _year(sheet.year)})
    return _file(kind, language, Paper(title, facts, tables, _plan_moment(sheet)))


def report_file(sheet: ReportSheet, kind: FileFormat, language: str) -> bytes:
    """The report; a signed one bears who signed it, when, and the checksum of what was signed."""

    def say(words: Callable[[], str]) -> str:
        return said_in(language, words)

    tables = [
        _table(language, work_title, work_heads, lambda: work_rows(sheet), WORK_WEIGHTS),
        _table(language, month_title, month_heads, lambda: month_rows(sheet), MONTH_WEIGHTS),
        _table(
            language,
            grade_title,
            lambda: [gettext("Grades"), *month_heads()[1:]],
            lambda: grade_rows(sheet),
            MONTH_WEIGHTS,
        ),
    ]
    texts = [Text(say(lambda one=one: str(one.label)), words) for one, words in sheet.sections if words]  # type: ignore[misc]
    facts = said_list(language, lambda: fact_lines(sheet)) + said_list(language, lambda: report_facts(sheet))
    title = say(
        lambda: gettext("Annual report of the psychological service, %(year)s") % {"year": sheet.content["year"]}
    )
    moment = sheet.signed.signed_at if sheet.signed else timezone.now()
    return _file(kind, language, Paper(title, facts, tables, moment, texts))


def _table(
    language: str,
    title: Callable[[], str],
    heads: Callable[[], list[str]],
    rows: Callable[[], list[list[str | int]]],
    weights: tuple[int, ...],
) -> Table:
    said = [said_in(language, lambda place=place: str(heads()[place])) for place in range(len(heads()))]  # type: ignore[misc]
    shown = rows()
    for number, row in enumerate(shown):
        row[0] = said_in(language, lambda number=number: str(rows()[number][0]))  # type: ignore[misc]
    return Table(said, list(weights), shown, title=said_in(language, title))


def _part_table(part: Part, heads: list[str], language: str) -> Table:
    def title() -> str:
        facts = {"direction": part.direction.label, "done": part.done, "all": len(part.items)}
        return gettext("%(direction)s: done %(done)s of %(all)s") % facts

    rows = [_item_row(language, item, number) for number, item in enumerate(part.items, start=1)]
    return Table(heads, list(ITEM_WEIGHTS), rows, title=said_in(language, title))


def _item_row(language: str, item: PlanItem, number: int) -> list[str | int]:
    return [number, *said_list(language, lambda: item_cells(item))]


def _plan_moment(sheet: PlanSheet) -> datetime:
    plan = sheet.plan
    return plan.approved_at if plan and plan.approved_at else timezone.now()


def _year(year: SchoolYear | None) -> str:
    return str(year or "")


def _file(kind: FileFormat, language: str, paper: Paper) -> bytes:
    empty = said_in(language, lambda: gettext("Nothing was recorded in this period."))
    return paper_file(kind, language, replace(paper, empty=empty))
