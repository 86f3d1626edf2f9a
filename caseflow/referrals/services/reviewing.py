"""The lead looks at the legal ground of what was sent without consent (rule 10)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.rules import CaseRefused
from caseflow.cases.services.locking import said_why
from caseflow.clocks.services import stop_clock
from caseflow.directory.actors import Actor
from caseflow.records.vault import seal, where
from caseflow.referrals.enums import Move, Side, State
from caseflow.referrals.models import Referral
from caseflow.referrals.selectors.grounds import to_review
from caseflow.referrals.services.holding import enter, hold_any, log, make_move
from caseflow.referrals.services.moving import stop_clocks
from caseflow.referrals.services.telling import tell_receivers, tell_senders
from notifications.enums import AlertKind

CONFIRMED = "referral_ground_confirmed"


@transaction.atomic
def review_ground(actor: Actor, referral_id: UUID, *, holds: bool, words: str) -> Referral:
    """Say whether the legal ground holds. Where it does not, a referral that still waits for its receiver is stopped;
    one that was accepted the sender has to settle, and is told.

    Raises Referral.DoesNotExist, CaseRefused (looked at already, no words).
    """
    referral = hold_any(to_review(actor).get(pk=referral_id))
    if referral.reviewed_at is not None:
        raise CaseRefused(gettext("This ground has been looked at already."))
    said, now = said_why(words), timezone.now()
    sealed = seal(referral.case.data_key, said, where("referrals.Referral", referral.pk, "review"))
    Referral.objects.filter(pk=referral.pk).update(
        reviewed_by=actor.user, reviewed_at=now, holds=holds, review_sealed=sealed
    )
    for clock_id in filter(None, [referral.review_clock_id]):
        stop_clock(clock_id, now)
    if holds:
        enter(referral, CONFIRMED, now, actor)
        log(actor, "referral_ground_confirmed", referral)
    else:
        _object(actor, referral, said)
    return referral


def _object(actor: Actor, referral: Referral, words: str) -> None:
    if referral.state == State.SENT:
        make_move(referral, Move.OBJECT, Side.LEAD, actor=actor, words=words)
        stop_clocks(referral)
        tell_receivers(referral, AlertKind.REFERRAL_STOPPED)
    else:
        enter(referral, "referral_object", timezone.now(), actor)
        log(actor, "referral_object", referral)
    tell_senders(referral, Move.OBJECT)
