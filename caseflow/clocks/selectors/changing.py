"""One clock for whoever may open what it is for, what may still be done to it, and what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from caseflow.clocks.enums import Basis, ChangeKind
from caseflow.clocks.matters import Matter, matter_of
from caseflow.clocks.models import Clock, ClockChange, DeadlineRule
from caseflow.clocks.rules import Limits, limits
from caseflow.clocks.selectors.deadlines import is_paused, rule_in_force
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.records.models import DataKey
from caseflow.records.vault import unseal, where

CHANGERS = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE, Role.CLASS_TEACHER)


@dataclass(frozen=True, slots=True)
class ReadChange:
    """A change with its reason in clear."""

    change: ClockChange
    reason: str


@dataclass(frozen=True, slots=True)
class ClockFile:
    """A clock as it stands at `now`. `limits` is what its term still allows, whoever asks."""

    clock: Clock
    matter: Matter
    term: DeadlineRule
    limits: Limits
    changes: tuple[ReadChange, ...]
    now: datetime
    for_lead: bool

    @property
    def is_paused(self) -> bool:
        return is_paused(self.clock, self.now)

    @property
    def is_running(self) -> bool:
        """Whether it may still be changed: what is done or overdue stays as it is."""
        return self.clock.stopped_at is None and self.now <= self.clock.due_at

    @property
    def last_day(self) -> date | None:
        """The last day through which the clock may stand; None where it may not."""
        last = timezone.localdate(self.now + self.limits.pause) - timedelta(days=1)
        return last if last >= timezone.localdate(self.now) else None

    @property
    def may_resume(self) -> bool:
        return self.matter.may_change and self.is_running and self.is_paused

    @property
    def may_pause(self) -> bool:
        free = self.is_running and not self.is_paused and self.last_day is not None
        return self.matter.may_change and free

    @property
    def extension(self) -> int:
        """By how much the reader may extend it; beyond the length of the term the lead alone."""
        if not (self.matter.may_change and self.is_running) or self.is_paused:
            return 0
        return self.limits.extension if self.for_lead else self.limits.own_extension


def clock_file(actor: Actor, clock_id: UUID, now: datetime | None = None) -> ClockFile:
    """The clock with what it is for. Raises Clock.DoesNotExist for whoever may not open that."""
    clock = Clock.objects.select_related("school__district", "region", "rule").get(pk=clock_id)
    matter = matter_of(actor, clock)
    if matter is None:
        raise Clock.DoesNotExist
    term, changes = term_of(clock), list(clock.changes.select_related("by"))
    return ClockFile(
        clock=clock,
        matter=matter,
        term=term,
        limits=_limits(term, changes),
        changes=tuple(ReadChange(each, reason_of(each, matter.key)) for each in changes),
        now=now or timezone.now(),
        for_lead=actor.role == Role.LEAD_PSYCHOLOGIST,
    )


def term_of(clock: Clock) -> DeadlineRule:
    """The term under which the clock started: that of its code on that day where a person has set the end."""
    return clock.rule or rule_in_force(clock.code, timezone.localdate(clock.started_at))


def basis_of(clock: Clock) -> Basis:
    """What time counts for the clock; an end that a person has set is a moment of the wall's."""
    return Basis(clock.rule.basis) if clock.rule else Basis.WALL


def _limits(term: DeadlineRule, changes: Sequence[ClockChange]) -> Limits:
    begun: datetime | None = None
    paused = timedelta(0)
    for change in changes:
        if change.kind == ChangeKind.PAUSED:
            begun = change.at
        elif change.kind == ChangeKind.RESUMED and begun:
            paused, begun = paused + (change.at - begun), None
    return limits(
        longest_pause=term.longest_pause,
        paused=paused,
        longest_extension=term.longest_extension,
        extended=sum(change.amount for change in changes),
        amount=term.amount,
    )


def reason_of(change: ClockChange, key: DataKey) -> str:
    """Why a clock was changed, unsealed with the key of what it is for."""
    return unseal(key, change.reason_sealed, where("clocks.ClockChange", change.pk, "reason"))
