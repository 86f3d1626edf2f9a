"""Which fault comes when."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.faults.schedule import EMBEDDED, GAPS_S, ON_SERVERS, Fault, schedule

seeds = st.integers(0, 2**32)


@settings(deadline=None)
@given(seed=seeds)
def test_the_same_seed_gives_the_same_row_and_another_another(seed: int) -> None:
    row = schedule(seed, 1000, 1440, ON_SERVERS)
    assert row == schedule(seed, 1000, 1440, ON_SERVERS)
    assert row != schedule(seed + 1, 1000, 1440, ON_SERVERS)


@settings(deadline=None)
@given(seed=seeds, number=st.integers(1, 1500), length_s=st.floats(10, 3000))
def test_every_kind_comes_within_the_time_in_its_share_and_in_order(seed: int, number: int, length_s: float) -> None:
    for shares in (ON_SERVERS, EMBEDDED):
        row = schedule(seed, number, length_s, shares)
        assert [one.at_s for one in row] == sorted(one.at_s for one in row)
        assert all(0 <= one.at_s <= length_s for one in row)
        found, whole = Counter(one.fault for one in row), sum(shares.values())
        assert found == {fault: max(1, round(number * share / whole)) for fault, share in shares.items()}


@settings(deadline=None)
@given(seed=seeds)
def test_a_thousand_faults_hold_fifty_kills_of_each_server_with_time_to_get_over_them(seed: int) -> None:
    row = schedule(seed, 1000, 1440, ON_SERVERS)
    assert len(row) >= 1000
    for fault in (Fault.KILL_DATABASE, Fault.KILL_REDIS):
        times = [one.at_s for one in row if one.fault is fault]
        assert len(times) >= 50
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert min(gaps) >= min(GAPS_S[fault], 1440 / len(times)) * 0.5


def test_on_servers_every_kind_of_fault_is_dealt_out() -> None:
    assert set(ON_SERVERS) == set(Fault)
    assert set(EMBEDDED) < set(Fault)
