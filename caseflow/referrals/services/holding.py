"""How a change takes hold of a referral: scoped, its case locked, and the state changed by a conditional UPDATE."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from caseflow.audit.services import record
from caseflow.cases.enums import EntryKind
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.pages import case_label
from caseflow.cases.services import add_system_entry
from caseflow.cases.services.locking import lock_case, refuse_unless_open
from caseflow.directory.actors import Actor
from caseflow.records.vault import seal, where
from caseflow.referrals.enums import Move, Side, State
from caseflow.referrals.models import Referral, ReferralStep
from caseflow.referrals.rules import NEEDS_WORDS, next_state
from caseflow.referrals.selectors.scope import AROUND, readable, sent_by


def hold_draft(actor: Actor, referral_id: UUID) -> Referral:
    """A draft of a case the actor may open, the case locked.

    Raises Referral.DoesNotExist, CaseRefused (closed case, sent already).
    """
    referral = hold_any(sent_by(actor).get(pk=referral_id))
    refuse_unless_open(referral.case)
    if referral.state != State.DRAFT:
        raise CaseRefused(gettext("This has been sent already. What was sent is not changed."))
    return referral


def hold(actor: Actor, referral_id: UUID) -> Referral:
    """One the actor may read, its case locked. Raises Referral.DoesNotExist."""
    return hold_any(readable(actor, referral_id))


def make_move(
    referral: Referral, move: Move, side: Side, *, actor: Actor | None, words: str = "", **changes: Any
) -> ReferralStep:
    """Bring the held referral where the move leads, with its step, its line in the chronology and its audit entry.

    Raises CaseRefused (no legal move, no words where they are needed, somebody was faster).
    """
    target = next_state(referral.kind, referral.state, move, side)
    if target is None:
        raise CaseRefused(gettext("This is not possible any more: the referral is %(state)s.") % _state_of(referral))
    said = words.strip()
    if move in NEEDS_WORDS and not said:
        raise CaseRefused(gettext("Say why, or what came of it."))
    now = timezone.now()
    there = Referral.objects.filter(pk=referral.pk, state=referral.state)
    if not there.update(state=target, **changes):
        raise CaseRefused(gettext("Somebody else was faster. Open the referral anew."))
    referral.state = target
    for name, value in changes.items():
        setattr(referral, name, value)
    step = _step(referral, move, target, actor, said, now)
    enter(referral, _entry_code(referral, move), now, actor)
    log(actor, f"referral_{move}", referral)
    return step


def enter(referral: Referral, code: str, at: datetime, actor: Actor | None) -> None:
    """A line in the chronology of the case: what became of it, by whom it was received; no words."""
    receiver = referral.receiver
    add_system_entry(
        referral.case,
        kind=EntryKind.REFERRAL,
        code=code,
        params={"receiver": receiver.names if receiver else "", "sender": referral.from_school.names},
        ref=f"referral:{referral.pk}",
        author=actor.user if actor else None,
        event_at=at,
    )


def log(actor: Actor | None, action: str, referral: Referral, **detail: Any) -> None:
    record(
        action=action,
        actor_id=actor.user.pk if actor else None,
        role=actor.role if actor else "",
        obj=case_label(referral.case_id),
        pupil_id=referral.case.pupil_id,
        detail={"referral": str(referral.pk)} | detail,
    )


def hold_any(found: Referral) -> Referral:
    """What the caller has in scope, its case locked, as it is now: nothing of what was read before the lock is kept."""
    case = lock_case(found.case_id)
    fresh = Referral.objects.select_related(*AROUND).get(pk=found.pk)
    fresh.case = case
    return fresh


def _entry_code(referral: Referral, move: Move) -> str:
    named = referral.is_transfer and move in (Move.SEND, Move.ACCEPT, Move.REJECT, Move.REVOKE)
    return f"transfer_{move}" if named else f"referral_{move}"


def _step(referral: Referral, move: Move, state: State, actor: Actor | None, words: str, at: datetime) -> ReferralStep:
    step = ReferralStep(
        referral=referral,
        move=move,
        state=state,
        by=actor.user if actor else None,
        role=actor.role if actor else "",
        at=at,
    )
    step.words_sealed = seal(referral.case.data_key, words, where("referrals.ReferralStep", step.pk, "words"))
    step.save(force_insert=True)
    return step


def _state_of(referral: Referral) -> dict[str, Any]:
    return {"state": State(referral.state).label}
