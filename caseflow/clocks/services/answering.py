from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.clocks.models import DutyCall
from caseflow.clocks.selectors.duty import RINGING, own_calls
from caseflow.directory.actors import Actor


class AlreadyAnsweredError(Exception):
    """Somebody else has it: `by` (short name) since `at`; without a name it ended by itself."""

    def __init__(self, call: DutyCall) -> None:
        super().__init__(call.pk)
        self.call = call
        self.by = call.answered_by.short_name if call.answered_by else ""
        self.at = call.answered_at or call.ended_at


@transaction.atomic
def answer_call(actor: Actor, call_id: UUID) -> DutyCall:
    """Take a call for which the actor was rung; from then on it is silent.

    Raises DutyCall.DoesNotExist for whoever was not rung, AlreadyAnsweredError for everybody but the first.
    """
    call = own_calls(actor).get(pk=call_id)
    ringing = DutyCall.objects.filter(RINGING, pk=call.pk)
    if not ringing.update(answered_by=actor.user, answered_at=timezone.now()):
        raise AlreadyAnsweredError(own_calls(actor).get(pk=call_id))
    record(action="duty.answered", actor_id=actor.user.pk, role=actor.role, obj=f"duty-call:{call.pk}")
    return own_calls(actor).get(pk=call_id)
