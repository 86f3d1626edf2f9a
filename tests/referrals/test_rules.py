from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.cases.enums import RiskLevel
from caseflow.directory.enums import AgencyKind
from caseflow.referrals.enums import SCHOOL, Kind, Move, Side, State, Told
from caseflow.referrals.rules import (
    OVER,
    Draft,
    Letter,
    Line,
    Standing,
    acts_of,
    bases_for,
    basis_named,
    kept,
    named_by_consent,
    next_state,
    offered,
    read_draft,
    read_letter,
)

TODAY = date(2026, 11, 29)
CALM, GRAVE = Standing(RiskLevel.LOW, shares_plan=False), Standing(RiskLevel.HIGH, shares_plan=True)


def test_nothing_leads_out_of_an_end_and_every_state_can_be_reached() -> None:
    for kind in Kind:
        reached, new = {State.DRAFT}, [State.DRAFT]
        while new:
            state = new.pop()
            led = {next_state(kind, state, move, side) for move in Move for side in Side}
            found = {target for target in led if target}
            assert not (state in OVER and found)
            new += found - reached
            reached |= found
        assert reached == set(State) - ({State.ACCEPTED, State.ANSWERED} if kind is Kind.TRANSFER else set())


def test_each_side_has_its_own_moves() -> None:
    assert acts_of(Kind.REFERRAL, State.SENT, Side.RECEIVER) == (Move.ACCEPT, Move.REJECT)
    assert acts_of(Kind.REFERRAL, State.SENT, Side.SENDER) == (Move.REVOKE,)
    assert acts_of(Kind.REFERRAL, State.ANSWERED, Side.SENDER) == (Move.FINISH, Move.REVOKE)
    assert acts_of(Kind.TRANSFER, State.DONE, Side.RECEIVER) == ()
    assert next_state(Kind.REFERRAL, State.SENT, Move.OBJECT, Side.SENDER) is None
    assert next_state(Kind.TRANSFER, State.SENT, Move.ACCEPT, Side.RECEIVER) == State.DONE


def test_the_police_learn_no_assessment_and_a_low_risk_is_told_to_nobody() -> None:
    police = offered(AgencyKind.POLICE, GRAVE)
    assert not {Told.RISK, Told.SAFETY_PLAN, Told.REASON, Told.DONE_SO_FAR} & set(police)
    assert Told.RISK in offered(AgencyKind.HEALTH, GRAVE)
    assert Told.RISK not in offered(AgencyKind.HEALTH, CALM)
    assert Told.RISK not in offered(SCHOOL, GRAVE)
    assert Told.SAFETY_PLAN not in offered(AgencyKind.HEALTH, CALM)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([*Told.values, "signal"]), max_size=5), st.sampled_from([*AgencyKind, SCHOOL]))
def test_what_is_told_was_offered_and_holds_the_least(chosen: list[str], receiver: str) -> None:
    told = kept(chosen, receiver, GRAVE)
    assert set(told) <= set(offered(receiver, GRAVE))
    assert set(told) <= {*chosen, Told.NAME, Told.BIRTH_DATE}
    if offered(receiver, GRAVE):
        assert told[:2] == (Told.NAME, Told.BIRTH_DATE)


def test_a_letter_and_a_draft_read_as_they_were_written() -> None:
    letter = Letter((Line(Told.NAME, "Ахметова «М»\n"), Line(Told.RISK, "high")))
    assert read_letter(letter.written()) == letter
    assert letter.sha256 != Letter(letter.lines[:1]).sha256
    assert [str(line.shown) for line in letter.lines] == ["Ахметова «М»\n", "High"]
    draft = Draft(("name",), "Помочь", (("reason", "Не спит"),))
    assert read_draft(draft.written()) == draft
    assert (draft.text_of("reason"), draft.text_of("facts")) == ("Не спит", "")


@pytest.mark.parametrize("receiver", [AgencyKind.HEALTH, AgencyKind.POLICE, AgencyKind.GUARDIANSHIP, SCHOOL])
def test_every_ground_has_source_day_and_name(receiver: str) -> None:
    bases = bases_for(receiver, TODAY)
    assert bases
    assert all(basis.source and basis.name for basis in bases)
    assert bases_for(receiver, date(2000, 1, 1)) == ()


def test_the_consent_names_whom_its_text_names() -> None:
    assert named_by_consent(1, TODAY) == {"health", "guardianship", "education"}
    assert named_by_consent(99, TODAY) == frozenset()
    assert basis_named("nothing") is None
