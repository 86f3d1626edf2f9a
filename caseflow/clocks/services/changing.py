"""A running clock is paused, runs again, or is extended: with a reason, within the limits of its term, and provably."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.clocks.enums import ChangeKind
from caseflow.clocks.matters import changes as told_of_changes
from caseflow.clocks.models import Clock, ClockChange
from caseflow.clocks.rules import after_pause, extended
from caseflow.clocks.selectors.changing import ClockFile, basis_of, clock_file
from caseflow.clocks.selectors.deadlines import calendar_of
from caseflow.directory.actors import Actor
from caseflow.records.vault import seal, where

log = logging.getLogger(__name__)
SHORTEST_REASON = 5


class CannotChangeError(ValueError):
    """The clock cannot be changed so; the message is for the person who asked."""


@dataclass(frozen=True, slots=True)
class Marks:
    """When a clock warns and when it ends."""

    warn_at: datetime
    due_at: datetime


@transaction.atomic
def open_clock(actor: Actor, clock_id: UUID) -> ClockFile:
    """One clock with the reasons of its changes; the reading is recorded where there are any.

    Raises Clock.DoesNotExist for whoever may not open what it is for.
    """
    file = clock_file(actor, clock_id)
    if file.changes:
        _log(actor, "read", file)
    return file


@transaction.atomic
def pause_clock(actor: Actor, clock_id: UUID, *, through: date, reason: str) -> Clock:
    """Let the clock stand, through that day at the latest; what was left of its term is left afterwards.

    Raises Clock.DoesNotExist, CannotChangeError (done, overdue, not to be paused, too long, no reason).
    """
    file = _running(actor, clock_id)
    said, until, last = _said(reason), _end_of(through), file.last_day
    if not file.may_pause or last is None:
        raise CannotChangeError(_("This deadline cannot be paused"))
    if not timezone.localdate(file.now) <= through <= last:
        raise CannotChangeError(_("It can be paused until %(day)s at the latest") % {"day": f"{last:%d.%m.%Y}"})
    marks = _after_pause(file.clock, _marks(file.clock), file.now, until)
    change = _change(file, ChangeKind.PAUSED, marks, until=until)
    _write(actor, file, change, said, paused_at=file.now, paused_until=until)
    _log(actor, "clock.paused", file)
    return file.clock


@transaction.atomic
def end_pause(actor: Actor, clock_id: UUID) -> Clock:
    """Let the clock run again before the end of its pause. Raises Clock.DoesNotExist, CannotChangeError."""
    file = _running(actor, clock_id)
    if not file.may_resume:
        raise CannotChangeError(_("This deadline is not paused"))
    _resume(file.clock, file.now, actor)
    _log(actor, "clock.resumed", file)
    return file.clock


@transaction.atomic
def extend_clock(actor: Actor, clock_id: UUID, *, amount: int, reason: str) -> Clock:
    """Move the end and the warning by `amount`, in unit and time of the clock's term.

    Whoever has the matter may give themselves as much as the term is long, the lead psychologist as much as the table
    allows. Raises Clock.DoesNotExist, CannotChangeError.
    """
    file = _running(actor, clock_id)
    said = _said(reason)
    if not file.extension:
        raise CannotChangeError(_refused(file))
    if not 0 < amount <= file.extension:
        raise CannotChangeError(_("It can be extended by %(most)s at most") % {"most": file.extension})
    basis = basis_of(file.clock)
    calendar = calendar_of(file.clock.place, basis, file.now)
    moved = [extended(at, amount, file.term.unit, basis, calendar) for at in (file.clock.warn_at, file.clock.due_at)]
    change = _change(file, ChangeKind.EXTENDED, Marks(*moved), amount=amount)
    _write(actor, file, change, said)
    _log(actor, "clock.extended", file)
    return file.clock


def end_pauses(now: datetime) -> int:
    """Let the clocks run again whose pause is over; returns how many."""
    over = Clock.objects.filter(paused_until__lte=now, stopped_at=None).select_related(
        "school__district", "region", "rule"
    )
    return sum(_ends(clock) for clock in over)


def _ends(clock: Clock) -> bool:
    try:
        with transaction.atomic():
            return _resume(clock, clock.paused_until or clock.due_at, None)
    except Exception:
        log.exception("The pause of clock %s could not end, the next sweep tries again", clock.pk)
        return False


def _resume(clock: Clock, at: datetime, actor: Actor | None) -> bool:
    """Run again at `at`; False where somebody was faster."""
    pause = clock.changes.filter(kind=ChangeKind.PAUSED).latest("at")
    marks = _after_pause(clock, Marks(pause.warn_before, pause.due_before), pause.at, at)
    change = ClockChange(
        clock=clock,
        kind=ChangeKind.RESUMED,
        at=at,
        by=actor.user if actor else None,
        role=actor.role if actor else "",
        warn_before=clock.warn_at,
        due_before=clock.due_at,
        warn_after=marks.warn_at,
        due_after=marks.due_at,
    )
    return _apply(clock, change, paused_at=None, paused_until=None)


def _running(actor: Actor, clock_id: UUID) -> ClockFile:
    file = clock_file(actor, clock_id)
    if not file.matter.may_change:
        raise Clock.DoesNotExist
    if not file.is_running:
        raise CannotChangeError(_("This deadline is over already, it stays as it is"))
    return file


def _refused(file: ClockFile) -> str:
    if file.is_paused:
        return _("This deadline is paused. Let it run again first")
    if file.limits.extension:
        return _("Only the lead psychologist can extend it further")
    return _("This deadline cannot be extended")


def _said(reason: str) -> str:
    if len(reason.strip()) < SHORTEST_REASON:
        raise CannotChangeError(_("Say why in a few words"))
    return reason.strip()


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())


def _marks(clock: Clock) -> Marks:
    return Marks(clock.warn_at, clock.due_at)


def _after_pause(clock: Clock, marks: Marks, paused_at: datetime, resumed_at: datetime) -> Marks:
    basis = basis_of(clock)
    calendar = calendar_of(clock.place, basis, paused_at)
    return Marks(*(after_pause(at, paused_at, resumed_at, basis, calendar) for at in (marks.warn_at, marks.due_at)))


def _change(file: ClockFile, kind: ChangeKind, marks: Marks, **facts: object) -> ClockChange:
    clock = file.clock
    return ClockChange(
        clock=clock,
        kind=kind,
        at=file.now,
        warn_before=clock.warn_at,
        due_before=clock.due_at,
        warn_after=marks.warn_at,
        due_after=marks.due_at,
        **facts,
    )


def _write(actor: Actor, file: ClockFile, change: ClockChange, said: str, **moved: object) -> None:
    change.by, change.role = actor.user, actor.role
    change.reason_sealed = seal(file.matter.key, said, where("clocks.ClockChange", change.pk, "reason"))
    if not _apply(file.clock, change, **moved):
        raise CannotChangeError(_("Somebody else has just changed this deadline"))


def _apply(clock: Clock, change: ClockChange, **moved: object) -> bool:
    """Move the marks as the change says, unless the clock was stopped or changed meanwhile; and tell the rooms."""
    same = Clock.objects.filter(pk=clock.pk, stopped_at=None, paused_until=clock.paused_until)
    to: dict[str, object] = {"warn_at": change.warn_after, "due_at": change.due_after, **moved}
    if change.warn_after > change.at:
        to["warned_at"] = None  # it is told of again when it nears its new end
    if not same.filter(due_at=change.due_before).update(**to):
        return False
    for name, value in to.items():
        setattr(clock, name, value)
    change.save(force_insert=True)
    for tell in told_of_changes.of(clock.code):
        tell(clock, change)
    return True


def _log(actor: Actor, action: str, file: ClockFile) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"clock:{file.clock.pk}",
        pupil_id=file.matter.pupil_id,
        detail={"code": file.clock.code, "due": file.clock.due_at.isoformat()},
    )
