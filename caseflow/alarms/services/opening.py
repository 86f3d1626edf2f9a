from uuid import UUID

from django.db import transaction

from caseflow.alarms.selectors.reading import SHOWN, AlarmView, view_of
from caseflow.alarms.selectors.scope import scoped_alarms
from caseflow.audit.services import record
from caseflow.directory.actors import Actor


@transaction.atomic
def open_alarm(actor: Actor, alarm_id: UUID) -> AlarmView:
    """Show one alarm; a name that is shown with it is recorded. Raises Alarm.DoesNotExist outside the scope."""
    alarm = scoped_alarms(actor).select_related(*SHOWN).prefetch_related("messages").get(pk=alarm_id)
    view = view_of(actor, alarm)
    if view.presser:
        record(action="read", actor_id=actor.user.pk, role=actor.role, obj=f"alarm:{alarm.pk}")
    return view
