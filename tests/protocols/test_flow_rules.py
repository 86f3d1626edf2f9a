"""What a step needs, when it may be left out, and which dates do."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.protocols.enums import Part
from caseflow.protocols.rules import StepState, may_end, may_waive, missing_parts, wrong_looks

START = datetime(2026, 11, 16, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
steps = st.lists(st.builds(StepState, st.sampled_from(["", *Part.values]), st.booleans()), max_size=12)


@pytest.mark.parametrize("part", [*Part, ""])
def test_until_a_person_has_cleared_it_only_the_contact_with_the_parents_may_be_left_out(part: str) -> None:
    assert may_waive(part, cleared=False) is (part == Part.PARENT_CONTACT)


@pytest.mark.parametrize("part", Part)
def test_where_a_person_found_no_grave_risk_each_part_may_be(part: Part) -> None:
    assert may_waive(part, cleared=True)


def test_assessment_and_second_person_are_never_left_out() -> None:
    assert not may_waive("", cleared=True)


@given(steps)
def test_a_part_is_missing_until_one_of_its_steps_is_settled(drawn: list[StepState]) -> None:
    settled = {step.part for step in drawn if step.settled}
    missing = missing_parts(drawn)
    assert missing == [part for part in Part if part in missing]
    assert {part.value for part in missing} == set(Part.values) - settled


@given(steps)
def test_a_flow_may_end_exactly_when_nothing_waits(drawn: list[StepState]) -> None:
    assert may_end(drawn) is not any(not step.settled for step in drawn)


@pytest.mark.parametrize(
    ("looks", "now", "wrong"),
    [
        ((24 * HOUR, 7 * DAY, 30 * DAY), HOUR, False),
        ((72 * HOUR, 7 * DAY, 30 * DAY), HOUR, False),
        ((24 * HOUR - timedelta(minutes=1), 7 * DAY, 30 * DAY), HOUR, True),
        ((73 * HOUR + timedelta(minutes=1), 7 * DAY, 30 * DAY), HOUR, True),
        ((2 * DAY, 7 * DAY), HOUR, True),
        ((2 * DAY, 30 * DAY, 7 * DAY), HOUR, True),
        ((2 * DAY, 2 * DAY, 30 * DAY), HOUR, True),
        ((2 * DAY, 7 * DAY, 61 * DAY), HOUR, True),
        ((2 * DAY, 7 * DAY, 30 * DAY), 3 * DAY, True),
        ((12 * DAY, 17 * DAY, 40 * DAY), 10 * DAY, False),
        ((14 * DAY, 17 * DAY, 40 * DAY), 10 * DAY, True),
    ],
    ids=(
        "at 24 h",
        "at 72 h",
        "too early",
        "too late",
        "two",
        "out of order",
        "twice",
        "far away",
        "past",
        "late flow",
        "late and far",
    ),
)
def test_three_dates_in_order_the_first_in_one_to_three_days(
    looks: tuple[timedelta, ...], now: timedelta, wrong: bool
) -> None:
    assert wrong_looks(START, [START + after for after in looks], START + now) is wrong
