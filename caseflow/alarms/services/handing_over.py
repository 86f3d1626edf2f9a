from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.accounts.models import User
from caseflow.alarms.enums import Step
from caseflow.alarms.models import Alarm, AlarmStep
from caseflow.alarms.rules import TAKEN
from caseflow.alarms.selectors.calling import operators_of
from caseflow.alarms.selectors.scope import centre_of
from caseflow.alarms.services.answering import BadAlarmError
from caseflow.audit.services import record
from caseflow.directory.actors import Actor


def held_by(actor: Actor) -> QuerySet[Alarm]:
    """The open alarms the operator holds."""
    return Alarm.objects.filter(operator=actor.user, centre=centre_of(actor), state__in=TAKEN)


def colleagues(actor: Actor) -> QuerySet[User]:
    """Who can take the operator's alarms: the other operators of the same centre."""
    centre = centre_of(actor)
    if centre is None:
        return User.objects.none()
    return User.objects.filter(pk__in=operators_of(centre).values("user")).exclude(pk=actor.user.pk)


@transaction.atomic
def hand_over(actor: Actor, to: int | None) -> int:
    """Give all alarms the operator holds to a colleague (a user id) at the end of the shift; returns how many.

    Raises BadAlarmError while alarms are held and no colleague of the same centre is named. The caller ends the
    session.
    """
    held = list(held_by(actor).select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    colleague = colleagues(actor).filter(pk=to).first() if to else None
    if held and colleague is None:
        raise BadAlarmError(_("Choose who takes your open alarms"))
    now = timezone.now()
    Alarm.objects.filter(pk__in=held).update(operator=colleague)
    AlarmStep.objects.bulk_create(AlarmStep(alarm_id=pk, step=Step.HANDED_OVER, at=now, by=colleague) for pk in held)
    record(
        action="alarm.shift_ended",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"agency:{actor.membership.agency_id}",
        detail={"alarms": [str(pk) for pk in held], "to": colleague.pk if colleague else None},
    )
    return len(held)
