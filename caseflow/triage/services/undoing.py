from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.cases.enums import EntryKind
from caseflow.cases.services import add_system_entry, close_case
from caseflow.clocks.services import resume_clock
from caseflow.directory.actors import Actor
from caseflow.triage.decisions import follow
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import scoped_items
from caseflow.undo.rules import UNDO_WITHIN, TooLateError

UNLINKED = "triage_unlinked"
# A merge is taken apart where both reports are; an answer has begun what follows from it.
TAKEN_BACK_ELSEWHERE = (ItemState.MERGED, ItemState.ANSWERED)


@transaction.atomic
def undo(actor: Actor, item_id: UUID) -> TriageItem:
    """Take back the actor's own decision of the last 15 seconds: the item waits again and its clock runs on.

    A case that was opened is closed again with its reason, a link stays in the chronology with its withdrawal.
    Raises TriageItem.DoesNotExist outside the actor's scope, TooLateError.
    """
    item = scoped_items(actor).get(pk=item_id)
    if item.state in TAKEN_BACK_ELSEWHERE:
        raise TooLateError
    changes = _undone(item)
    won = TriageItem.objects.filter(
        pk=item.pk, state=item.state, **_by_actor_just_now(actor, proposal=item.state == ItemState.SECOND_PERSON)
    ).update(**changes)
    if not won:
        raise TooLateError
    _take_back(actor, item)
    record(
        action="triage.undone",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"triage:{item.pk}",
        pupil_id=item.pupil_id,
        detail={"state": item.state, "case": str(item.case_id or "")},
    )
    return scoped_items(actor).get(pk=item_id)


def _by_actor_just_now(actor: Actor, *, proposal: bool) -> dict[str, object]:
    earliest = timezone.now() - UNDO_WITHIN
    if proposal:
        return {"proposed_by": actor.user, "proposed_at__gte": earliest}
    return {"decided_by": actor.user, "decided_at__gte": earliest}


def _undone(item: TriageItem) -> dict[str, object]:
    """What the row looked like before: a confirmed dismissal waits for a second person again."""
    changes: dict[str, object] = {"decided_by": None, "decided_at": None, "case": None, "confirmation_sealed": b""}
    if item.pupil_chosen:
        changes |= {"pupil": None, "pupil_chosen": False}
    if item.proposed_by_id is not None and item.decided_at is not None:
        return changes | {"state": ItemState.SECOND_PERSON}
    return changes | {
        "state": ItemState.NEW,
        "proposed_by": None,
        "proposed_at": None,
        "proposed_role": "",
        "reason_code": "",
        "reason_sealed": b"",
    }


def _take_back(actor: Actor, item: TriageItem) -> None:
    if item.state == ItemState.CASE_OPENED:
        _close_untouched(actor, item)
    elif item.state == ItemState.LINKED and item.case:
        add_system_entry(
            item.case,
            kind=EntryKind(item.kind),
            code=UNLINKED,
            params=item.made_by,
            ref=f"triage:{item.pk}",
            author=actor.user,
        )
    if item.decided_at is not None:
        resume_clock(item.psych_clock_id, item.decided_at)
        follow(item)


def _close_untouched(actor: Actor, item: TriageItem) -> None:
    case = item.case
    if case is None or case.risk or case.entries.count() > 1 or case.tasks.exists():
        raise TooLateError
    close_case(actor, case.pk, reason=_("Opened by mistake and taken back at once"))
