"""A clip of an incident: drawn anew without sound and metadata, whatever moves pixelated (rule 12)."""

from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.pipeline.errors import NotAVideo, TooLong, Undecodable
from analytics.pipeline.evidence import Drawing, Evidence, make_evidence
from analytics.pipeline.images import Image
from analytics.pipeline.pixelation import CHANGE, Movement, grid, pixelated
from analytics.pipeline.video import Limits
from tests.analytics.clip_factories import HEIGHT, PLACES, WIDTH, film, with_sound


def frames_of(content: bytes) -> list[Image]:
    with av.open(BytesIO(content), "r") as container:
        return [frame.to_ndarray(format="bgr24").astype(np.uint8, copy=False) for frame in container.decode(video=0)]


def made(tmp_path: Path, content: bytes, limits: Limits | None = None) -> Evidence:
    path = tmp_path / "given"
    path.write_bytes(content)
    return make_evidence(path, limits or Limits(), lambda _share: None)


def around(place: int) -> tuple[slice, slice]:
    """The pixels of the face at one of the places."""
    x, y = round(PLACES[place].centre_x * WIDTH), round(PLACES[place].centre_y * HEIGHT)
    half = round(PLACES[place].face_height_share * HEIGHT / 2)
    return slice(y - half, y + half), slice(x - half, x + half)


def detail(image: Image, where: tuple[slice, slice]) -> float:
    """How much neighbouring points differ there."""
    part = image[where].astype(np.int16)
    return float(np.abs(np.diff(part, axis=1)).mean())


def test_who_moves_is_covered_in_every_frame_and_who_sits_still_is_not(tmp_path: Path) -> None:
    evidence = made(tmp_path, film(moving=(0,)))
    covered, sharp = frames_of(evidence.covered), frames_of(evidence.sharp)
    assert len(covered) == len(sharp) == 20
    assert 0.02 < evidence.covered_share < 0.5
    for hidden, shown in zip(covered, sharp, strict=True):
        assert detail(hidden, around(0)) < detail(shown, around(0)) / 2
        assert detail(hidden, around(2)) == pytest.approx(detail(shown, around(2)), rel=0.35)


def test_nobody_moving_covers_nothing(tmp_path: Path) -> None:
    assert made(tmp_path, film(moving=())).covered_share == 0.0


def test_sound_and_metadata_are_gone(tmp_path: Path) -> None:
    given_content = with_sound(film())
    with av.open(BytesIO(given_content), "r") as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]
        assert "title" in container.metadata
    evidence = made(tmp_path, given_content)
    for content in (evidence.covered, evidence.sharp):
        with av.open(BytesIO(content), "r") as container:
            assert [stream.type for stream in container.streams] == ["video"]
            assert set(container.metadata) <= {"ENCODER"}
        assert "Камера".encode() not in content
        assert b"43.2565" not in content


def test_it_lasts_as_long_as_what_was_given_though_all_its_frames_are_keyframes(tmp_path: Path) -> None:
    evidence = made(tmp_path, film(duration_s=3, keyframe_interval_s=0.5))
    assert evidence.duration_s == pytest.approx(3, abs=0.15)
    with av.open(BytesIO(evidence.covered), "r") as container:
        assert (container.duration or 0) / av.time_base == pytest.approx(3, abs=0.15)
    assert (evidence.width_px, evidence.height_px) == (WIDTH, HEIGHT)


def test_the_share_done_grows_to_the_whole(tmp_path: Path) -> None:
    path, heard = tmp_path / "given", list[float]()
    path.write_bytes(film())
    make_evidence(path, Limits(), heard.append)
    assert heard == sorted(heard)
    assert heard[-1] > 0.9


def test_whatever_the_listener_raises_ends_the_work(tmp_path: Path) -> None:
    path = tmp_path / "given"
    path.write_bytes(film())

    def lost(_share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        make_evidence(path, Limits(), lost)


def test_what_is_no_video_or_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAVideo):
        made(tmp_path, b"%PDF-1.7 and so on")
    with pytest.raises(TooLong):
        made(tmp_path, film(), Limits(longest_video_s=1))


def test_a_large_picture_is_made_smaller_and_an_odd_edge_left_out() -> None:
    drawing = Drawing()
    drawing.add(np.zeros((101, 203, 3), np.uint8), 0.0)
    assert (drawing.width_px, drawing.height_px) == (202, 100)
    assert frames_of(drawing.finished())[0].shape == (100, 202, 3)


def test_no_frame_is_no_video_and_no_movement() -> None:
    with pytest.raises(Undecodable):
        Drawing().finished()
    with pytest.raises(ValueError, match="no frame"):
        Movement().cells()


@settings(max_examples=60, deadline=None)
@given(
    height=st.integers(32, 400),
    width=st.integers(32, 400),
    at=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    brightness=st.integers(CHANGE * 4, 255),
    when=st.integers(0, 3),
)
def test_a_change_anywhere_in_any_frame_leaves_none_of_its_points_uncovered(
    height: int, width: int, at: tuple[float, float], brightness: int, when: int
) -> None:
    side = max(round(max(height, width) / 20), 4)  # half a face that is to be covered
    top, left = round(at[0] * (height - side)), round(at[1] * (width - side))
    moving = np.zeros((height, width, 3), np.uint8)
    moving[top : top + side, left : left + side] = brightness
    movement = Movement()
    for number in range(4):
        movement.see(moving if number == when else np.zeros_like(moving))
    noise = np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8)
    covered = pixelated(noise, movement.cells())
    rows, columns = grid(height, width)
    part = covered[top : top + side, left : left + side].reshape(-1, 3)
    cells = (side * rows / height + 2) * (side * columns / width + 2)
    assert len(np.unique(part, axis=0)) <= cells
