"""Windows: enough observations, no closed gate, pooled shares."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.pipeline.packs import Expression
from analytics.pipeline.windows import (
    Observation,
    OpenWindow,
    Window,
    disagreement,
    mean_window,
    pooled,
    window_index,
    windows_in,
)


def seen(p_neg: float, p_pos: float) -> Observation:
    return Observation(p_neg, p_pos, score=0.9, face_height_px=100.0, nose_offset=0.1, sharpness=50.0)


def test_five_kinds_are_pooled_as_negative_and_one_as_positive() -> None:
    shares = dict(zip(Expression, (0.1, 0.02, 0.03, 0.05, 0.3, 0.25, 0.2, 0.05), strict=True))
    assert pooled(shares) == pytest.approx((0.4, 0.3))


def test_a_window_is_the_mean_of_its_observations() -> None:
    window = mean_window("a", 3, [seen(0.2, 0.4), seen(0.4, 0.0)])
    expected = Window("a", 3, 30.0, 2, 0.3, 0.2, 0.9, 100.0, 0.1, 50.0)
    assert window.__dict__ == pytest.approx(expected.__dict__)


shares = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda pair: (pair[0], pair[1] * (1 - pair[0])))


@given(shares, shares)
def test_disagreement_is_a_share_and_the_same_from_both_sides(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert 0 <= disagreement(one, other) <= 1 + 1e-9
    assert disagreement(one, other) == pytest.approx(disagreement(other, one))
    assert disagreement(one, one) == 0


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [((1, 0), (0, 1), 1), ((1, 0), (0, 0), 1), ((0, 0), (0, 1), 1), ((0.5, 0.2), (0.3, 0.3), 0.2)],
)
def test_disagreement_is_what_would_have_to_move(
    one: tuple[float, float], other: tuple[float, float], share: float
) -> None:
    assert disagreement(one, other) == pytest.approx(share)


def test_two_models_are_held_against_each_other_by_their_means() -> None:
    looks = [replace(seen(0.2, 0.4), second=(0.4, 0.0)), replace(seen(0.4, 0.0), second=(0.2, 0.4))]
    assert mean_window("a", 0, looks).disagreement == pytest.approx(0)
    assert mean_window("a", 0, [*looks, seen(0.9, 0.0)]).disagreement == pytest.approx(0)
    assert mean_window("a", 0, looks[:1]).disagreement == pytest.approx(0.4)


def test_where_one_model_looked_there_is_no_disagreement() -> None:
    assert mean_window("a", 0, [seen(0.2, 0.4)]).disagreement is None


@pytest.mark.parametrize(("observations", "kept"), [(4, False), (5, True)])
def test_a_window_needs_five_observations(observations: int, kept: bool) -> None:
    window = OpenWindow("a", 0, observations=[seen(0.1, 0.1)] * observations)
    assert (window.close() is not None) is kept


def test_a_spoilt_window_is_dropped() -> None:
    assert OpenWindow("a", 0, spoilt=True, observations=[seen(0.1, 0.1)] * 10).close() is None


@pytest.mark.parametrize(("t_s", "index"), [(0.0, 0), (9.99, 0), (10.0, 1), (25.0, 2)])
def test_windows_are_counted_from_the_start(t_s: float, index: int) -> None:
    assert window_index(t_s) == index


@pytest.mark.parametrize(("duration_s", "windows"), [(0.0, 0), (4.9, 0), (5.0, 1), (60.0, 6), (64.0, 6), (66.0, 7)])
def test_a_rest_counts_if_it_can_hold_enough_observations(duration_s: float, windows: int) -> None:
    assert windows_in(duration_s) == windows
