"""A decision is approved with owner and day, carried out, proved, and ended by the chair alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from caseflow.attachments.rules import AttachmentRefused
from caseflow.clocks.models import Clock
from caseflow.council.enums import DecisionState, Move
from caseflow.council.models import Decision, DecisionStep, Evidence
from caseflow.council.rules import MOST_FILES, CouncilRefused
from caseflow.council.selectors.register import is_late
from caseflow.council.services import Drafted, Proof, Said, change_draft, drop_draft, move_decision
from caseflow.council.services.reading import open_evidence
from notifications.models import Alert
from tests.council.factories import Table, approved, called, drafted, everybody_there, held, moved, table
from tests.directory.factories import AgencyFactory, actor

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def at(db: None) -> Table:
    return table()


def clock_of(decision: Decision) -> Clock:
    """The clock as it stands now."""
    return Clock.objects.get(council_decision=decision)


@pytest.mark.parametrize("lacking", [{"agency": None}, {"person": " "}, {"due_on": None}])
def test_without_owner_or_day_nothing_is_approved(at: Table, lacking: dict[str, Any]) -> None:
    draft = drafted(at, held(at), **lacking)
    with pytest.raises(CouncilRefused, match="Without agency"):
        move_decision(at.chair, draft.pk, Move.APPROVE)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=draft.pk).update(state=DecisionState.RUNNING)


def test_a_day_that_is_over_is_no_day(at: Table) -> None:
    draft = drafted(at, held(at), due_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(CouncilRefused, match="not over"):
        move_decision(at.chair, draft.pk, Move.APPROVE)


def test_only_the_chair_approves_and_only_while_the_session_is_held(at: Table) -> None:
    draft = drafted(at, called(at))
    with pytest.raises(CouncilRefused, match="while its session is held"):
        move_decision(at.chair, draft.pk, Move.APPROVE)
    session = held(at)
    draft = drafted(at, session)
    with pytest.raises(CouncilRefused, match="quorum"):
        move_decision(at.chair, draft.pk, Move.APPROVE)
    everybody_there(at, session)
    for who in (at.prosecutor, at.member):
        with pytest.raises(CouncilRefused, match="not possible"):
            move_decision(who, draft.pk, Move.APPROVE)
    with pytest.raises(Decision.DoesNotExist):  # an agency learns of nothing that is not approved
        move_decision(at.officer, draft.pk, Move.APPROVE)
    first = move_decision(at.chair, draft.pk, Move.APPROVE)
    assert (first.number, approved(at, session).number) == (1, 2)
    told = Alert.objects.filter(kind="council_decision")
    assert {one.recipient_id for one in told} == {at.officer.user.pk}
    with pytest.raises(CouncilRefused, match="does not change"):
        change_draft(at.prosecutor, first.pk, Drafted("Иначе"))
    with pytest.raises(CouncilRefused, match="does not change"):
        drop_draft(at.prosecutor, first.pk)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Decision.objects.filter(pk=first.pk).update(text="Иначе")


def test_a_draft_is_said_otherwise_until_then(at: Table) -> None:
    session = held(at)
    draft = drafted(at, session)
    change_draft(at.chair, draft.pk, Drafted("Короче"))
    draft.refresh_from_db()
    assert (draft.text, draft.agency_id, draft.due_on) == ("Короче", None, None)
    with pytest.raises(CouncilRefused, match="not of the region"):
        change_draft(at.chair, draft.pk, Drafted("Короче", AgencyFactory.create().pk))
    with pytest.raises(Decision.DoesNotExist):
        change_draft(table().chair, draft.pk, Drafted("Чужое"))


def test_it_is_reported_returned_and_accepted_with_words_on_both_sides(at: Table) -> None:
    decision = approved(at)
    with pytest.raises(CouncilRefused, match="Say it in words"):
        moved(at.officer, decision, Move.REPORT, " ")
    moved(at.officer, decision, Move.REPORT, "Дежурства введены приказом 12")
    decision.refresh_from_db()
    assert clock_of(decision).stopped_at is not None
    moved(at.chair, decision, Move.RETURN, "Нет приказа по одному району")
    decision.refresh_from_db()
    assert clock_of(decision).stopped_at is None  # late from the day it was due, as if nothing had been said
    moved(at.officer, decision, Move.REPORT, "Приказ приложен")
    moved(at.chair, decision, Move.ACCEPT, "")
    decision.refresh_from_db()
    assert decision.state == DecisionState.DONE
    assert [step.move for step in decision.steps.all()] == ["approve", "report", "return", "report", "accept"]
    told = Alert.objects.filter(kind="council_move")
    assert {one.recipient_id for one in told} == {at.chair.user.pk, at.prosecutor.user.pk, at.officer.user.pk}


def test_more_time_is_asked_with_a_reason_and_given_by_the_chair(at: Table) -> None:
    decision = approved(at)
    first, later = decision.clock_id, timezone.localdate() + timedelta(days=40)
    with pytest.raises(CouncilRefused, match="later day"):
        moved(at.officer, decision, Move.ASK_LONGER, "Нужен конкурс", until=decision.due_on)
    moved(at.officer, decision, Move.ASK_LONGER, "Нужен конкурс", until=later)
    with pytest.raises(CouncilRefused, match="not possible"):
        moved(at.officer, decision, Move.ASK_LONGER, "Ещё раз", until=later)
    with pytest.raises(CouncilRefused, match="not possible"):
        moved(at.prosecutor, decision, Move.GIVE_LONGER, "")
    moved(at.chair, decision, Move.GIVE_LONGER, "")
    decision.refresh_from_db()
    assert (decision.due_on, decision.asked_until) == (later, None)
    assert decision.clock_id != first
    assert timezone.localdate(clock_of(decision).due_at) == later  # with the end of that day
    moved(at.officer, decision, Move.ASK_LONGER, "И ещё", until=later + timedelta(days=9))
    moved(at.chair, decision, Move.REFUSE_LONGER, "Срок достаточен")
    decision.refresh_from_db()
    assert (decision.due_on, decision.asked_until) == (later, None)


def test_another_agency_does_not_learn_of_it(at: Table) -> None:
    decision = approved(at)
    other = actor(at.officer.role, agency=AgencyFactory.create(region=at.region))
    with pytest.raises(Decision.DoesNotExist):
        moved(other, decision, Move.PROGRESS)


def test_files_prove_and_what_could_harm_is_not_kept(at: Table) -> None:
    decision = approved(at)
    proof = Proof("Приказ.txt", "Назначить дежурных".encode())
    moved(at.officer, decision, Move.PROGRESS, "Приказ", files=[proof])
    kept = Evidence.objects.get()
    assert open_evidence(at.member, kept.pk) == (kept, proof.content)
    with pytest.raises(Evidence.DoesNotExist):
        open_evidence(table().chair, kept.pk)
    with pytest.raises(AttachmentRefused):
        moved(at.officer, decision, Move.REPORT, "Готово", files=[Proof("a.pdf", b"MZ\x90\x00" + bytes(200))])
    with pytest.raises(CouncilRefused, match="at most"):
        moved(at.officer, decision, Move.REPORT, "Готово", files=[proof] * (MOST_FILES + 1))
    with pytest.raises(CouncilRefused, match="Files go with"):
        moved(at.officer, decision, Move.ASK_LONGER, "Ещё", files=[proof], until=TODAY + timedelta(days=90))
    decision.refresh_from_db()
    assert decision.state == DecisionState.RUNNING
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Evidence._base_manager.filter(pk=kept.pk).update(name="b")


class Carried(RuleBasedStateMachine):
    """One decision, moved by anybody in any order, beside a model of it in plain values."""

    @initialize()
    def begin(self) -> None:
        self.at = table()
        self.decision = approved(self.at)
        self.state, self.steps = "running", 1
        self.due: Any = self.decision.due_on
        self.asked: Any = None

    @rule(
        move=st.sampled_from([move for move in Move if move != Move.APPROVE]),
        who=st.sampled_from(["chair", "prosecutor", "member", "officer"]),
        words=st.sampled_from(["", "Слова"]),
        days=st.integers(-3, 60),
    )
    def move(self, move: Move, who: str, words: str, days: int) -> None:
        until = TODAY + timedelta(days=days)
        try:
            with transaction.atomic():
                move_decision(getattr(self.at, who), self.decision.pk, move, Said(words, until))
        except CouncilRefused:
            assert not self._legal(move, who, words, until)
            return
        assert self._legal(move, who, words, until)
        self.steps += 1
        after = {"report": "reported", "accept": "done", "return": "running", "lift": "lifted"}
        self.state = after.get(move, self.state)
        if move == Move.ASK_LONGER:
            self.asked = until
        elif move == Move.GIVE_LONGER:
            self.due, self.asked = until, None
        elif move in (Move.REFUSE_LONGER, Move.REPORT, Move.LIFT, Move.ACCEPT):
            self.asked = None

    def _legal(self, move: Move, who: str, words: str, until: Any) -> bool:
        later = until > self.due and until >= TODAY
        running, said = self.state == "running", bool(words)
        return {
            Move.PROGRESS: who == "officer" and running and said,
            Move.REPORT: who == "officer" and running and said,
            Move.ASK_LONGER: who == "officer" and running and said and later and not self.asked,
            Move.GIVE_LONGER: who == "chair" and running and bool(self.asked) and later,
            Move.REFUSE_LONGER: who == "chair" and running and bool(self.asked) and said,
            Move.ACCEPT: who == "chair" and self.state == "reported",
            Move.RETURN: who == "chair" and self.state == "reported" and said,
            Move.LIFT: who == "chair" and self.state in ("running", "reported") and said,
        }[move]

    @invariant()
    def stands_as_its_steps_say(self) -> None:
        decision = Decision.objects.select_related("clock").get(pk=self.decision.pk)
        assert (decision.state, decision.due_on, decision.asked_until) == (self.state, self.due, self.asked)
        assert DecisionStep.objects.filter(decision=decision).count() == self.steps
        assert (clock_of(decision).stopped_at is None) is (self.state == "running")
        assert not is_late(decision)


def test_a_decision_keeps_its_promises_in_any_order_of_moves() -> None:
    run_state_machine_as_test(
        Carried,
        settings=settings(
            max_examples=12,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
