"""What sender and receiver do with a referral that was sent."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused, Obstacle
from caseflow.clocks.services import start_clock, stop_clock
from caseflow.directory.actors import Actor
from caseflow.referrals.enums import Move, Side, State
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import ACTS, RUNNING
from caseflow.referrals.selectors.grounds import blocked
from caseflow.referrals.selectors.scope import side_of
from caseflow.referrals.services.holding import hold, make_move
from caseflow.referrals.services.sending import ANSWER, ANSWER_URGENT
from caseflow.referrals.services.telling import tell_receivers, tell_senders
from caseflow.referrals.services.transferring import take_over
from notifications.enums import AlertKind


@transaction.atomic
def act_on(actor: Actor, referral_id: UUID, move: Move, *, words: str = "", pupil_id: UUID | None = None) -> Referral:
    """Accept, reject, answer, finish or revoke, as whom the actor is to it; the other side is told.

    A transfer is accepted for a pupil on the roll of the school, `pupil_id` where several can be meant; with that the
    case moves.

    Raises Referral.DoesNotExist, CaseRefused (not the actor's move, no words, the consent ended meanwhile, no such
    pupil on the roll).
    """
    referral = hold(actor, referral_id)
    side = side_of(actor, referral)
    if move not in ACTS:
        raise CaseRefused(gettext("This is not possible here."))
    if move is Move.ACCEPT:
        return _accept(actor, referral, side, words, pupil_id)
    make_move(referral, move, side, actor=actor, words=words)
    stop_clocks(referral)
    _tell(referral, move, side)
    return referral


def stop_clocks(referral: Referral) -> None:
    """Stop what no longer runs for the receiver."""
    now = timezone.now()
    ended = [referral.accept_clock_id, None if referral.state == State.ACCEPTED else referral.answer_clock_id]
    for clock_id in filter(None, ended):
        stop_clock(clock_id, now)


def refusal_to_close(_actor: Actor, case: Case) -> Obstacle | None:
    """A case is not closed while a referral waits for somebody."""
    waiting = Referral.objects.filter(case=case, state__in=RUNNING).first()
    if waiting is None:
        return None
    said = gettext("A referral of this case is not over. Finish or revoke it first.")
    return Obstacle(said, reverse("referrals:detail", args=[waiting.pk]), gettext("To the referral"))


def _accept(actor: Actor, referral: Referral, side: Side, words: str, pupil_id: UUID | None) -> Referral:
    if blocked([referral]):
        raise CaseRefused(gettext("The consent it rests on has ended. It cannot be accepted."))
    now = timezone.now()
    changes = {"accepted_by": actor.user, "accepted_at": now}
    if referral.is_transfer:
        make_move(referral, Move.ACCEPT, side, actor=actor, words=words, **changes)
        take_over(actor, referral, pupil_id)
    else:
        code = ANSWER_URGENT if referral.urgent else ANSWER
        clock = start_clock(code, referral.from_school, now)
        make_move(referral, Move.ACCEPT, side, actor=actor, words=words, answer_clock=clock, **changes)
    stop_clocks(referral)
    tell_senders(referral, Move.ACCEPT)
    return referral


def _tell(referral: Referral, move: Move, side: Side) -> None:
    if side is Side.RECEIVER:
        tell_senders(referral, move)
    else:
        tell_receivers(referral, AlertKind.REFERRAL_STOPPED if move is Move.REVOKE else AlertKind.REFERRAL_FINISHED)
