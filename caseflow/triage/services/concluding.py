"""An item that is decided on the page of the room it came from, and one whose time is over."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.clocks.services import end_calls, stop_clock
from caseflow.directory.actors import Actor
from caseflow.triage.enums import DECIDED_ELSEWHERE, OPEN_STATES, ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import scoped_items
from caseflow.triage.services.deciding import AlreadyDecidedError, ClaimedError
from caseflow.triage.services.filing import address_of


@transaction.atomic
def conclude_item(actor: Actor, item_id: UUID) -> TriageItem:
    """Close an item because its answer was given. Its clock stops.

    Raises TriageItem.DoesNotExist outside the actor's scope, AlreadyDecidedError for everybody but the first,
    ClaimedError while another is deciding.
    """
    scoped_items(actor).get(pk=item_id, kind__in=DECIDED_ELSEWHERE)
    now = timezone.now()
    free = Q(claimed_by=None) | Q(claimed_by=actor.user) | Q(claimed_until__lt=now)
    if not _closed(free, item_id, state=ItemState.ANSWERED, decided_by=actor.user, decided_at=now):
        rival = TriageItem.objects.select_related("decided_by", "proposed_by", "claimed_by").get(pk=item_id)
        if rival.is_open and rival.claimed_by and rival.claimed_until:
            raise ClaimedError(rival.claimed_by.short_name, rival.claimed_until)
        raise AlreadyDecidedError(rival)
    record(action="triage.decided", actor_id=actor.user.pk, role=actor.role, obj=f"triage:{item_id}")
    return scoped_items(actor).get(pk=item_id)


@transaction.atomic
def lapse_item(item_id: UUID) -> bool:
    """Close an item that waits, by nobody's decision: its time is over. False when somebody has decided."""
    if not _closed(Q(), item_id, state=ItemState.LAPSED, decided_at=timezone.now()):
        return False
    record(action="triage.lapsed", actor_id=None, role="", obj=f"triage:{item_id}")
    return True


def _closed(free: Q, item_id: UUID, **changes: Any) -> bool:
    waiting = TriageItem.objects.filter(free, pk=item_id, state__in=OPEN_STATES)
    if not waiting.update(**changes, claimed_by=None, claimed_until=None):
        return False
    item = TriageItem.objects.get(pk=item_id)
    stop_clock(item.psych_clock_id, changes["decided_at"])
    end_calls(address_of(item))
    return True
