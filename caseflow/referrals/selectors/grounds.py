"""Whether something may be said to a receiver: by consent now, or on a legal ground of the table."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.models import Case
from caseflow.cases.selectors.people import members_around
from caseflow.consent.enums import GIVING, Purpose
from caseflow.consent.models import ConsentEvent
from caseflow.consent.selectors import Ledger, ledgers
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.records.vault import unseal, where
from caseflow.referrals.enums import Ground, State
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import named_by_consent
from caseflow.referrals.selectors.scope import AROUND, own_child

SHARING = Purpose.AGENCY_SHARING


def consent_refusal(case: Case, receiver_kind: str, now: datetime) -> str:
    """Why the guardians' consent does not carry a referral to such a receiver now; "" where it does. Four queries."""
    ledger = ledgers([case.pupil_id]).get(case.pupil_id)
    if ledger is None or not ledger.allows(SHARING, frame_at=now, now=now, operator_id=case.school_id):
        return gettext(
            "There is no active consent to share with named agencies. Ask the legal representatives, or choose a legal "
            "ground."
        )
    given = ConsentEvent.objects.filter(pupil=case.pupil_id, purpose=SHARING, kind__in=GIVING, expires_at__gt=now)
    day = timezone.localdate(now)
    named = [named_by_consent(version or 0, day) for version in given.values_list("text_version", flat=True)]
    if not all(receiver_kind in kinds for kinds in named):
        return gettext("The consent does not name receivers of this kind. Choose a legal ground.")
    return ""


def blocked(referrals: Collection[Referral]) -> set[UUID]:
    """Of these the ones that wait for the receiver and whose consent does not stand any more. Two queries."""
    waiting = [one for one in referrals if one.state == State.SENT and one.ground == Ground.CONSENT]
    if not waiting:
        return set()
    now, known = timezone.now(), ledgers(one.case.pupil_id for one in waiting)
    return {one.pk for one in waiting if not _stands(known, one, now)}


def ground_said(referral: Referral) -> str:
    """What makes the legal ground hold, in clear."""
    return unseal(referral.case.data_key, referral.ground_sealed, where("referrals.Referral", referral.pk, "ground"))


def review_said(referral: Referral) -> str:
    """What the lead said of the ground, in clear."""
    return unseal(referral.case.data_key, referral.review_sealed, where("referrals.Referral", referral.pk, "review"))


def to_review(actor: Actor) -> QuerySet[Referral]:
    """What was sent on a legal ground from the lead's schools, by others; the ones not looked at first.

    The lead sees ground and receiver, not the case: that needs an assignment.
    """
    if actor.role != Role.LEAD_PSYCHOLOGIST:
        return Referral.objects.none()
    sent = Referral.objects.filter(ground=Ground.LEGAL, from_school__in=actor.schools(), sent_at__isnull=False)
    asked = sent.filter(~Exists(own_child(actor))).exclude(sent_by=actor.user)
    return asked.select_related(*AROUND).order_by("reviewed_at", "review_clock__due_at")


def reviewers_of(referral: Referral) -> QuerySet[Membership]:
    """The leads who look at the ground: those who were given the case, else all over the school; never the sender."""
    leads = members_around(referral.case).filter(role=Role.LEAD_PSYCHOLOGIST).exclude(user=referral.sent_by_id)
    given = leads.filter(user__in=referral.case.grants.values("user"))
    return given if given.exists() else leads


def _stands(known: dict[UUID, Ledger], referral: Referral, now: datetime) -> bool:
    ledger = known.get(referral.case.pupil_id)
    return bool(ledger and ledger.allows(SHARING, frame_at=now, now=now, operator_id=referral.from_school_id))


def consent_stands(referral: Referral) -> bool:
    """Whether the consent still allows sharing, whatever became of the referral. Two queries."""
    return _stands(ledgers([referral.case.pupil_id]), referral, timezone.now())
