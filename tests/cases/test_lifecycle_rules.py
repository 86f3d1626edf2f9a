"""Which moves a case may make, and what has to be there before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.cases.enums import Stage
from caseflow.cases.rules import MOVES, Standing, is_legal, missing_for

LEGAL = {
    ("new", "assessment"),
    ("assessment", "plan"),
    ("assessment", "follow_up"),
    ("plan", "support"),
    ("plan", "assessment"),
    ("support", "follow_up"),
    ("support", "plan"),
    ("support", "assessment"),
    ("follow_up", "support"),
    ("follow_up", "assessment"),
    ("reopened", "assessment"),
    ("reopened", "plan"),
    ("reopened", "support"),
    ("reopened", "follow_up"),
}


@pytest.mark.parametrize("before", Stage)
@pytest.mark.parametrize("after", Stage)
def test_only_the_moves_of_the_table_are_legal(before: Stage, after: Stage) -> None:
    assert is_legal(before, after) is ((before.value, after.value) in LEGAL)


def test_a_person_moves_no_case_into_or_out_of_its_end() -> None:
    assert all(Stage.CLOSED not in after and Stage.REOPENED not in after for after in MOVES.values())
    assert MOVES[Stage.CLOSED] == ()


@given(st.lists(st.sampled_from(Stage), min_size=1, max_size=30))
def test_from_every_open_stage_follow_up_can_be_reached(ways: list[Stage]) -> None:
    """No order of moves leads into a corner from which the work cannot go on."""
    at = Stage.NEW
    for wish in ways:
        at = wish if is_legal(at, wish) else at
    reached = {at}
    while grown := {after for stage in reached for after in MOVES[stage]} - reached:
        reached |= grown
    assert Stage.FOLLOW_UP in reached


@pytest.mark.parametrize(
    ("stage", "standing", "missing"),
    [
        (Stage.ASSESSMENT, Standing(assessed=False, unfinished_tasks=0), []),
        (Stage.PLAN, Standing(assessed=False, unfinished_tasks=3), ["Assess the risk first"]),
        (Stage.PLAN, Standing(assessed=True, unfinished_tasks=0), []),
        (Stage.SUPPORT, Standing(assessed=True, unfinished_tasks=0), ["support without an owner"]),
        (Stage.SUPPORT, Standing(assessed=True, unfinished_tasks=1), []),
        (Stage.FOLLOW_UP, Standing(assessed=False, unfinished_tasks=0), ["Assess the risk", "looks again"]),
        (Stage.FOLLOW_UP, Standing(assessed=True, unfinished_tasks=1), []),
    ],
)
def test_what_is_missing_is_said(stage: Stage, standing: Standing, missing: list[str]) -> None:
    said = [str(each) for each in missing_for(stage, standing)]
    assert len(said) == len(missing)
    assert all(part in whole for part, whole in zip(missing, said, strict=True))
