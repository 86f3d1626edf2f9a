from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.cases.enums import EntryKind
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import add_system_entry, open_case
from caseflow.clocks.services import end_calls, stop_clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.records.vault import seal, where
from caseflow.triage.decisions import follow
from caseflow.triage.enums import OFFERED_REASONS, Decision, DismissReason, ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.readable import readable_ids
from caseflow.triage.rules import (
    CLAIM_FOR,
    SHORTEST_REASON,
    Decider,
    NotDecidableError,
    SecondPersonNeededError,
    needs_words,
    next_state,
)
from caseflow.triage.selectors import linkable_cases, scoped_items
from caseflow.triage.services.filing import address_of, tell
from notifications.enums import AlertKind

LINKED = "triage_linked"


class AlreadyDecidedError(Exception):
    """Somebody else was first: `by` (short name), `at`, `state` say who, when and how; a proposal counts too."""

    def __init__(self, item: TriageItem) -> None:
        super().__init__(item.pk)
        first = item.decided_by or item.proposed_by
        self.item = item
        self.by = first.short_name if first else ""
        self.at = item.decided_at or item.proposed_at
        self.state = ItemState(item.state)


class ClaimedError(Exception):
    """Somebody else is deciding right now: `by` (short name) until `until`."""

    def __init__(self, by: str, until: datetime) -> None:
        super().__init__(by)
        self.by = by
        self.until = until


class BadDecisionError(ValueError):
    """The decision lacks something or is not possible; the message is for the person who decides."""


@transaction.atomic
def claim(actor: Actor, item_id: UUID) -> TriageItem:
    """Hold the item for two minutes while a reason is written.

    Raises TriageItem.DoesNotExist outside the actor's scope, AlreadyDecidedError, ClaimedError.
    """
    item = scoped_items(actor).get(pk=item_id)
    if not item.is_open:
        raise AlreadyDecidedError(item)
    now = timezone.now()
    _win(actor, item, {"claimed_by": actor.user, "claimed_until": now + CLAIM_FOR})
    return scoped_items(actor).get(pk=item_id)


@transaction.atomic
def release(actor: Actor, item_id: UUID) -> bool:
    """Let an item go that the actor holds; False when they do not hold it. Raises TriageItem.DoesNotExist."""
    item = scoped_items(actor).get(pk=item_id)
    held = TriageItem.objects.filter(pk=item.pk, claimed_by=actor.user)
    return bool(held.update(claimed_by=None, claimed_until=None))


@transaction.atomic
def decide(
    actor: Actor,
    *,
    item_id: UUID,
    decision: str,
    reason_code: str = "",
    reason: str = "",
    case_id: UUID | None = None,
    pupil_id: UUID | None = None,
) -> TriageItem:
    """Take the one decision on an item: open a case (for `pupil_id` where the item names no pupil), link it to
    `case_id`, or dismiss it with a reason. A decision stops the psychological clock; the legal one runs on.

    A `reason` stays sealed with the item, so that it is blank wherever the item is.

    Raises TriageItem.DoesNotExist outside the actor's scope, BadDecisionError, AlreadyDecidedError for everybody but
    the first, ClaimedError while another is writing a reason.
    """
    item = scoped_items(actor).get(pk=item_id)
    state = _target(actor, item, decision)
    _refuse_unreadable(item, decision, reason_code)
    now = timezone.now()
    if decision == Decision.DISMISS:
        _win(actor, item, _dismissal(actor, item, state, reason_code, reason.strip(), now))
    elif decision == Decision.LINK:
        case = _case_to_link(actor, item, case_id)
        _win(actor, item, _decided(actor, state, now) | _why(item, reason) | {"case": case})
        _note_link(actor, item, case)
    else:
        pupil = item.pupil_id or _pupil_of_choice(actor, item, pupil_id)
        chosen = {"pupil_id": pupil, "pupil_chosen": item.pupil_id is None}
        _win(actor, item, _decided(actor, state, now) | _why(item, reason) | chosen)
        TriageItem.objects.filter(pk=item.pk).update(case=_opened_case(actor, item, pupil))
    return _concluded(actor, item_id, now)


def _concluded(actor: Actor, item_id: UUID, now: datetime) -> TriageItem:
    item = scoped_items(actor).get(pk=item_id)
    detail = {"state": item.state, "reason": item.reason_code, "case": str(item.case_id or "")}
    record(
        action="triage.decided" if item.decided_at else "triage.dismissal_proposed",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"triage:{item.pk}",
        pupil_id=item.pupil_id,
        detail=detail,
    )
    if item.decided_at:
        stop_clock(item.psych_clock_id, now)
        end_calls(address_of(item))
        follow(item)
    else:
        tell(item, AlertKind.TRIAGE_ITEM_NEW, {"category": item.title_code, "school": item.school.names})
    return scoped_items(actor).get(pk=item_id)


def _target(actor: Actor, item: TriageItem, decision: str) -> ItemState:
    proposer = None
    if item.proposed_by_id is not None:
        proposer = Decider(item.proposed_by_id, lead=item.proposed_role == Role.LEAD_PSYCHOLOGIST)
    decider = Decider(actor.user.pk, lead=actor.role == Role.LEAD_PSYCHOLOGIST)
    if item.decided_elsewhere:
        raise BadDecisionError(_("Look at it first: the answer is given there"))
    if decision not in Decision.values:
        raise BadDecisionError(_("Choose one of the three decisions"))
    try:
        return next_state(item.state, decision, decider, second_person=item.second_person, proposer=proposer)
    except NotDecidableError as error:
        raise AlreadyDecidedError(item) from error
    except SecondPersonNeededError as error:
        raise BadDecisionError(_("A second person has to confirm this dismissal")) from error


def _refuse_unreadable(item: TriageItem, decision: str, reason_code: str) -> None:
    readable = item.pk in readable_ids([item])
    closing = decision == Decision.DISMISS and reason_code == DismissReason.CONSENT_WITHDRAWN
    if not readable and not closing:
        raise BadDecisionError(_("Consent withdrawn. This item can only be closed"))
    if readable and closing:
        raise BadDecisionError(_("Choose why you dismiss it"))


def _win(actor: Actor, item: TriageItem, changes: dict[str, Any]) -> None:
    """Apply `changes` unless somebody was faster. The update waits for a rival's transaction, then finds no row."""
    free = Q(claimed_by=None) | Q(claimed_by=actor.user) | Q(claimed_until__lt=timezone.now())
    if TriageItem.objects.filter(free, pk=item.pk, state=item.state).update(**changes):
        return
    rival = TriageItem.objects.select_related("decided_by", "proposed_by", "claimed_by").get(pk=item.pk)
    if rival.state == item.state and rival.claimed_by and rival.claimed_until:
        raise ClaimedError(rival.claimed_by.short_name, rival.claimed_until)
    raise AlreadyDecidedError(rival)


def _decided(actor: Actor, state: ItemState, now: datetime) -> dict[str, Any]:
    return {"state": state, "decided_by": actor.user, "decided_at": now, "claimed_by": None, "claimed_until": None}


def _dismissal(
    actor: Actor, item: TriageItem, state: ItemState, code: str, reason: str, now: datetime
) -> dict[str, Any]:
    _check_reason(item, code, reason)
    if state == ItemState.SECOND_PERSON:
        return {
            "state": state,
            "proposed_by": actor.user,
            "proposed_at": now,
            "proposed_role": actor.role,
            "claimed_by": None,
            "claimed_until": None,
        } | _reason(item, code, reason)
    if item.state == ItemState.SECOND_PERSON:
        sealed = seal(item.words_key, reason, where("triage.TriageItem", item.pk, "confirmation"))
        return _decided(actor, state, now) | {"confirmation_sealed": sealed}
    return _decided(actor, state, now) | _reason(item, code, reason)


def _check_reason(item: TriageItem, code: str, reason: str) -> None:
    if code == DismissReason.CONSENT_WITHDRAWN:
        return
    if code not in OFFERED_REASONS:
        raise BadDecisionError(_("Choose why you dismiss it"))
    if len(reason) < SHORTEST_REASON and needs_words(item.kind, code, second_person=item.second_person):
        raise BadDecisionError(_("Explain in a few words why you dismiss it"))


def _reason(item: TriageItem, code: str, reason: str) -> dict[str, Any]:
    return {"reason_code": code} | _why(item, reason)


def _why(item: TriageItem, reason: str) -> dict[str, Any]:
    return {"reason_sealed": seal(item.words_key, reason.strip(), where("triage.TriageItem", item.pk, "reason"))}


def _case_to_link(actor: Actor, item: TriageItem, case_id: UUID | None) -> Case:
    case = linkable_cases(actor, item).filter(pk=case_id).first() if case_id else None
    if case is None:
        raise BadDecisionError(_("Choose an open case of the school"))
    return case


def _note_link(actor: Actor, item: TriageItem, case: Case) -> None:
    add_system_entry(
        case,
        kind=EntryKind(item.kind),
        code=LINKED,
        params=item.made_by,
        ref=f"triage:{item.pk}",
        author=actor.user,
    )


def _pupil_of_choice(actor: Actor, item: TriageItem, pupil_id: UUID | None) -> UUID:
    pupil = actor.pupils().filter(pk=pupil_id, school=item.school).first() if pupil_id else None
    if pupil is None:
        raise BadDecisionError(_("Choose the pupil the case is for"))
    return pupil.pk


def _opened_case(actor: Actor, item: TriageItem, pupil_id: UUID) -> Case:
    try:
        # No words of the item: what it was about is read where it stands, and is blank there after a withdrawal.
        return open_case(
            actor, pupil_id=pupil_id, reason="", source_ref=f"triage:{item.pk}", leaver=item.pupil_id == pupil_id
        )
    except CaseRefused as error:  # the pupil has an open case: the message names it
        raise BadDecisionError(str(error)) from error
