from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.clocks.models import DutyCall
from caseflow.clocks.selectors.duty import RINGING, own_calls
from caseflow.clocks.selectors.reach import may_open
from caseflow.directory.actors import Actor


class AlreadyAnsweredError(Exception):
    """Somebody else has it: `by` (short name) since `at`; without a name it ended by itself."""

    def __init__(self, call: DutyCall) -> None:
        super().__init__(call.pk)
        self.call = call
        self.first = call.answered_by or (call.helped_by if call.is_ringing else None)
        self.by = self.first.short_name if self.first else ""
        self.at = call.answered_at or call.ended_at or call.helped_at


@transaction.atomic
def answer_call(actor: Actor, call_id: UUID) -> DutyCall:
    """Take a call for which the actor was rung; from then on it is silent.

    Whoever cannot open what it is about takes it, too, and is rung no more; the others are until somebody takes it who
    can. Raises DutyCall.DoesNotExist for whoever was not rung, AlreadyAnsweredError for everybody but the first.
    """
    call = own_calls(actor).get(pk=call_id)
    ringing, now = DutyCall.objects.filter(RINGING, pk=call.pk), timezone.now()
    opens = may_open(call, actor.role)
    if opens:
        taken = ringing.update(answered_by=actor.user, answered_at=now)
    else:
        taken = ringing.filter(helped_by=None).update(helped_by=actor.user, helped_at=now)
    if not taken:
        raise AlreadyAnsweredError(own_calls(actor).get(pk=call_id))
    record(
        action="duty.answered" if opens else "duty.helped",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"duty-call:{call.pk}",
    )
    return own_calls(actor).get(pk=call_id)
