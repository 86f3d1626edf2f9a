from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.accounts.rules import ACTIVE_AT, LOCKED, SIGNED_IN_AT, Limits, Standing, counts_for, standing

LIMITS = Limits(idle=timedelta(minutes=15), absolute=timedelta(hours=12))
NOW = 1_800_000_000.0
AGES = st.integers(min_value=0, max_value=24 * 3600)


@pytest.mark.parametrize(
    ("signed_in_s", "idle_s", "expected"),
    [
        (60, 0, Standing.OPEN),
        (3600, 899, Standing.OPEN),
        (3600, 900, Standing.LOCKED),
        (12 * 3600 - 1, 0, Standing.OPEN),
        (12 * 3600, 0, Standing.OVER),
        (13 * 3600, 3600, Standing.OVER),
    ],
)
def test_a_session_locks_after_15_idle_minutes_and_ends_after_12_hours(
    signed_in_s: int, idle_s: int, expected: Standing
) -> None:
    content = {SIGNED_IN_AT: NOW - signed_in_s, ACTIVE_AT: NOW - idle_s}
    assert standing(content, NOW, LIMITS) is expected


def test_a_locked_session_stays_locked_however_active() -> None:
    assert standing({SIGNED_IN_AT: NOW, ACTIVE_AT: NOW, LOCKED: True}, NOW, LIMITS) is Standing.LOCKED


def test_a_session_without_times_counts_from_now() -> None:
    assert standing({}, NOW, LIMITS) is Standing.OPEN


@given(signed_in=AGES, idle=AGES, locked=st.booleans(), later=AGES)
def test_time_alone_never_opens_a_session_again(signed_in: int, idle: int, locked: bool, later: int) -> None:
    order = [Standing.OPEN, Standing.LOCKED, Standing.OVER]
    content = {SIGNED_IN_AT: NOW - signed_in, ACTIVE_AT: NOW - idle, LOCKED: locked}
    before, after = standing(content, NOW, LIMITS), standing(content, NOW + later, LIMITS)
    assert order.index(after) >= order.index(before)


def test_spellings_of_one_name_share_a_count() -> None:
    assert counts_for("Aigul ", "10.0.0.1") == counts_for("aigul", "10.0.0.1")


def test_another_address_has_its_own_count() -> None:
    near, far = counts_for("aigul", "10.0.0.1"), counts_for("aigul", "10.0.0.2")
    assert {count.key for count in near}.isdisjoint(count.key for count in far)


def test_a_count_tells_neither_name_nor_address() -> None:
    assert all("aigul" not in count.key and len(count.key) == 64 for count in counts_for("aigul", "10.0.0.1"))
