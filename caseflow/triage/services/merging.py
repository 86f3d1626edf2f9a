"""An item whose report tells of the same event as another: it is closed with it, and opened when they are split."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.clocks.services import end_calls
from caseflow.directory.actors import Actor
from caseflow.triage.enums import OPEN_STATES, ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import scoped_items
from caseflow.triage.services.deciding import ClaimedError
from caseflow.triage.services.filing import address_of


def close_as_merged(actor: Actor, item_id: UUID, at: datetime) -> str:
    """Close a waiting item because its report was merged into another; its cry for help goes on there.

    Returns the state it had, "" for one that was decided before (it stays so). In the caller's transaction. Raises
    TriageItem.DoesNotExist outside the actor's scope, ClaimedError while somebody else is deciding.
    """
    item = scoped_items(actor).select_for_update(of=("self",)).get(pk=item_id)
    if not item.is_open:
        return ""
    free = Q(claimed_by=None) | Q(claimed_by=actor.user) | Q(claimed_until__lt=timezone.now())
    merged = {"state": ItemState.MERGED, "decided_by": actor.user, "decided_at": at}
    waiting = TriageItem.objects.filter(free, pk=item.pk, state__in=OPEN_STATES)
    if not waiting.update(**merged, claimed_by=None, claimed_until=None):
        raise ClaimedError(item.claimed_by.short_name if item.claimed_by else "", item.claimed_until or at)
    end_calls(address_of(item))
    _log(actor, "triage.merged", item)
    return item.state


def open_after_split(actor: Actor, item_id: UUID, state: str) -> None:
    """Let an item that a merge closed wait again as it did before. In the caller's transaction.

    Raises TriageItem.DoesNotExist for one that no merge closed.
    """
    item = TriageItem.objects.select_for_update().get(pk=item_id, state=ItemState.MERGED)
    TriageItem.objects.filter(pk=item.pk).update(state=state, decided_by=None, decided_at=None)
    _log(actor, "triage.unmerged", item)


def _log(actor: Actor, action: str, item: TriageItem) -> None:
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=f"triage:{item.pk}", pupil_id=item.pupil_id)
