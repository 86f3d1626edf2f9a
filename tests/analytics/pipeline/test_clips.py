"""The rendered lesson: the same pictures every time, real faces where they were put."""

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from analytics.pipeline.classroom import Place, draw_room
from analytics.pipeline.clips import (
    Clip,
    Person,
    best_codec,
    draw_frame,
    frames,
    person_at,
    place_in_rows,
    render_clip,
    render_empty_room,
    seat_plan,
)
from analytics.pipeline.decoding import probe_video
from analytics.pipeline.geometry import area_share
from analytics.pipeline.masks import build_masks
from tests.analytics.pipeline.conftest import LESSON, PLACES, RECORDED_AT

SHORT = replace(LESSON, duration_s=1.0, width_px=480, height_px=270)


def test_the_same_clip_gives_the_same_pictures() -> None:
    first, second = ([picture.tobytes() for _, picture in frames(SHORT)] for _ in range(2))
    assert first == second
    assert len(set(first)) == 4


def test_what_is_written_shows_what_was_drawn(tmp_path: Path) -> None:
    render_clip(tmp_path / "a.mp4", SHORT)
    with av.open(tmp_path / "a.mp4") as container:
        written = [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]
    drawn = [picture for _, picture in frames(SHORT)]
    away = [float(np.abs(a.astype(int) - b).mean()) for a, b in zip(written, drawn, strict=True)]
    assert max(away) < 3


def test_a_clip_has_the_size_length_and_time_it_was_asked_for(tmp_path: Path) -> None:
    render_clip(tmp_path / "a.mkv", SHORT)
    info = probe_video(tmp_path / "a.mkv")
    assert (info.width_px, info.height_px, info.fps, info.probed_frames) == (480, 270, 4.0, 4)
    assert info.recorded_at == RECORDED_AT


def test_a_clip_need_not_tell_when_it_was_recorded(tmp_path: Path) -> None:
    render_clip(tmp_path / "a.mp4", replace(SHORT, recorded_at=None))
    assert probe_video(tmp_path / "a.mp4").recorded_at is None


def test_the_empty_room_is_the_room_of_the_clip_without_its_people() -> None:
    empty = render_empty_room(PLACES, 480, 270)
    assert np.array_equal(empty, draw_frame(replace(SHORT, people=()), 0.0))
    difference = (draw_frame(SHORT, 0.0) != empty).any(axis=2)
    masks = build_masks(seat_plan(SHORT), {"1", "2", "3"}, 480, 270)
    assert difference[masks.frame > 0].mean() > 0.5
    assert not np.array_equal(empty, draw_room(480, 270))


def test_people_come_and_go() -> None:
    guest = Person(0.5, 0.5, 0.2, from_s=1.0, until_s=2.0)
    clip = replace(SHORT, people=(guest,))
    empty = render_empty_room(PLACES, 480, 270)
    assert [bool((draw_frame(clip, t_s) != empty).any()) for t_s in (0.9, 1.0, 1.9, 2.0)] == [False, True, True, False]


def test_people_move_a_little_and_differ_from_each_other() -> None:
    pictures = [image for _, image in frames(replace(SHORT, duration_s=2.0))]
    assert len(pictures) == 8
    assert not np.array_equal(pictures[0], pictures[4])
    first, second = person_at(PLACES[0], 0), person_at(PLACES[1], 1)
    assert (first.mirrored, first.brightness) != (second.mirrored, second.brightness)


def test_somebody_at_the_edge_is_drawn_as_far_as_the_picture_goes() -> None:
    clip = Clip((), (Person(0.0, 0.0, 0.4), Person(1.0, 1.0, 0.4)), 200, 100)
    changed = (draw_frame(clip, 0.0) != draw_room(200, 100)).any(axis=2)
    assert changed[:20, :20].any()
    assert changed[-20:, -20:].any()
    assert not changed[40:60, 95:105].any()


@pytest.mark.parametrize(("rows", "face_height_share"), [(1, 0.18), (2, 0.14), (3, 0.1)])
def test_seats_of_a_room_do_not_overlap(rows: int, face_height_share: float) -> None:
    plan = seat_plan(Clip(place_in_rows(3, rows, face_height_share), ()))
    assert len(plan.seats) == 3 * rows
    assert all(area_share(seat.outline) > 0.01 for seat in plan.seats)
    masks = build_masks(plan, set(plan.seat_ids), 640, 360)
    assert not any(seat.shared.any() for seat in masks.seats.values())


def test_a_seat_is_calibrated_to_its_place() -> None:
    (seat,) = seat_plan(Clip((Place(0.5, 0.5, 0.12),), ())).seats
    assert (seat.seat_id, seat.face_height_share) == ("1", 0.12)


def test_h264_is_written_where_it_can_be() -> None:
    assert best_codec({"libx264", "mpeg4"}) == "libx264"
    assert best_codec({"mpeg4"}) == "mpeg4"
