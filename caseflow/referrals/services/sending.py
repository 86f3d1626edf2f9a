"""A referral is sent: its text is frozen, its ground recorded, its clocks begin."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.rules import CaseRefused
from caseflow.clocks.services import start_clock
from caseflow.directory.actors import Actor
from caseflow.records.vault import seal
from caseflow.referrals import following
from caseflow.referrals.enums import Ground, Kind, Move, Side, State
from caseflow.referrals.models import Referral
from caseflow.referrals.selectors.composing import letter_place
from caseflow.referrals.selectors.travel import waits_to_close
from caseflow.referrals.selectors.writing import writing_of
from caseflow.referrals.services.drafting import Written, write_referral
from caseflow.referrals.services.holding import hold_draft, make_move
from caseflow.referrals.services.telling import tell_receivers, tell_reviewers

ACCEPT, ACCEPT_URGENT = "referral_accept", "referral_accept_urgent"
ANSWER, ANSWER_URGENT = "referral_answer", "referral_answer_urgent"
TRANSFER = "referral_transfer"
REVIEW = "protective_work_review"


@transaction.atomic
def send_referral(actor: Actor, referral_id: UUID, *, seen_sha256: str) -> Referral:
    """Send the draft whose text has that digest, as its preview showed it.

    On a legal ground the lead is asked to look at it within the term of the table (rule 10).

    Raises Referral.DoesNotExist, CaseRefused (closed case, sent already, something is missing, another text than seen,
    the case is offered to a school already or waits to be closed).
    """
    referral = hold_draft(actor, referral_id)
    writing = writing_of(actor, referral)
    if writing.missing:
        raise CaseRefused(" ".join(writing.missing))
    if writing.letter.sha256 != seen_sha256:
        raise CaseRefused(gettext("The text has changed since you saw it. Look at it once more, then send it."))
    if referral.is_transfer:
        _refuse_second_offer(referral)
    now = timezone.now()
    frozen: dict[str, Any] = {
        "letter_sealed": seal(referral.case.data_key, writing.letter.written(), letter_place(referral)),
        "letter_sha256": writing.letter.sha256,
        "draft_sealed": b"",
        "from_school": referral.case.school,
        "sent_by": actor.user,
        "sent_at": now,
    }
    make_move(referral, Move.SEND, Side.SENDER, actor=actor, **frozen, **_clocks(referral, now))
    tell_receivers(referral)
    tell_reviewers(referral)
    following.sent(actor, referral)
    return referral


def _clocks(referral: Referral, now: datetime) -> dict[str, Any]:
    """The clocks that begin with the sending; the school at which they run is the sender's."""
    school = referral.case.school
    code = TRANSFER if referral.is_transfer else ACCEPT_URGENT if referral.urgent else ACCEPT
    begun: dict[str, Any] = {"accept_clock": start_clock(code, school, now)}
    if referral.ground == Ground.LEGAL:
        begun["review_clock"] = start_clock(REVIEW, school, now)
    return begun


def _refuse_second_offer(referral: Referral) -> None:
    offered = Referral.objects.filter(case=referral.case, kind=Kind.TRANSFER, state=State.SENT)
    if offered.exists():
        raise CaseRefused(gettext("This case is offered to a school already. Revoke that first."))
    if waits_to_close(referral.case):
        raise CaseRefused(gettext("The lead psychologist decides on closing this case. Take the wish back first."))


def send_written(actor: Actor, referral_id: UUID, written: Written, *, seen_sha256: str) -> Referral:
    """Keep what was written last and send it, all or nothing. Raises as `write_referral` and `send_referral`."""
    with transaction.atomic():
        write_referral(actor, referral_id, written)
        return send_referral(actor, referral_id, seen_sha256=seen_sha256)
