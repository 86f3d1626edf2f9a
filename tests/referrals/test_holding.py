"""Two who change a referral at once: the second decides on what the first has left."""

from uuid import UUID

import pytest

from caseflow.cases.models import Case
from caseflow.cases.services.locking import lock_case
from caseflow.referrals.enums import Ground, Move, State
from caseflow.referrals.models import Referral
from caseflow.referrals.services import act_on, holding, withdrawing
from tests.cases.factories import case_of, psychologist
from tests.referrals.factories import agree, drafted, officer_of, sent, withdraw

pytestmark = pytest.mark.django_db


def test_a_withdrawal_that_meets_an_acceptance_takes_hold_all_the_same() -> None:
    """What was read before the case was locked may be old by then."""
    who = psychologist()
    case = case_of(who)
    officer, guardian = officer_of(case), agree(case.pupil)
    referral = sent(who, case, officer, ground=Ground.CONSENT, basis="", ground_words="")
    stale = Referral.objects.get(pk=referral.pk)
    act_on(officer, referral.pk, Move.ACCEPT)
    withdraw(case.pupil, guardian)
    Referral.objects.filter(pk=referral.pk).update(consent_ended_at=None)
    withdrawing._end(stale)
    referral.refresh_from_db()
    assert (referral.state, referral.consent_ended_at is not None) == (State.ACCEPTED, True)
    act_on(who, referral.pk, Move.REVOKE, words="Согласия больше нет")
    withdrawing._end(stale)
    referral.refresh_from_db()
    assert referral.state == State.REVOKED


def test_what_changed_before_the_case_was_locked_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    who = psychologist()
    case = case_of(who)
    first, second = officer_of(case), officer_of(case)
    draft = drafted(who, case, first.membership.agency)

    def later(case_id: UUID) -> Case:
        Referral.objects.filter(pk=draft.pk).update(agency=second.membership.agency)
        return lock_case(case_id)

    monkeypatch.setattr("caseflow.referrals.services.holding.lock_case", later)
    assert holding.hold_draft(who, draft.pk).agency == second.membership.agency
