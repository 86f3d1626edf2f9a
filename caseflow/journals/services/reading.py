"""Looking at journals, plan and report, and taking them as files: the entry in the log is of the same transaction."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import School
from caseflow.documents.sheets import FileFormat
from caseflow.journals.models import FormVersion
from caseflow.journals.paper import (
    JournalSheet,
    journal_file,
    plan_file,
    report_file,
)
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.access import KEEPERS
from caseflow.journals.rules.columns import Line
from caseflow.journals.rules.forms import Head, heads_of
from caseflow.journals.rules.layout import Rows, laid_out
from caseflow.journals.selectors.figures import recorded_by_direction
from caseflow.journals.selectors.forms import form_on
from caseflow.journals.selectors.lines import Asked, Key, Totals, keys_of, lines_for, totals_of
from caseflow.journals.selectors.plans import PlanSheet, plan_sheet
from caseflow.journals.selectors.reports import ReportSheet, report_sheet
from caseflow.journals.selectors.years import chosen_year, period_of, school_of
from caseflow.journals.services.noting import log

PER_PAGE = 50
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A page of a journal: its form, its rows in the language of the page beside the lines they are of, its sums."""

    form: FormVersion
    heads: list[Head]
    lines: list[Line]
    rows: Rows
    totals: Totals
    page: Page[Key]

    @property
    def shown(self) -> list[tuple[Line, list[tuple[Head, str | int]]]]:
        """Each line with its cells, each with its column."""
        return [
            (line, list(zip(self.heads, row, strict=True))) for line, row in zip(self.lines, self.rows, strict=True)
        ]


@transaction.atomic
def open_journal(actor: Actor, asked: Asked, number: int | str | None = 1) -> JournalPage:
    """A page of a journal by the form in force at the end of the period; which lines were shown is one entry.

    Raises School.DoesNotExist for who keeps no journal.
    """
    school, form = _kept(actor, asked)
    keys = keys_of(actor, asked)
    page = Paginator(keys, PER_PAGE).get_page(number)
    heads = heads_of(form.columns, with_names=form.names_persons)
    lines = lines_for(list(page.object_list), first=page.start_index(), year=asked.period.first.year)
    _log_lines(actor, "journal_read", asked, lines, school)
    return JournalPage(form, heads, lines, laid_out(heads, lines), totals_of(keys), page)


@transaction.atomic
def list_lines(actor: Actor, asked: Asked, offset: int, limit: int) -> tuple[FormVersion, list[Head], list[Line], int]:
    """Some lines of a journal, and how many there are. Raises and logs as `open_journal`."""
    school, form = _kept(actor, asked)
    keys = keys_of(actor, asked)
    lines = lines_for(keys[offset : offset + limit], first=offset + 1, year=asked.period.first.year)
    _log_lines(actor, "journal_read", asked, lines, school)
    return form, heads_of(form.columns, with_names=form.names_persons), lines, len(keys)


@transaction.atomic
def export_journal(actor: Actor, asked: Asked, kind: FileFormat, language: str, *, with_names: bool = False) -> bytes:
    """A journal as a file. The names stand in it only where its form has them and they were asked for.

    Raises School.DoesNotExist for who keeps no journal, JournalRefused (too many lines for one file).
    """
    school, form = _kept(actor, asked)
    keys = keys_of(actor, asked)
    if len(keys) > MOST_ROWS:
        raise JournalRefused(gettext("These are too many lines for one file. Choose a shorter period."))
    named = with_names and form.names_persons
    lines = lines_for(keys, first=1, year=asked.period.first.year)
    sheet = JournalSheet(school, asked, form, heads_of(form.columns, with_names=named), lines, totals_of(keys))
    _log_lines(actor, "journal_exported", asked, lines, school, format=kind.value, names=named)
    return journal_file(sheet, kind, language)


def open_plan(actor: Actor, year: int | None) -> PlanSheet:
    """The plan of a year. Raises School.DoesNotExist for others than the school's psychologists and its principal."""
    school = school_of(actor)
    recorded = recorded_by_direction(school, period_of(chosen_year(school, year)))
    return plan_sheet(actor, year, recorded)


@transaction.atomic
def export_plan(actor: Actor, year: int | None, kind: FileFormat, language: str) -> bytes:
    """The plan as a file. Raises as `open_plan`."""
    sheet = open_plan(actor, year)
    log(actor, "year_plan_exported", f"year plan {sheet.school.pk}/{sheet.year}", format=kind.value)
    return plan_file(sheet, kind, language)


def open_report(actor: Actor, year: int | None) -> ReportSheet:
    """The report of a year. Raises School.DoesNotExist for others than the school's psychologists and its principal."""
    return report_sheet(actor, year)


@transaction.atomic
def export_report(actor: Actor, year: int | None, kind: FileFormat, language: str) -> bytes:
    """The report as a file. Raises as `open_report`."""
    sheet = open_report(actor, year)
    log(actor, "annual_report_exported", f"annual report {sheet.school.pk}/{sheet.year}", format=kind.value)
    return report_file(sheet, kind, language)


def _kept(actor: Actor, asked: Asked) -> tuple[School, FormVersion]:
    """The school of the journal, and the form in force on the last day of the period."""
    school = journal_school(actor)
    return school, form_on(asked.journal, school.district.region_id, asked.period.last)


def journal_school(actor: Actor) -> School:
    """The school whose journals the actor keeps. Raises School.DoesNotExist."""
    if actor.role not in KEEPERS:
        raise School.DoesNotExist
    return school_of(actor)


def _log_lines(actor: Actor, action: str, asked: Asked, lines: list[Line], school: School, **detail: object) -> None:
    said = {
        "journal": asked.journal.value,
        "from": asked.period.first.isoformat(),
        "to": asked.period.last.isoformat(),
        "lines": [line.ref for line in lines],
        **detail,
    }
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=f"journal {school.pk}", detail=said)
