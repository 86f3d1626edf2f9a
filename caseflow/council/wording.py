"""Sessions and decisions in words, the same on page and paper."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from caseflow.council.enums import DecisionState, Move
from caseflow.council.models import Decision, Session
from caseflow.council.selectors.register import is_late

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrPromise

MISSING: "Mapping[str, StrPromise]" = {
    "no_members": _("The council has no members: enter them first."),
    "attendance": _("Of some members nobody has said whether they are there."),
    "no_items": _("The agenda is empty."),
    "unheard": _("Of some points the minutes say nothing yet."),
    "drafts": _("Some decisions are drafts: approve them or drop them."),
    "no_quorum": _("Too few members are there to decide: the quorum is not met."),
}
ASKS: "Mapping[Move, StrPromise]" = {
    Move.PROGRESS: _("What has been done so far"),
    Move.REPORT: _("What was done, and what proves it"),
    Move.RETURN: _("What is still missing"),
    Move.ASK_LONGER: _("Why more time is needed"),
    Move.REFUSE_LONGER: _("Why there is no more time"),
    Move.LIFT: _("Why the decision is lifted"),
    Move.ACCEPT: _("Word to the agency, if you like"),
    Move.GIVE_LONGER: _("Word to the agency, if you like"),
}
BUTTONS: "Mapping[Move, StrPromise]" = {
    Move.APPROVE: _("Approve the decision"),
    Move.PROGRESS: _("Keep the progress"),
    Move.REPORT: _("Report it as done"),
    Move.ACCEPT: _("Accept it as done"),
    Move.RETURN: _("Return it"),
    Move.ASK_LONGER: _("Ask for more time"),
    Move.GIVE_LONGER: _("Give more time"),
    Move.REFUSE_LONGER: _("Refuse more time"),
    Move.LIFT: _("Lift the decision"),
}
DONE: "Mapping[Move, StrPromise]" = {
    Move.APPROVE: _("The decision is approved, and the agency is told."),
    Move.PROGRESS: _("The progress is kept."),
    Move.REPORT: _("It is reported as done. The chair accepts it or returns it."),
    Move.ACCEPT: _("The decision is done, and the agency is told."),
    Move.RETURN: _("It is returned to the agency with your words."),
    Move.ASK_LONGER: _("The chair is asked for more time."),
    Move.GIVE_LONGER: _("The new day holds, and the agency is told."),
    Move.REFUSE_LONGER: _("The old day holds, and the agency is told."),
    Move.LIFT: _("The decision is lifted, and the agency is told."),
}


def session_title(session: Session) -> str:
    """«Session no. 3 of 2026»."""
    return gettext("Session no. %(number)s of %(year)s") % {"number": session.number, "year": session.year}


def decision_title(decision: Decision) -> str:
    """«Decision no. 4/2026», or that it is a draft."""
    if decision.number is None:
        return gettext("Draft of a decision")
    return gettext("Decision no. %(number)s/%(year)s") % {"number": decision.number, "year": decision.session.year}


def state_words(decision: Decision) -> str:
    """How far a decision is; an overdue one says since how many days."""
    if is_late(decision):
        late = days_late(decision)
        words = ngettext("overdue, %(days)s day", "overdue, %(days)s days", late) % {"days": late}
        return words if late else gettext("overdue")
    if decision.asked_until is not None:
        return gettext("more time is asked for, until %(day)s") % {"day": day_words(decision.asked_until)}
    if decision.state == DecisionState.DONE and decision.clock and decision.clock.stopped_at:
        done = timezone.localdate(decision.clock.stopped_at)
        if decision.clock.stopped_at > decision.clock.due_at:
            return gettext("done late, %(day)s") % {"day": day_words(done)}
        return gettext("done in time, %(day)s") % {"day": day_words(done)}
    return str(decision.get_state_display())


def days_late(decision: Decision) -> int:
    """How many whole days have passed since its end, as its clock counts them."""
    return (timezone.now() - decision.clock.due_at).days if decision.clock else 0


def day_words(day: date) -> str:
    return date_format(day, "d.m.Y")
