"""How the codes of this room read in alerts."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from caseflow.clocks.enums import Basis, Unit
from caseflow.clocks.models import Absence
from notifications.texts import label_of, name_codes

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Whom a step of a ladder tells, as "level:role".
TARGETS = {
    "owner": _("whoever has it"),
    "school:psychologist": _("psychologist of the school"),
    "school:principal": _("head of the school"),
    "district:lead_psychologist": _("lead psychologist of the district"),
    "district:drill_officer": _("drill officer of the district"),
    "region:drill_officer": _("drill officer of the region"),
    "school:school_admin": _("administrator of the school"),
    "region:lead_psychologist": _("lead psychologist of the region"),
    "agency:agency_officer": _("officers of the agency"),
    "agency_above:agency_officer": _("officers of the agency of the region"),
    "agency:agency_head": _("head of the agency"),
    "agency_above:agency_head": _("head of the agency of the region"),
    "region:council_chair": _("chair of the council"),
    "region:prosecutor": _("prosecutor of the region"),
}
CLOCKS = {
    "protective_work_review": _("review of work without consent by the lead"),
    "duty_answer": _("answer to a duty call, before the next ones are rung"),
    "duty_ring_again": _("ringing the last ones again"),
}
# Who hears of what no ladder is for, by code; rooms add theirs.
TOLD_WITHOUT_LADDER: "dict[str, StrPromise]" = {
    "duty_answer": _("the next ones of the duty roster are rung"),
    "duty_ring_again": _("those on duty in the region, until somebody answers"),
}
# In the table the levels stand side by side; elsewhere the deadline is meant by itself.
SIDE_BY_SIDE = {
    "psych_assessment_acute": _("psychological assessment, acute"),
    "psych_assessment_high": _("psychological assessment, high risk"),
    "psych_assessment_moderate": _("psychological assessment, moderate risk"),
    "psych_assessment_low": _("psychological assessment, low risk"),
    "protocol_step_urgent": _("an urgent step of a protocol"),
}
# Sources and notes of the shipped terms are stored as they stand here, for the translators.
SHIPPED = (
    gettext_noop("[P] policy of the installation"),
    gettext_noop("[P] policy, Order 506 to be confirmed"),
    gettext_noop("[P] term; the duty itself is statutory"),
    gettext_noop("[P] readers' demand in the 2022 article"),
    gettext_noop("[P] rule 10: the lead reviews work without consent"),
    gettext_noop("Violence against a child"),
    gettext_noop("By the end of the same day"),
    gettext_noop("Now: counts as missed after a quarter of an hour"),
    gettext_noop("Incident of violence, and every other report"),
    gettext_noop("Mood signal"),
    gettext_noop("Monthly, unannounced"),
    gettext_noop("Only when nobody set a date"),
    gettext_noop("Then the next rung is rung: school, district, region"),
    gettext_noop("After the last rung, until somebody answers"),
    gettext_noop("A clip of unusual motion"),
    gettext_noop("Told to each button with every answer"),
    gettext_noop("Four heartbeats missed; then the school is told"),
    gettext_noop("A press of the armed button within it is the drill"),
    gettext_noop("So long before its last day ends"),
    gettext_noop("Each step of a protocol has its own term"),
)
REASONS = {"acute_item": _("something acute waits for a decision")}


def register_texts() -> None:
    """Tell notifications how duty calls read, and the deadlines that no room has named yet."""
    name_codes("reason", REASONS.items())
    name_codes("clock", CLOCKS.items())


def name_told(code: str, whom: "StrPromise") -> None:
    """Say who hears of a missed deadline that has no ladder."""
    TOLD_WITHOUT_LADDER[code] = whom


def told_in_words(code: str) -> str:
    """Who hears of a missed deadline that has no ladder."""
    return str(TOLD_WITHOUT_LADDER.get(code, TARGETS["owner"]))


def away_in_words(absence: Absence) -> str:
    """How it stands beside the name of somebody who is away."""
    said = {"day": date_format(absence.last_day, "d.m.Y"), "name": absence.stand_in.user.short_name}
    return gettext("away until %(day)s, %(name)s stands in") % said


def code_in_words(code: str) -> str:
    """What a deadline is about, told apart from its neighbours in the table."""
    return str(SIDE_BY_SIDE.get(code) or label_of("clock", code))


def stored_text(text: str) -> str:
    """A source or a note in the active language where it was shipped, as it was entered where somebody entered it."""
    return gettext(text) if text in SHIPPED else text


def count_of(amount: int, unit: str) -> str:
    """A length of time in words: "3 hours"."""
    words = {
        Unit.SECONDS: ngettext("%(count)s second", "%(count)s seconds", amount),
        Unit.MINUTES: ngettext("%(count)s minute", "%(count)s minutes", amount),
        Unit.HOURS: ngettext("%(count)s hour", "%(count)s hours", amount),
        Unit.DAYS: ngettext("%(count)s day", "%(count)s days", amount),
    }
    return words[Unit(unit)] % {"count": amount}


def overdue_in_words(elapsed: timedelta) -> str:
    """How long ago a deadline was, in its largest whole unit: "for 3 days", "for 5 hours"."""
    units = ((Unit.DAYS, timedelta(days=1)), (Unit.HOURS, timedelta(hours=1)), (Unit.MINUTES, timedelta(minutes=1)))
    unit, size = next((each for each in units if elapsed >= each[1]), units[-1])
    return pgettext("overdue", "for %(length)s") % {"length": count_of(elapsed // size, unit)}


def term_in_words(amount: int, unit: str, basis: str) -> str:
    """A term in words: "3 school days", "2 hours of working time", "by the end of the same day"."""
    if basis == Basis.WALL:
        return gettext("by the end of the same day") if unit == Unit.DAYS and not amount else count_of(amount, unit)
    if unit == Unit.DAYS and basis == Basis.SCHOOL:
        return ngettext("%(count)s school day", "%(count)s school days", amount) % {"count": amount}
    if unit == Unit.DAYS:
        return ngettext("%(count)s working day", "%(count)s working days", amount) % {"count": amount}
    time = gettext("%(term)s of school time") if basis == Basis.SCHOOL else gettext("%(term)s of working time")
    return time % {"term": count_of(amount, unit)}
