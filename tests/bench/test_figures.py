"""What is made of what was measured."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.figures import milliseconds, missing, percentile, repeated
from bench.live.record import Press, Record
from bench.people import Person

times = st.lists(st.floats(0, 1e6), min_size=1)


@given(values=times, share=st.floats(0, 1))
def test_a_percentile_is_one_of_the_values_and_that_share_does_not_exceed_it(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


def test_a_percentile_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.99)


def test_known_percentiles() -> None:
    hundred = [float(n) for n in range(1, 101)]
    assert [percentile(hundred, share) for share in (0.5, 0.99, 1.0)] == [50.0, 99.0, 100.0]
    assert milliseconds(0.12345) == 123.5


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_what_is_missing_and_what_came_again(expected: list[int], found: list[int]) -> None:
    assert missing(expected, found) == len(set(expected) - set(found))
    assert repeated(found) == len(found) - len(set(found))


def test_the_record_counts_what_was_not_shown_and_keeps_what_was_shown_again() -> None:
    alarm, other = "0" * 8 + "-0000-0000-0000-" + "0" * 12, "1" * 8 + "-0000-0000-0000-" + "0" * 12
    record, person = Record(), Person(7, "")
    record.presses += [Press(alarm, 1.0, 1.1, frozenset({7, 8})), Press(other, 2.0, 2.1, frozenset({7}))]
    item = {"id": 5, "url": f"/alarms/?alarm={alarm}"}
    record.heard(person, {"items": [item]}, 1.5)
    record.heard(person, {"items": [item, {"id": 6, "url": "/cases/"}]}, 1.7)

    assert record.unseen() == 2
    assert list(record.screen_s()) == [0.5]
    assert record.shown[7, alarm] == [1.5, 1.7]
    assert repeated(record.alerts) == 1
    assert record.broadcast[7] == [1.7]
