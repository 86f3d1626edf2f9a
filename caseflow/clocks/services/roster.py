from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.clocks.models import DutyShift
from caseflow.clocks.selectors.duty import candidates, shifts_of, unit_of_keeper
from caseflow.directory.actors import Actor
from caseflow.undo.services import keep_removed

LONGEST_SHIFT = timedelta(days=31)
REMOVED = "shift_removed"  # as an act that can be undone


class BadShiftError(ValueError):
    """The shift cannot be entered as it is; the message is for the person who keeps the roster."""


@transaction.atomic
def add_shift(actor: Actor, *, member_id: int, starts_at: datetime, ends_at: datetime) -> DutyShift:
    """Put somebody on the actor's roster. Raises DutyShift.DoesNotExist for whoever keeps none, BadShiftError."""
    unit = unit_of_keeper(actor)
    member = candidates(actor).filter(pk=member_id).first()
    if member is None:
        raise BadShiftError(_("Choose somebody who can be on duty here"))
    _check_times(starts_at, ends_at)
    if DutyShift.objects.filter(membership=member, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise BadShiftError(_("This person is on duty at that time already"))
    shift = DutyShift(membership=member, starts_at=starts_at, ends_at=ends_at)
    for kind, pk in unit.items():
        setattr(shift, f"{kind}_id", pk)
    shift.save(force_insert=True)
    _log(actor, "duty.shift_added", shift)
    return shift


@transaction.atomic
def remove_shift(actor: Actor, shift_id: UUID) -> bool:
    """Take a shift out of the actor's roster. True: it is gone; False: it had begun, so it ends now and stays as proof.

    Raises DutyShift.DoesNotExist (somebody else's roster, or over already).
    """
    shift, now = shifts_of(actor).select_for_update(of=("self",)).get(pk=shift_id), timezone.now()
    begun = shift.starts_at < now
    keep_removed(actor, REMOVED, shift.pk, [shift])
    _log(actor, "duty.shift_removed", shift)
    if begun:
        DutyShift.objects.filter(pk=shift.pk).update(ends_at=now)
    else:
        DutyShift.objects.filter(pk=shift.pk).delete()
    return not begun


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise BadShiftError(_("The end must come after the beginning"))
    if ends_at <= timezone.now():
        raise BadShiftError(_("This time is over"))
    if ends_at - starts_at > LONGEST_SHIFT:
        raise BadShiftError(_("A shift lasts at most %(days)s days") % {"days": LONGEST_SHIFT.days})


def _log(actor: Actor, action: str, shift: DutyShift) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"duty-shift:{shift.pk}",
        detail={"membership": shift.membership_id},
    )
