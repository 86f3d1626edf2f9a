"""The table of terms: what holds, what held, what will hold, and who is told when it is missed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from caseflow.clocks.enums import Basis
from caseflow.clocks.models import DeadlineRule, EscalationStep
from caseflow.clocks.rules import due_time
from caseflow.clocks.selectors.deadlines import UnknownDeadlineError, calendar_of
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role

OUTSIDE_THE_STAFF = (Role.PARENT, Role.PUPIL)
STAFF = tuple(role for role in Role if role not in OUTSIDE_THE_STAFF)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a ladder: how long after the end it comes, and whom it tells, as codes "level:role"."""

    number: int
    first: EscalationStep
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """The terms of one code, the newest first, and its ladder in force."""

    code: str
    rows: tuple[DeadlineRule, ...]
    ladder: tuple[Step, ...]
    today: date

    @property
    def current(self) -> DeadlineRule | None:
        """What holds today."""
        return next((row for row in self.rows if row.effective_from <= self.today), None)

    @property
    def coming(self) -> tuple[DeadlineRule, ...]:
        """What will hold, the nearest first."""
        return tuple(reversed([row for row in self.rows if row.effective_from > self.today]))

    @property
    def past(self) -> tuple[DeadlineRule, ...]:
        """What held before, the newest first."""
        return tuple(row for row in self.rows if row.effective_from <= self.today)[1:]


def terms() -> list[Term]:
    """All codes with their terms and ladders, by code. Two queries."""
    today = timezone.localdate()
    rows: defaultdict[str, list[DeadlineRule]] = defaultdict(list)
    for rule in DeadlineRule.objects.order_by("code", "-effective_from"):
        rows[rule.code].append(rule)
    ladders = _ladders(today)
    return [Term(code, tuple(found), ladders.get(code, ()), today) for code, found in sorted(rows.items())]


def term_of_code(code: str) -> Term:
    """One code. Raises UnknownDeadlineError."""
    found = next((term for term in terms() if term.code == code), None)
    if found is None:
        raise UnknownDeadlineError(code)
    return found


def may_edit_terms(actor: Actor) -> bool:
    """The lead psychologist of a region answers for the table."""
    return actor.role == Role.LEAD_PSYCHOLOGIST and actor.membership.region_id is not None


def due_if_begun(actor: Actor, rule: DeadlineRule, start: datetime) -> datetime | None:
    """When something that begins at `start` in a school of the actor would be due under the rule, saved or not.

    None where the actor reaches no school.
    """
    school = actor.schools().select_related("district").order_by("pk").first()
    if school is None:
        return None
    return due_time(start, rule.amount, rule.unit, rule.basis, calendar_of(school, Basis(rule.basis), start))


def _ladders(today: date) -> dict[str, tuple[Step, ...]]:
    """The ladder in force of each code: the rows of the latest day not after today."""
    ladders: dict[str, tuple[Step, ...]] = {}
    rows = EscalationStep.objects.filter(effective_from__lte=today).order_by("code", "-effective_from", "step", "pk")
    for code, of_code in groupby(rows, key=lambda row: row.code):
        latest = next(groupby(of_code, key=lambda row: row.effective_from))[1]
        ladders[code] = tuple(_step(list(group)) for _number, group in groupby(latest, key=lambda row: row.step))
    return ladders


def _step(rows: list[EscalationStep]) -> Step:
    return Step(rows[0].step, rows[0], tuple(row.target for row in rows))
