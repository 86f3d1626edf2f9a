"""Figures, questions and refusals in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from caseflow.explorer.enums import Shown, State
from caseflow.explorer.rules.questions import MOST_CELLS, NEWEST, RefusedQuestionError, Why
from caseflow.indicators.rules.periods import period_named
from caseflow.releases.wording import change_words, percent_words, period_words, times_words

if TYPE_CHECKING:
    from caseflow.explorer.selectors.laying_out import Entry
    from caseflow.explorer.selectors.shelves import Released

DIGEST_SHOWN: Final = 16

EVERYWHERE_NAME: Final = _("The region and every district")
ROLLING_NAMES: Final = {
    NEWEST: _("The newest quarter, whichever it is"),
    "last-4": _("The four newest quarters"),
    "newest-year": _("The newest year"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A figure in words. `hidden` bears the mark of what is hidden, `number` stands in line with other numbers."""

    text: str
    hidden: bool = False
    number: bool = False


def said(entry: "Entry", shown: Shown) -> Said:
    """What stands in a cell."""
    state = entry.cell.state
    if state in (State.NOT_COUNTED, State.OTHERWISE):
        return Said(str(state.label))
    if shown == Shown.FIGURE:
        return _figure(entry)
    if entry.column.is_time:
        return Said(gettext("not of times"))
    return _share(entry) if shown == Shown.SHARE else _change(entry)


def _figure(entry: "Entry") -> Said:
    if entry.column.is_time:
        return Said(times_words(entry.cell.times))
    if entry.cell.count is None:
        return Said(str(State.HIDDEN.label), hidden=True)
    return Said(str(entry.cell.count), number=True)


def _share(entry: "Entry") -> Said:
    if not entry.column.has_share:
        return Said(gettext("no share"))
    share = entry.cell.share
    return Said(percent_words(share), number=share is not None)


def _change(entry: "Entry") -> Said:
    if not entry.cell.has_before:
        return Said(gettext("not counted a year before"))
    change = entry.cell.change
    return Said(change_words(change), number=change is not None)


def release_words(released: "Released") -> str:
    """From which release figures are: its period, its version where it was corrected, the day and the checksum."""
    facts = {
        "period": period_words(period_named(released.period)),
        "version": released.version,
        "day": f"{timezone.localtime(released.made_at):%d.%m.%Y}",
        "digest": released.digest[:DIGEST_SHOWN],
    }
    if released.version == 1:
        return gettext("%(period)s, released on %(day)s, checksum %(digest)s") % facts
    return gettext("%(period)s, corrected version %(version)s, released on %(day)s, checksum %(digest)s") % facts


def refusal_words(refused: RefusedQuestionError) -> str:
    """Why there is no answer, and what helps."""
    if refused.why is Why.SAME_AXIS:
        return gettext("The same stands in rows and columns. Choose another for one of them.")
    if refused.why is Why.NOTHING:
        return gettext("Choose at least one indicator, one place and one period.")
    return ngettext(
        "This would be %(cells)s figure; %(most)s is the most. Choose fewer indicators, places or periods.",
        "This would be %(cells)s figures; %(most)s is the most. Choose fewer indicators, places or periods.",
        refused.cells,
    ) % {"cells": refused.cells, "most": MOST_CELLS}
