"""The states of an item, for every order of decisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.triage.enums import OFFERED_REASONS, OPEN_STATES, Decision, DismissReason, ItemKind, ItemState
from caseflow.triage.rules import Decider, NotDecidableError, SecondPersonNeededError, needs_words, next_state

deciders = st.builds(Decider, user_id=st.integers(1, 3), lead=st.booleans())
decisions = st.sampled_from(list(Decision))


@given(state=st.sampled_from([s for s in ItemState if s not in OPEN_STATES]), decision=decisions, who=deciders)
def test_what_is_decided_stays_decided(state: ItemState, decision: Decision, who: Decider) -> None:
    with pytest.raises(NotDecidableError):
        next_state(state, decision, who)


@given(decision=decisions, who=deciders)
def test_an_ordinary_item_is_decided_by_one_person(decision: Decision, who: Decider) -> None:
    assert (
        next_state(ItemState.NEW, decision, who)
        == {
            Decision.OPEN_CASE: ItemState.CASE_OPENED,
            Decision.LINK: ItemState.LINKED,
            Decision.DISMISS: ItemState.DISMISSED,
        }[decision]
    )


@given(steps=st.lists(st.tuples(decisions, deciders), max_size=8))
def test_a_cry_for_help_is_never_dismissed_by_one_person_or_without_a_lead(
    steps: list[tuple[Decision, Decider]],
) -> None:
    state, dismissers, proposer = ItemState.NEW, [], None
    for decision, who in steps:
        try:
            reached = next_state(state, decision, who, second_person=True, proposer=proposer)
        except (NotDecidableError, SecondPersonNeededError):
            continue
        if decision == Decision.DISMISS:
            dismissers.append(who)
        if reached == ItemState.SECOND_PERSON:
            proposer = who
        state = reached
    if state == ItemState.DISMISSED:
        assert len({who.user_id for who in dismissers}) == 2
        assert any(who.lead for who in dismissers)


@given(who=deciders)
def test_one_who_proposed_cannot_confirm(who: Decider) -> None:
    with pytest.raises(SecondPersonNeededError):
        next_state(ItemState.SECOND_PERSON, Decision.DISMISS, who, second_person=True, proposer=who)


def test_a_lead_may_confirm_what_a_psychologist_proposed() -> None:
    proposed, lead = Decider(1, lead=False), Decider(2, lead=True)
    state = next_state(ItemState.SECOND_PERSON, Decision.DISMISS, lead, second_person=True, proposer=proposed)
    assert state == ItemState.DISMISSED


def test_two_psychologists_of_a_school_do_not_suffice() -> None:
    with pytest.raises(SecondPersonNeededError):
        next_state(
            ItemState.SECOND_PERSON,
            Decision.DISMISS,
            Decider(2, lead=False),
            second_person=True,
            proposer=Decider(1, lead=False),
        )


@given(code=st.sampled_from(["", *DismissReason]), kind=st.sampled_from(ItemKind), two=st.booleans())
def test_what_somebody_told_of_is_never_dismissed_without_words(code: str, kind: ItemKind, two: bool) -> None:
    if kind != ItemKind.SIGNAL or two or code not in OFFERED_REASONS or code == DismissReason.OTHER:
        assert needs_words(kind, code, second_person=two)
    else:
        assert not needs_words(kind, code, second_person=two)
