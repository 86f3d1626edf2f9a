"""A psychologist's decision about a signal, with the reason that rule 4 asks for."""

from uuid import UUID

from django.db import transaction

from analytics.selectors.signals import review_of
from caseflow.cases.selectors import open_case_of
from caseflow.directory.actors import Actor
from caseflow.triage.enums import Decision
from caseflow.triage.models import TriageItem
from caseflow.triage.services import decide


@transaction.atomic
def decide_signal(actor: Actor, item_id: UUID, *, decision: str, reason_code: str, reason: str) -> TriageItem:
    """Open a case, link the pupil's open case, or dismiss; the reason stays with the item and is blank when it is.

    Raises Signal.DoesNotExist (not the actor's, gate closed), and what `triage.services.decide` raises.
    """
    signal = review_of(actor, item_id).signal
    case = open_case_of(signal.pupil_id, signal.triage_item.school_id) if decision == Decision.LINK else None
    return decide(
        actor,
        item_id=item_id,
        decision=decision,
        reason_code=reason_code,
        reason=reason,
        case_id=case.pk if case else None,
    )
