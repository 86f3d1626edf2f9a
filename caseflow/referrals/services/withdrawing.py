"""A guardian's decision reaches what was sent on consent, in the same transaction (rule 9)."""

from uuid import UUID

from django.utils import timezone

from caseflow.referrals.enums import Ground, Move, Side, State
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import RUNNING
from caseflow.referrals.selectors.grounds import SHARING, consent_stands
from caseflow.referrals.selectors.scope import AROUND
from caseflow.referrals.services.holding import enter, hold_any, log, make_move
from caseflow.referrals.services.moving import stop_clocks
from caseflow.referrals.services.telling import tell_receivers, tell_senders
from notifications.enums import AlertKind

CONSENT_ENDED = "referral_consent_ended"


def follow_decision(pupil_id: UUID, purpose: str) -> None:
    """Stop what waits for its receiver and rested on a consent that is gone; what was accepted the receiver keeps, and
    the sender is told. `purpose` is empty for what touches every purpose, the exclusion of a guardian."""
    if purpose not in ("", SHARING):
        return
    resting = Referral.objects.filter(
        case__pupil=pupil_id, ground=Ground.CONSENT, state__in=RUNNING, consent_ended_at=None
    )
    for referral in resting.select_related(*AROUND):
        if not consent_stands(referral):
            _end(referral)


def _end(found: Referral) -> None:
    now, referral = timezone.now(), hold_any(found)
    if referral.state not in RUNNING:
        return
    if referral.state == State.SENT:
        make_move(referral, Move.WITHDRAW, Side.SYSTEM, actor=None, consent_ended_at=now)
        stop_clocks(referral)
        tell_receivers(referral, AlertKind.REFERRAL_STOPPED)
        tell_senders(referral, Move.WITHDRAW)
        return
    Referral.objects.filter(pk=referral.pk).update(consent_ended_at=now)
    enter(referral, CONSENT_ENDED, now, None)
    log(None, "referral_consent_ended", referral)
    tell_senders(referral, "consent_ended")
