"""When the data under an item turn out to be wrong: nobody has to decide on it, and who decided is told."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.cases.enums import EntryKind
from caseflow.cases.services import add_system_entry
from caseflow.clocks.services import end_calls, stop_clock
from caseflow.triage.enums import OPEN_STATES, ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.services.filing import address_of

CORRECTED = "triage_corrected"


@transaction.atomic
def withdraw_item(item_id: UUID) -> bool:
    """Close an item that waits, blank and by nobody's decision, with its clock. False when somebody has decided."""
    now = timezone.now()
    closed = TriageItem.objects.filter(pk=item_id, state__in=OPEN_STATES).update(
        state=ItemState.WITHDRAWN, decided_at=now, corrected_at=now, facts={}, claimed_by=None, claimed_until=None
    )
    if not closed:
        return False
    item = TriageItem.objects.get(pk=item_id)
    stop_clock(item.psych_clock_id, now)
    end_calls(address_of(item))
    _log("triage.withdrawn", item)
    return True


@transaction.atomic
def note_corrected(item_id: UUID) -> None:
    """Mark that the data under a decided item were corrected, in the chronology of its case too."""
    now = timezone.now()
    TriageItem.objects.filter(pk=item_id).update(corrected_at=now)
    item = TriageItem.objects.select_related("case__data_key").get(pk=item_id)
    if item.case is not None:
        add_system_entry(item.case, kind=EntryKind(item.kind), code=CORRECTED, ref=f"triage:{item.pk}", event_at=now)
    _log("triage.corrected", item)


def _log(action: str, item: TriageItem) -> None:
    record(action=action, actor_id=None, role="", obj=f"triage:{item.pk}", pupil_id=item.pupil_id)
