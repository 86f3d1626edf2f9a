"""The ladder of a missed clock, and how far it was climbed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from caseflow.clocks.enums import Basis
from caseflow.clocks.models import Clock, Escalation, EscalationStep, MissedNumber
from caseflow.clocks.rules import due_time
from caseflow.clocks.selectors.deadlines import calendar_of


@dataclass(frozen=True, slots=True)
class Rise:
    """A step of a clock's ladder: when it is due, and whom it tells, as codes "level:role"."""

    due_at: datetime
    targets: tuple[str, ...]


def is_laddered(code: str, started_at: datetime) -> bool:
    """Whether missed clocks of this code that began then climb a ladder."""
    return EscalationStep.objects.filter(code=code, effective_from__lte=timezone.localdate(started_at)).exists()


def ladder_of(clock: Clock) -> list[Rise]:
    """The steps of a clock in order, under the ladder in force when it started; empty where there is none."""
    known = EscalationStep.objects.filter(code=clock.code, effective_from__lte=timezone.localdate(clock.started_at))
    latest = known.order_by("-effective_from").values("effective_from")[:1]
    rows = list(known.filter(effective_from=latest).order_by("step", "pk"))
    return [_rise(clock, list(group)) for _number, group in groupby(rows, key=lambda row: row.step)]


def reached_by(clock: Clock) -> Escalation | None:
    """The highest step a clock has reached."""
    return clock.escalations.order_by("-step").first()


def escalations_of(*clocks: Clock | None) -> QuerySet[Escalation]:
    """The steps that these clocks have reached, in order."""
    reached = Escalation.objects.filter(clock__in=[clock.pk for clock in clocks if clock])
    return reached.select_related("clock").order_by("at", "step")


def known_numbers(clock_ids: Collection[UUID]) -> dict[UUID, str]:
    """The numbers by which these missed clocks were spoken of outside; none for those that never were. 1 query."""
    return dict(MissedNumber.objects.filter(clock__in=clock_ids).values_list("clock", "number"))


def _rise(clock: Clock, rows: list[EscalationStep]) -> Rise:
    first = rows[0]
    calendar = calendar_of(clock.place, Basis(first.basis), clock.due_at)
    due = due_time(clock.due_at, first.amount, first.unit, first.basis, calendar)
    return Rise(due, tuple(row.target for row in rows))
