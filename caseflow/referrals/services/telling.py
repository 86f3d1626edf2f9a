"""Who is alerted of a referral. An alert names the school and the case's number at most, never the pupil."""

from django.urls import reverse

from caseflow.directory.selectors import recipients
from caseflow.referrals.enums import Move
from caseflow.referrals.models import Referral
from caseflow.referrals.selectors.grounds import reviewers_of
from caseflow.referrals.selectors.people import receivers_of, senders_of
from notifications.enums import AlertKind
from notifications.services import alert


def tell_receivers(referral: Referral, kind: AlertKind = AlertKind.REFERRAL_NEW) -> None:
    """Something has come for them, or what had come is stopped."""
    alert(
        recipients=recipients(receivers_of(referral)),
        kind=kind,
        params={"school": referral.from_school.names},
        url=page(referral),
    )


def tell_senders(referral: Referral, move: Move | str) -> None:
    """What became of it."""
    case = referral.case
    alert(
        recipients=senders_of(referral),
        kind=AlertKind.REFERRAL_MOVED,
        params={"number": case.number, "reason": f"referral_{move}"},
        url=page(referral),
    )


def tell_reviewers(referral: Referral) -> None:
    """A legal ground waits for the lead (rule 10)."""
    if referral.review_clock:
        alert(
            recipients=recipients(reviewers_of(referral)),
            kind=AlertKind.REFERRAL_GROUND,
            params={"school": referral.from_school.names, "due": referral.review_clock.due_at.isoformat()},
            url=reverse("referrals:ground", args=[referral.pk]),
        )


def page(referral: Referral) -> str:
    return reverse("referrals:detail", args=[referral.pk])
