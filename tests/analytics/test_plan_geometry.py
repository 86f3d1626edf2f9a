"""From pixels of a still to the shares of the pipeline: a drawing means the same at every resolution."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.pipeline.geometry import FACE_SHARE_OF_SEAT_HEIGHT
from analytics.pipeline.masks import build_masks
from analytics.rules.geometry import outline_of, seat_hash
from analytics.rules.seat_map import WIDTH, lay_out
from analytics.rules.seat_plans import DrawnSeat, plan_as_drawn

sizes = st.tuples(st.integers(160, 1920), st.integers(120, 1080))
shares = st.floats(0, 1, allow_nan=False)


@given(sizes, st.lists(st.tuples(shares, shares), min_size=3, max_size=12))
def test_shares_times_the_size_are_the_pixels_again(size: tuple[int, int], points: list[tuple[float, float]]) -> None:
    pixels = [[x * size[0], y * size[1]] for x, y in points]
    back = [[x * size[0], y * size[1]] for x, y in outline_of(pixels, *size)]

    assert back == [pytest.approx(point, abs=1e-6) for point in pixels]


@given(sizes, st.floats(0.1, 0.5), st.floats(0.1, 0.5))
def test_a_seat_keeps_its_name_on_a_still_of_another_size(size: tuple[int, int], x: float, y: float) -> None:
    square = [[round(a, 3), round(b, 3)] for a, b in ((x, y), (x + 0.2, y), (x + 0.2, y + 0.3), (x, y + 0.3))]
    small = [[a * size[0], b * size[1]] for a, b in square]
    large = [[a * size[0] * 2, b * size[1] * 2] for a, b in square]

    assert seat_hash(small, *size) == seat_hash(large, size[0] * 2, size[1] * 2)


@settings(max_examples=30)
@given(st.tuples(st.integers(40, 90), st.integers(40, 90)), st.data())
def test_exactly_the_pixels_that_were_drawn_around_are_seen(size: tuple[int, int], data: st.DataObject) -> None:
    left, right = sorted(data.draw(st.lists(st.integers(0, size[0]), min_size=2, max_size=2, unique=True)))
    top, bottom = sorted(data.draw(st.lists(st.integers(0, size[1]), min_size=2, max_size=2, unique=True)))
    seat = DrawnSeat("1-1", [[left, top], [right, top], [right, bottom], [left, bottom]])
    expected = np.zeros((size[1], size[0]), np.uint8)
    expected[top:bottom, left:right] = 255

    assert np.array_equal(build_masks(plan_as_drawn([seat], *size), {"0"}, *size).frame, expected)


@given(st.floats(20, 500), st.floats(1, 60))
def test_the_face_is_guessed_from_the_outline_unless_it_was_typed_in(height: float, typed: float) -> None:
    polygon = [[10.0, 10.0], [90.0, 10.0], [90.0, 10.0 + height], [10.0, 10.0 + height]]

    assert DrawnSeat("1", polygon).expected_face_height_px(960, 540) == pytest.approx(
        height * FACE_SHARE_OF_SEAT_HEIGHT
    )
    assert DrawnSeat("1", polygon, None, typed).expected_face_height_px(960, 540) == typed


@given(st.lists(st.tuples(st.integers(0, 1800), st.integers(0, 900)), min_size=1, max_size=30))
def test_the_map_of_a_lesson_holds_every_name(corners: list[tuple[int, int]]) -> None:
    drawn = lay_out([[[x, y], [x + 60, y], [x + 60, y + 80], [x, y + 80]] for x, y in corners])

    assert len(drawn.seats) == len(corners)
    assert all(0 <= seat.x <= WIDTH and 0 <= seat.y <= drawn.height for seat in drawn.seats)


def test_neighbours_whose_names_would_touch_on_a_phone_make_a_map_dense() -> None:
    def row(seats: int) -> list[list[list[int]]]:
        return [[[x, 0], [x + 90, 0], [x + 90, 120], [x, 120]] for x in range(0, seats * 100, 100)]

    assert (lay_out(row(5)).dense, lay_out(row(10)).dense, lay_out([]).seats) == (False, True, ())
