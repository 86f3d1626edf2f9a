from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import close_case
from caseflow.consent.enums import EventKind
from caseflow.directory.enums import AgencyKind
from caseflow.referrals.enums import Ground, Kind, Move, Side, State
from caseflow.referrals.models import Referral, ReferralStep
from caseflow.referrals.rules import NEEDS_WORDS, RUNNING, next_state
from caseflow.referrals.selectors.reading import inbox, page_of, rows_of, sent_list, sent_to
from caseflow.referrals.selectors.scope import addressed_to, readable, side_of
from caseflow.referrals.services import act_on, drop_referral, review_ground
from caseflow.referrals.services.holding import make_move
from caseflow.referrals.services.reading import open_referral
from notifications.models import Alert
from tests.cases.factories import case_of, lead_over, psychologist
from tests.consent.factories import line
from tests.directory.factories import GuardianshipFactory, SchoolFactory
from tests.referrals.factories import agree, drafted, officer_of, sent, withdraw

pytestmark = pytest.mark.django_db
BY_CONSENT: dict[str, Any] = {"ground": Ground.CONSENT, "basis": "", "ground_words": ""}


def fresh(referral: Referral) -> Referral:
    return Referral.objects.select_related("accept_clock", "answer_clock", "review_clock").get(pk=referral.pk)


def alerts(kind: str) -> list[tuple[int, str]]:
    return [
        (alert.recipient_id, alert.params.get("reason", "")) for alert in Alert.objects.filter(kind=kind).order_by("pk")
    ]


def test_it_goes_from_the_sender_to_the_receiver_and_back() -> None:
    who = psychologist()
    case = case_of(who)
    officer = officer_of(case)
    referral = sent(who, case, officer)
    act_on(officer, referral.pk, Move.ACCEPT, words="Приём в четверг")
    now = fresh(referral)
    assert now.accept_clock is not None
    assert now.answer_clock is not None
    assert now.accept_clock.stopped_at is not None
    assert (now.answer_clock.code, now.answer_clock.stopped_at) == ("referral_answer", None)
    with pytest.raises(CaseRefused, match="Say why"):
        act_on(officer, referral.pk, Move.ANSWER, words="  ")
    act_on(officer, referral.pk, Move.ANSWER, words="Осмотрен")
    assert fresh(referral).answer_clock.stopped_at is not None  # type: ignore[union-attr]
    with pytest.raises(CaseRefused, match="not over"):
        close_case(who, case.pk, reason="Всё")
    act_on(who, referral.pk, Move.FINISH, words="Стало легче")
    assert sent_to(case, AgencyKind.HEALTH, case.opened_at) == referral
    assert sent_to(case, AgencyKind.POLICE, case.opened_at) is None
    page = open_referral(who, referral.pk)
    assert [(said.step.move, said.words) for said in page.history] == [
        ("send", ""),
        ("accept", "Приём в четверг"),
        ("answer", "Осмотрен"),
        ("finish", "Стало легче"),
    ]
    assert all(stage.said for stage in page.way)
    assert alerts("referral_moved") == [(who.user.pk, "referral_accept"), (who.user.pk, "referral_answer")]
    assert alerts("referral_finished") == [(officer.user.pk, "")]
    lines = case.entries.filter(kind="referral").order_by("recorded_at").values_list("code", flat=True)
    assert list(lines) == ["referral_send", "referral_accept", "referral_answer", "referral_finish"]
    with pytest.raises(CaseRefused, match="not possible any more: the referral is done"):
        act_on(who, referral.pk, Move.REVOKE, words="Поздно")
    with pytest.raises(CaseRefused, match="not possible here"):
        act_on(who, referral.pk, Move.WITHDRAW)


def test_rejected_and_revoked_ones_show_why_and_close_the_text() -> None:
    who = psychologist()
    case = case_of(who)
    officer = officer_of(case)
    first, second, third = (sent(who, case, officer, urgent=urgent) for urgent in (False, False, True))
    act_on(officer, first.pk, Move.REJECT, words="Не наш участок")
    act_on(who, second.pk, Move.REVOKE, words="Семья уехала")
    act_on(officer, third.pk, Move.ACCEPT)
    act_on(who, third.pk, Move.REVOKE, words="Уже в больнице")
    assert alerts("referral_stopped") == [(officer.user.pk, ""), (officer.user.pk, "")]
    pages = [open_referral(officer, one.pk) for one in (first, second, third)]
    assert [page.letter is None for page in pages] == [True, True, False]
    assert [page.way[-1].move for page in pages] == [Move.REJECT, Move.REVOKE, Move.REVOKE]
    assert fresh(third).answer_clock.code == "referral_answer_urgent"  # type: ignore[union-attr]
    assert fresh(third).answer_clock.stopped_at is not None  # type: ignore[union-attr]
    assert [row.pupil for row in rows_of(officer, list(inbox(officer, over=True)))] == [case.pupil, None, None]
    assert open_referral(who, first.pk).letter is not None


def test_a_withdrawal_stops_what_waits_and_is_shown_where_it_was_accepted() -> None:
    who = psychologist()
    case = case_of(who)
    officer = officer_of(case)
    guardian = agree(case.pupil)
    accepted = sent(who, case, officer, **BY_CONSENT)
    act_on(officer, accepted.pk, Move.ACCEPT)
    waiting, legal = sent(who, case, officer, **BY_CONSENT), sent(who, case, officer)
    line(case.pupil, EventKind.REFUSED, guardian_id=guardian, purpose="mood_analysis")
    line(case.pupil, EventKind.DISSENT)
    assert fresh(waiting).state == State.SENT
    withdraw(case.pupil, guardian)
    assert [fresh(one).state for one in (waiting, accepted, legal)] == [State.REVOKED, State.ACCEPTED, State.SENT]
    assert fresh(waiting).accept_clock.stopped_at is not None  # type: ignore[union-attr]
    assert fresh(accepted).consent_ended_at is not None
    assert open_referral(officer, waiting.pk).letter is None
    assert open_referral(officer, accepted.pk).letter is not None
    assert alerts("referral_moved")[1:] in (
        [(who.user.pk, "referral_withdraw"), (who.user.pk, "referral_consent_ended")],
        [(who.user.pk, "referral_consent_ended"), (who.user.pk, "referral_withdraw")],
    )
    assert alerts("referral_stopped") == [(officer.user.pk, "")]


def test_a_consent_that_lapsed_by_itself_blocks_too() -> None:
    who = psychologist()
    case = case_of(who)
    officer = officer_of(case)
    agree(case.pupil)
    referral = sent(who, case, officer, **BY_CONSENT)
    case.pupil.guardianships.update(ends_on=timezone.localdate() - timedelta(days=1))
    page = open_referral(officer, referral.pk)
    assert (page.blocked, page.letter, page.acts) == (True, None, ())
    (row,) = rows_of(officer, list(inbox(officer, over=False)))
    assert (row.blocked, row.pupil, row.waits) == (True, None, False)
    with pytest.raises(CaseRefused, match="has ended"):
        act_on(officer, referral.pk, Move.ACCEPT)
    assert open_referral(who, referral.pk).acts == (Move.REVOKE,)


def test_a_lead_looks_at_the_ground_and_can_stop_it() -> None:
    who = psychologist()
    case = case_of(who)
    lead, officer = lead_over(case.school), officer_of(case)
    first, second, third = (sent(who, case, officer) for _ in range(3))
    review_ground(lead, first.pk, holds=True, words="Риск описан")
    now = fresh(first)
    assert (now.holds, now.state, now.reviewed_by) == (True, State.SENT, lead.user)
    assert now.review_clock is not None
    assert now.review_clock.stopped_at is not None
    page = open_referral(who, first.pk)
    assert (page.review_words, page.basis and page.basis.code) == ("Риск описан", "danger_to_life")
    with pytest.raises(CaseRefused, match="looked at already"):
        review_ground(lead, first.pk, holds=False, words="Нет")
    with pytest.raises(CaseRefused):
        review_ground(lead, second.pk, holds=False, words=" ")
    review_ground(lead, second.pk, holds=False, words="Опасности не видно")
    assert (fresh(second).state, fresh(second).holds) == (State.REVOKED, False)
    act_on(officer, third.pk, Move.ACCEPT)
    review_ground(lead, third.pk, holds=False, words="Опасности не видно")
    assert fresh(third).state == State.ACCEPTED
    assert (who.user.pk, "referral_object") in alerts("referral_moved")
    for stranger in (who, officer, lead_over(SchoolFactory.create())):
        with pytest.raises(Referral.DoesNotExist):
            review_ground(stranger, first.pk, holds=True, words="Чужое")


def test_only_the_addressed_agency_and_the_case_see_it() -> None:
    who = psychologist()
    case = case_of(who)
    officer, other = officer_of(case), officer_of(case, AgencyKind.GUARDIANSHIP)
    draft = drafted(who, case, officer.membership.agency)
    referral = sent(who, case_of(who), officer)
    assert list(addressed_to(officer)) == [referral]
    assert not addressed_to(other).exists()
    assert not addressed_to(lead_over(case.school)).exists()
    assert set(sent_list(who, over=False)) == {draft, referral}
    for stranger, asked in ((other, referral), (officer, draft), (lead_over(case.school), referral)):
        with pytest.raises(Referral.DoesNotExist):
            readable(stranger, asked.pk)
    with pytest.raises(Referral.DoesNotExist):
        open_referral(who, draft.pk)
    guardian = GuardianshipFactory.create(pupil=referral.case.pupil).guardian
    guardian.user = officer.user
    guardian.save()
    assert not addressed_to(officer).exists()  # the own child's (rule 10b)
    assert side_of(who, referral) is Side.SENDER


def test_of_two_who_move_at_once_one_is_told() -> None:
    who = psychologist()
    case = case_of(who)
    officer = officer_of(case)
    referral = sent(who, case, officer)
    stale = Referral.objects.select_related("case__data_key").get(pk=referral.pk)
    act_on(officer, referral.pk, Move.ACCEPT)
    with pytest.raises(CaseRefused, match="faster"):
        make_move(stale, Move.REVOKE, Side.SENDER, actor=who, words="Передумали")


class ReferralMachine(RuleBasedStateMachine):
    """One referral, moved by whoever likes in whatever order, beside its state in plain values."""

    @initialize()
    def begin(self) -> None:
        self.who = psychologist()
        self.case = case_of(self.who)
        self.officer = officer_of(self.case)
        self.guardian = agree(self.case.pupil)
        self.referral = sent(self.who, self.case, self.officer, **BY_CONSENT)
        self.state, self.moves, self.agreed = State.SENT, 1, True

    @rule(move=st.sampled_from(list(Move)), mine=st.booleans(), words=st.sampled_from(["", "Слова"]))
    def act(self, move: Move, mine: bool, words: str) -> None:
        side = Side.SENDER if mine else Side.RECEIVER
        target = next_state(Kind.REFERRAL, self.state, move, side) if move is not Move.SEND else None
        legal = target is not None and not (move in NEEDS_WORDS and not words)
        try:
            with transaction.atomic():
                act_on(self.who if mine else self.officer, self.referral.pk, move, words=words)
        except CaseRefused:
            assert not legal
        else:
            assert legal
            assert target is not None
            self.state, self.moves = target, self.moves + 1

    @rule()
    def withdraw(self) -> None:
        if self.agreed:
            withdraw(self.case.pupil, self.guardian)
            self.agreed = False
            if self.state == State.SENT:
                self.state, self.moves = State.REVOKED, self.moves + 1

    @invariant()
    def agrees(self) -> None:
        now = fresh(self.referral)
        assert now.state == self.state
        assert ReferralStep.objects.filter(referral=now).count() == self.moves
        assert (now.accept_clock.stopped_at is None) == (self.state == State.SENT)  # type: ignore[union-attr]
        running = now.answer_clock is not None and now.answer_clock.stopped_at is None
        assert running == (self.state == State.ACCEPTED)
        open_to_receiver = page_of(self.officer, readable(self.officer, now.pk)).letter is not None
        assert open_to_receiver == (now.accepted_at is not None or self.state == State.SENT)
        assert (self.state in RUNNING) == inbox_or_answered(self.officer, now)


def inbox_or_answered(officer: Any, referral: Referral) -> bool:
    return inbox(officer, over=False).filter(pk=referral.pk).exists() or referral.state == State.ANSWERED


def test_in_any_order_of_work_the_state_is_what_its_legal_moves_made_it() -> None:
    run_state_machine_as_test(
        ReferralMachine,
        settings=settings(
            max_examples=10, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_a_draft_that_was_dropped_leaves_no_step() -> None:
    who = psychologist()
    referral = drafted(who, case_of(who), None)
    drop_referral(who, referral.pk)
    assert not ReferralStep.objects.exists()
