"""Sources and their values in words."""

from collections.abc import Iterable
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseflow.clocks.enums import Outcome
from caseflow.incidents.enums import NEVER_BY_QUARTER, Category, Confirmed
from caseflow.indicators.rules.definitions import Definition
from caseflow.referrals.selectors.figures import ENDED

SOURCE_NAMES: Final[dict[str, Promise]] = {
    "incidents": _("Reports of events, by the day of the report"),
    "bullying": _("Findings of bullying that stand"),
    "psychological": _("Deadlines of psychological assessments"),
    "legal": _("Deadlines of legal assessments"),
    "self_harm": _("Reports of self-harm, by the day of the report"),
    "alarms": _("Log of alarms"),
    "accepting": _("Log of alarms"),
    "arriving": _("Log of alarms"),
    "drills": _("Plan of drills"),
    "opened": _("Cases, by the day of opening"),
    "closed": _("Cases, by the day of closing"),
    "referrals": _("Referrals to agencies, by the day of sending"),
    "mood_consent": _("Register of consents, on the last day"),
    "schools": _("Register of schools"),
    "cameras": _("Register of cameras"),
    "wired": _("Register of cameras"),
    "fixed_buttons": _("Register of panic buttons"),
    "mobile_buttons": _("Register of panic buttons"),
    "tested_buttons": _("Drills of the last month"),
}
ENDED_NAME = _("ended without an answer")
VALUE_NAMES: Final[dict[str, dict[str, Promise | str]]] = {
    "incidents": {each.value: each.label for each in Category if each not in NEVER_BY_QUARTER},
    "bullying": {each.value: each.label for each in Confirmed},
    "psychological": {outcome.value: outcome.label for outcome in Outcome},
    "legal": {outcome.value: outcome.label for outcome in Outcome},
    "referrals": {**{outcome.value: outcome.label for outcome in Outcome}, ENDED: ENDED_NAME},
}


def source_words(definition: Definition) -> str:
    """From what an indicator is counted, and which values of it."""
    return counted_words(definition.source, definition.values)


def counted_words(source: str, values: Iterable[str]) -> str:
    """As `source_words`, of a definition that a release keeps."""
    name = str(SOURCE_NAMES[source])
    parts = values_words(source, values)
    return f"{name}: {parts}" if parts else name


def values_words(source: str, values: Iterable[str]) -> str:
    """The values in words, as far as they have any."""
    names = VALUE_NAMES.get(source, {})
    return ", ".join(str(names[value]) for value in values if value in names)
