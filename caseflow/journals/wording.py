"""How counts, periods and plans read, on pages and on paper alike, in the active language."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from caseflow.appointments.enums import AppointmentKind
from caseflow.journals.enums import Direction, Journal, PlanState
from caseflow.journals.models import FormVersion, PlanItem, YearPlan
from caseflow.journals.rules.forms import Head
from caseflow.journals.rules.periods import GRADE_GROUPS, Period
from caseflow.journals.selectors.lines import Totals
from caseflow.journals.selectors.reports import ReportSheet

COUNTED = (Direction.CONSULTATION, Direction.GROUP, Direction.DIAGNOSTICS)
OTHER_KINDS = (AppointmentKind.OBSERVATION, AppointmentKind.MEETING, AppointmentKind.SUPERVISION, AppointmentKind.OTHER)
CONSULTED = (AppointmentKind.PUPIL, AppointmentKind.PARENT, AppointmentKind.TEACHER)
Rows = list[list[str | int]]


def source_words(form: FormVersion) -> str:
    """What a form rests on; of a shipped one in the language of the reader."""
    return gettext("[P] Order 377 of 2022, the form to be confirmed") if form.region_id is None else form.source


def period_words(period: Period) -> str:
    facts = {"first": f"{period.first:%d.%m.%Y}", "last": f"{period.last:%d.%m.%Y}"}
    return gettext("From %(first)s to %(last)s") % facts


def all_of_journal(journal: Journal, totals: Totals) -> str:
    """The sums below a journal, as a sentence."""
    facts = {"lines": totals.lines, "held": totals.held, "minutes": totals.minutes, "people": totals.people}
    if journal == Journal.CONSULTATIONS:
        return gettext("Lines: %(lines)s, took place: %(held)s, minutes: %(minutes)s") % facts
    return gettext("Lines: %(lines)s, minutes: %(minutes)s, took part: %(people)s") % facts


def total_row(heads: Sequence[Head], totals: Totals) -> list[str | int]:
    """The sums as the last row of a journal, each below its column; the word stands in the first column without one."""
    sums = {"number": totals.lines, "minutes": totals.minutes, "people": totals.people}
    row: list[str | int] = [sums.get(head.column.key, "") for head in heads]
    if "" in row:
        row[row.index("")] = pgettext("below a journal", "Total")
    return row


def month_name(month: int | None) -> str:
    """«September», for an item of the whole year «the whole year»."""
    return date_format(date(2000, month, 1), "F").capitalize() if month else gettext("the whole year")


def item_heads() -> list[str]:
    return [
        gettext("No."),
        gettext("Month"),
        gettext("Planned work"),
        gettext("With whom"),
        gettext("Who answers for it"),
        gettext("What is to come of it"),
        pgettext("planned work", "What became of it"),
    ]


def item_cells(item: PlanItem) -> list[str]:
    """An item as a row, without its number."""
    ended = [str(item.get_state_display()), item.outcome]
    return [
        month_name(item.month),
        item.title,
        item.audience,
        item.owner.short_name,
        item.expected,
        ": ".join(part for part in ended if part),
    ]


def plan_state_words(plan: YearPlan | None) -> str:
    """Whether it is approved, and by whom."""
    if plan is None:
        return gettext("Nothing is planned yet")
    if plan.state == PlanState.APPROVED and plan.approved_at and plan.approved_by:
        facts = {"who": plan.approved_by.short_name, "day": f"{localtime(plan.approved_at):%d.%m.%Y}"}
        return gettext("Approved: %(who)s, %(day)s") % facts
    return gettext("Not approved: %(state)s") % {"state": plan.get_state_display()}


def work_heads() -> list[str]:
    return [
        gettext("Direction"),
        pgettext("work", "Recorded"),
        pgettext("planned work", "Planned"),
        pgettext("planned work", "Done"),
        gettext("Not done"),
    ]


def work_rows(sheet: ReportSheet) -> Rows:
    return [
        [str(direction.label), recorded, plan["planned"], plan["done"], plan["dropped"]]
        for direction, recorded, plan in sheet.directions
    ]


def month_heads() -> list[str]:
    return [gettext("Month"), *(str(each.label) for each in COUNTED)]


def month_rows(sheet: ReportSheet) -> Rows:
    return [
        [f"{month_name(row['month'])} {row['year']}", *(row[each.value] for each in COUNTED)]
        for row in sheet.figures["months"]
    ]


def grade_rows(sheet: ReportSheet) -> Rows:
    grades = sheet.figures["grades"]
    return [[stage.replace("-", "–"), *(grades[stage][each.value] for each in COUNTED)] for stage in GRADE_GROUPS]


def fact_lines(sheet: ReportSheet) -> list[str]:
    """The school, and who signed the report when."""
    if sheet.signed is None:
        return [str(sheet.school), gettext("Not signed yet")]
    facts = {"who": sheet.signed.signed_by.short_name, "day": f"{localtime(sheet.signed.signed_at):%d.%m.%Y}"}
    return [
        str(sheet.school),
        gettext("Signed: %(who)s, %(day)s") % facts,
        gettext("Checksum of what was signed: %(digest)s") % {"digest": sheet.signed.digest[:16]},
    ]


def report_facts(sheet: ReportSheet) -> list[str]:
    """What the tables do not show, a sentence each."""
    figures = sheet.figures
    return [
        gettext("%(kinds)s; did not come: %(number)s")
        % {"kinds": _kinds(sheet, CONSULTED), "number": figures["not_come"]},
        gettext("Other work: %(kinds)s") % {"kinds": _kinds(sheet, OTHER_KINDS)},
        gettext("Took part in group work: %(number)s") % {"number": figures["participants"]},
        gettext("Cases opened: %(opened)s, closed: %(closed)s") % figures["cases"],
        gettext("Goals of support plans set: %(begun)s, reached: %(reached)s") % figures["goals"],
        gettext("Psychological assessments given after reports: %(number)s") % {"number": figures["assessments"]},
    ]


def _kinds(sheet: ReportSheet, kinds: tuple[AppointmentKind, ...]) -> str:
    counted = sheet.figures["kinds"]
    return ", ".join(f"{kind.label}: {counted[kind.value]}" for kind in kinds)


def work_title() -> str:
    return gettext("Work by direction")


def month_title() -> str:
    return gettext("Work by month")


def grade_title() -> str:
    return gettext("Different pupils reached, by grades")
