"""No pixel of a closed seat passes, whatever the polygons are."""

import cv2
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analytics.pipeline.geometry import Outline, Seat, SeatPlan, outline_problem
from analytics.pipeline.masks import HEADS_TO_WIDEN, build_masks, crop_seat, mask_frame, render_preview
from tests.analytics.pipeline.sources import box, textured

WIDTH_PX, HEIGHT_PX = 64, 48
LEFT = Seat("left", box(0.0, 0.0, 0.4, 1.0), 0.2)
RIGHT = Seat("right", box(0.6, 0.0, 1.0, 1.0), 0.2)
PLAN = SeatPlan((LEFT, RIGHT), 2.0)


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """Star-shaped polygons anywhere in the frame."""
    centre_x, centre_y = draw(st.floats(0.1, 0.9)), draw(st.floats(0.1, 0.9))
    angles = sorted(draw(st.lists(st.floats(0, 6.28), min_size=3, max_size=8, unique=True)))
    reach = draw(st.floats(0.05, 0.4))
    points = tuple(
        (min(max(centre_x + reach * np.cos(a), 0.0), 1.0), min(max(centre_y + reach * np.sin(a), 0.0), 1.0))
        for a in angles
    )
    outline = tuple((float(x), float(y)) for x, y in points)
    assume(outline_problem(outline) is None)
    return outline


def distance_px(outline: Outline) -> np.ndarray:
    """Of every pixel's centre to a polygon, 0 inside, as OpenCV measures it."""
    contour = np.array(outline, dtype=np.float32) * (WIDTH_PX, HEIGHT_PX)
    signed = [
        cv2.pointPolygonTest(contour.astype(np.float32), (x + 0.5, y + 0.5), measureDist=True)
        for y in range(HEIGHT_PX)
        for x in range(WIDTH_PX)
    ]
    distances: np.ndarray = np.maximum(-np.array(signed).reshape(HEIGHT_PX, WIDTH_PX), 0)
    return distances


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(outlines(), st.floats(0.02, 0.3), st.booleans()), min_size=1, max_size=5))
def test_no_closed_or_foreign_pixel_ever_passes(drawn: list[tuple[Outline, float, bool]]) -> None:
    seats = [Seat(str(n), outline, face) for n, (outline, face, _) in enumerate(drawn)]
    open_ids = {str(n) for n, (_, _, is_open) in enumerate(drawn) if is_open}
    masks = build_masks(SeatPlan(tuple(seats), WIDTH_PX / HEIGHT_PX), open_ids, WIDTH_PX, HEIGHT_PX)
    white = np.full((HEIGHT_PX, WIDTH_PX, 3), 255, dtype=np.uint8)

    closed = np.zeros((HEIGHT_PX, WIDTH_PX), dtype=bool)
    for seat in seats:
        if seat.seat_id not in open_ids:
            closed |= distance_px(seat.outline) <= HEADS_TO_WIDEN * seat.face_height_px(HEIGHT_PX)
    for seat_id, mask in masks.seats.items():
        seen = np.zeros((HEIGHT_PX, WIDTH_PX), dtype=bool)
        height_px, width_px = mask.visible.shape
        crop = crop_seat(white, mask)
        seen[mask.top_px : mask.top_px + height_px, mask.left_px : mask.left_px + width_px] = crop.any(axis=2)
        assert not (seen & closed).any(), "a closed seat is seen"
        assert not (seen & (distance_px(drawn[int(seat_id)][0]) > 0.01)).any(), "more than the own seat is seen"
    assert not mask_frame(white, masks.frame)[closed].any()


def test_an_open_seat_alone_is_seen_whole_and_nothing_else() -> None:
    masks = build_masks(SeatPlan((LEFT,), 2.0), {"left"}, 100, 50)
    assert masks.frame[:, :39].all()
    assert not masks.frame[:, 41:].any()


def test_a_closed_seat_takes_half_a_head_from_its_neighbour() -> None:
    touching = SeatPlan((Seat("a", box(0.0, 0.0, 0.5, 1.0), 0.2), Seat("b", box(0.5, 0.0, 1.0, 1.0), 0.2)), 2.0)
    masks = build_masks(touching, {"a"}, 200, 100)
    assert masks.frame[:, :87].all(), "half of a face of 20 px, and little more, is taken"
    assert not masks.frame[:, 90:].any()


def test_pixels_of_two_open_seats_are_marked_as_shared() -> None:
    overlapping = SeatPlan((Seat("a", box(0.0, 0.0, 0.6, 1.0), 0.2), Seat("b", box(0.4, 0.0, 1.0, 1.0), 0.2)), 2.0)
    shared = build_masks(overlapping, {"a", "b"}, 200, 100).seats["a"].shared
    assert shared[:, 82:118].all()
    assert not shared[:, :78].any()


def test_a_seat_covered_by_closed_ones_has_no_view() -> None:
    covered = SeatPlan((Seat("a", box(0.4, 0.4, 0.5, 0.5), 0.2), Seat("b", box(0.1, 0.1, 0.9, 0.9), 0.2)), 2.0)
    masks = build_masks(covered, {"a"}, 200, 100)
    assert not masks.seats
    assert not masks.frame.any()


def test_an_unknown_seat_is_refused() -> None:
    with pytest.raises(ValueError, match="ghost"):
        build_masks(PLAN, {"left", "ghost"}, 100, 50)


def test_the_preview_shows_what_the_analysis_sees() -> None:
    still = textured(100, 50)
    masks = build_masks(PLAN, {"right"}, 100, 50)
    preview = render_preview(still, PLAN, {"right"})
    assert np.array_equal(preview, mask_frame(still, masks.frame))
    assert np.array_equal(crop_seat(preview, masks.seats["right"]), crop_seat(still, masks.seats["right"]))
    assert np.array_equal(preview[:, 62:], still[:, 62:])
    assert not preview[:, :58].any()


def test_masking_leaves_the_frame_itself_alone() -> None:
    still = textured(100, 50)
    before = still.copy()
    render_preview(still, PLAN, set())
    assert np.array_equal(still, before)
