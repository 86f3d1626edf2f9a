"""Somebody is away and somebody else stands in; it ends by itself."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.clocks.enums import AwayReason
from caseflow.clocks.models import Absence
from caseflow.clocks.selectors.absences import absences_of, absences_seen, absentee, possible_stand_ins
from caseflow.directory.actors import Actor
from caseflow.directory.models import Membership
from notifications.enums import AlertKind
from notifications.services import alert

LONGEST_DAYS = 366


class BadAbsenceError(ValueError):
    """The absence cannot be entered as it is; the message is for the person who enters it."""


@transaction.atomic
def enter_absence(
    actor: Actor,
    *,
    stand_in_id: int,
    first_day: date,
    last_day: date,
    reason: str = "",
    member_id: int | None = None,
) -> Absence:
    """Somebody is away from a day to a day, both included: the actor, or one of those whom a lead psychologist leads.
    Who stands in is told.

    Raises Membership.DoesNotExist for whoever the actor does not lead, BadAbsenceError.
    """
    who = absentee(actor, member_id)
    _check_days(who, first_day, last_day)
    stand_in = possible_stand_ins(who).filter(pk=stand_in_id).first()
    if stand_in is None:
        raise BadAbsenceError(
            _("Choose somebody who can stand in: in the same role at the same place, or the lead above")
        )
    if absences_of(stand_in).filter(first_day__lte=last_day, last_day__gte=first_day).exists():
        raise BadAbsenceError(_("This person is away in these days too"))
    absence = Absence.objects.create(
        membership=who,
        stand_in=stand_in,
        first_day=first_day,
        last_day=last_day,
        reason=AwayReason(reason),
        entered_by=actor.user,
        entered_at=timezone.now(),
    )
    _log(actor, "absence.entered", absence)
    alert(
        recipients=[(stand_in.user_id, stand_in.pk)],
        kind=AlertKind.STANDING_IN,
        params={},
        url=reverse("clocks:away"),
    )
    return absence


@transaction.atomic
def end_absence(actor: Actor, absence_id: UUID) -> Absence:
    """The person is back, or does not go: from now on nobody stands in. Raises Absence.DoesNotExist."""
    absence = absences_seen(actor).select_for_update(of=("self",)).get(pk=absence_id)
    absence.ended_at = timezone.now()
    absence.save(update_fields=["ended_at"])
    _log(actor, "absence.ended", absence)
    return absence


def _check_days(who: Membership, first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise BadAbsenceError(_("The last day must not lie before the first"))
    if last_day < timezone.localdate():
        raise BadAbsenceError(_("These days are over"))
    if last_day - first_day > timedelta(days=LONGEST_DAYS):
        raise BadAbsenceError(_("An absence lasts at most a year"))
    if absences_of(who).filter(first_day__lte=last_day, last_day__gte=first_day).exists():
        raise BadAbsenceError(_("An absence in these days has been entered already"))


def _log(actor: Actor, action: str, absence: Absence) -> None:
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"absence:{absence.pk}",
        detail={"membership": absence.membership_id, "stand_in": absence.stand_in_id},
    )
