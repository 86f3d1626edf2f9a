"""A term is changed by a new row with its source and the day from which it holds; what held before stays as it was."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.clocks.enums import Basis, Unit
from caseflow.clocks.models import DeadlineRule
from caseflow.clocks.rules import STEP
from caseflow.clocks.selectors.table import may_edit_terms, term_of_code
from caseflow.directory.actors import Actor

LONGEST_DAYS = 250  # as many working days fit into the 400 days ahead whose breaks a calendar knows
LONGEST_PAUSE_DAYS = 90
SHORTEST_SOURCE = 5


class BadTermError(ValueError):
    """The term cannot be entered as it is; the message is for the person who edits the table."""


@dataclass(frozen=True, slots=True)
class NewTerm:
    """A term as it is entered; `longest_pause` in days, `longest_extension` in the unit of the term."""

    amount: int
    unit: str
    basis: str
    source: str
    effective_from: date
    note: str = ""
    longest_pause: int = 0
    longest_extension: int = 0

    def rule(self, code: str) -> DeadlineRule:
        """As a row that is not saved."""
        return DeadlineRule(
            code=code,
            amount=self.amount,
            unit=Unit(self.unit),
            basis=Basis(self.basis),
            source=self.source.strip(),
            effective_from=self.effective_from,
            note=self.note.strip(),
            longest_pause=self.longest_pause,
            longest_extension=self.longest_extension,
        )


@transaction.atomic
def change_term(actor: Actor, code: str, new: NewTerm) -> DeadlineRule:
    """Enter what holds for `code` from a day on, today or later.

    Raises PermissionDenied for everybody but the lead psychologist of a region, UnknownDeadlineError, BadTermError.
    """
    rule = checked_term(actor, code, new)
    rule.save(force_insert=True)
    record(
        action="clock.term_changed",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"deadline:{code}",
        detail={
            "amount": rule.amount,
            "unit": rule.unit,
            "basis": rule.basis,
            "from": rule.effective_from.isoformat(),
            "longest_pause": rule.longest_pause,
            "longest_extension": rule.longest_extension,
        },
    )
    return rule


def checked_term(actor: Actor, code: str, new: NewTerm) -> DeadlineRule:
    """The row that `change_term` would enter, with the same refusals; nothing is saved."""
    if not may_edit_terms(actor):
        raise PermissionDenied
    term = term_of_code(code)
    rule = new.rule(code)
    _check_length(rule)
    _check_limits(rule)
    if len(rule.source) < SHORTEST_SOURCE:
        raise BadTermError(_("Name the source: the act with its number and date, or the decision"))
    if rule.effective_from < timezone.localdate():
        raise BadTermError(_("A term holds from today at the earliest: what has begun runs under the old one"))
    if any(row.effective_from == rule.effective_from for row in term.rows):
        raise BadTermError(_("From that day on another term has been entered already"))
    return rule


def _check_length(rule: DeadlineRule) -> None:
    ends_today = rule.unit == Unit.DAYS and rule.basis == Basis.WALL
    if rule.amount == 0 and not ends_today:
        raise BadTermError(_("Only a term in days of wall time may be 0: by the end of the same day"))
    if (rule.amount * STEP[Unit(rule.unit)]).days > LONGEST_DAYS:
        raise BadTermError(_("A term lasts at most %(days)s days") % {"days": LONGEST_DAYS})


def _check_limits(rule: DeadlineRule) -> None:
    if rule.is_fixed and (rule.longest_pause or rule.longest_extension):
        raise BadTermError(_("This deadline can never be paused or extended"))
    if rule.longest_pause > LONGEST_PAUSE_DAYS:
        raise BadTermError(_("A pause lasts at most %(days)s days") % {"days": LONGEST_PAUSE_DAYS})
    if (rule.longest_extension * STEP[Unit(rule.unit)]).days > LONGEST_DAYS:
        raise BadTermError(_("An extension lasts at most %(days)s days") % {"days": LONGEST_DAYS})
