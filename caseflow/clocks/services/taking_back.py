"""A shift that was taken off and an absence that was ended by mistake stand again, for a few seconds."""

from datetime import datetime
from typing import cast

from django.urls import reverse

from caseflow.audit.services import record
from caseflow.clocks.models import Absence, DutyShift
from caseflow.clocks.selectors.absences import absences_of, may_end
from caseflow.clocks.selectors.duty import candidates, unit_of_keeper
from caseflow.clocks.services.roster import REMOVED
from caseflow.directory.actors import Actor
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import put_back, removed_rows


def put_on_again(actor: Actor, shift_id: str, _facts: Facts) -> str:
    """Take back that the actor took a shift off, or let it end now. Returns the page of the roster.

    Raises Removed.DoesNotExist, DutyShift.DoesNotExist (keeps no roster any more), TooLateError (the person can no
    longer be on duty here, or is at that time by now).
    """
    (removed,) = removed_rows(actor, REMOVED, shift_id)
    shift = cast("DutyShift", removed)
    own = all(getattr(shift, f"{kind}_id") == pk for kind, pk in unit_of_keeper(actor).items())
    others = DutyShift.objects.filter(membership=shift.membership_id).exclude(pk=shift.pk)
    taken = others.filter(starts_at__lt=shift.ends_at, ends_at__gt=shift.starts_at)
    if not own or taken.exists() or not candidates(actor).filter(pk=shift.membership_id).exists():
        raise TooLateError
    if not DutyShift.objects.filter(pk=shift.pk).update(ends_at=shift.ends_at):
        put_back([shift])
    _log(actor, "duty.shift_restored", f"duty-shift:{shift.pk}", shift.membership_id)
    return reverse("clocks:roster")


def be_away_again(actor: Actor, absence_id: str, facts: Facts) -> str:
    """Take back that an absence was ended. Returns the page of absences.

    Raises Absence.DoesNotExist (of nobody whom the actor leads, ended anew meanwhile), TooLateError (somebody of the
    two is entered as away in these days by now).
    """
    at = datetime.fromisoformat(facts["at"])
    absence = may_end(actor, Absence.objects.select_for_update(of=("self",))).get(pk=absence_id, ended_at=at)
    days = {"first_day__lte": absence.last_day, "last_day__gte": absence.first_day}
    people = (absence.membership, absence.stand_in)
    if any(absences_of(one).filter(**days).exists() for one in people):
        raise TooLateError
    absence.ended_at = None
    absence.save(update_fields=["ended_at"])
    _log(actor, "absence.restored", f"absence:{absence.pk}", absence.membership_id)
    own = absence.membership_id == actor.membership.pk
    return reverse("clocks:away") if own else reverse("clocks:away-of", args=[absence.membership_id])


def _log(actor: Actor, action: str, obj: str, membership_id: int) -> None:
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=obj, detail={"membership": membership_id})
