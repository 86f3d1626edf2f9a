"""A clip of an incident: drawn anew without sound and metadata, whatever moves pixelated (rule 12)."""

from contextlib import nullcontext
from functools import partial
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.pipeline import evidence as evidence_module
from analytics.pipeline.errors import NotAVideo, TooLong, Undecodable
from analytics.pipeline.evidence import Drawing, Evidence, make_evidence
from analytics.pipeline.images import Image
from analytics.pipeline.pixelation import CHANGE, CHANGE_SHARE, DIMMEST_SPREAD, Movement, grid, pixelated
from analytics.pipeline.video import Limits, SampledFrame
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


def scene(height: int, width: int, level: int, spread: int = 40) -> Image:
    """A picture that is `spread` levels brighter on its right half."""
    picture = np.full((height, width, 3), level, np.uint8)
    picture[:, width // 2 :] = min(level + spread, 255)
    return picture


def cells_with(picture: Image, moving: Image) -> tuple[int, int]:
    """How many cells are covered when one of several frames differs, and how many there are."""
    movement = Movement()
    for image in (picture, picture, moving, picture):
        movement.see(image)
    cells = movement.cells()
    return int(cells.sum()), cells.size


@settings(max_examples=60, deadline=None)
@given(
    height=st.integers(32, 400),
    width=st.integers(32, 400),
    at=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    level=st.integers(0, 180),
    channel=st.integers(0, 2),
    when=st.integers(0, 3),
)
def test_a_change_of_one_colour_in_any_frame_leaves_none_of_its_points_uncovered(
    height: int, width: int, at: tuple[float, float], level: int, channel: int, when: int
) -> None:
    side = min(max(round(max(height, width) / 10), 8), height, width)
    top, left = round(at[0] * (height - side)), round(at[1] * (width - side))
    still = scene(height, width, level)
    moving = still.copy()
    moving[top : top + side, left : left + side, channel] += CHANGE + round(CHANGE_SHARE * 255) + 10
    movement = Movement()
    for number in range(4):
        movement.see(moving if number == when else still)
    noise = np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8)
    covered = pixelated(noise, movement.cells())
    rows, columns = grid(height, width)
    inside = covered[top : top + side, left : left + side].reshape(-1, 3)
    cells = (side * rows / height + 2) * (side * columns / width + 2)
    assert len(np.unique(inside, axis=0)) <= cells


def test_who_walks_through_the_dark_is_covered_and_noise_by_day_is_not() -> None:
    dark, day = scene(180, 320, 10, spread=30), scene(180, 320, 150, spread=60)
    walking = dark.copy()
    walking[60:120, 100:130] += 9
    covered, number = cells_with(dark, walking)
    assert 4 <= covered < number / 2
    noise = np.random.default_rng(1).normal(0, 3, day.shape)
    noisy = np.clip(day + noise, 0, 255).astype(np.uint8)
    assert cells_with(day, noisy)[0] == 0


def test_a_picture_too_dim_to_tell_is_covered_as_a_whole() -> None:
    dim = scene(180, 320, 5, spread=DIMMEST_SPREAD // 2)
    covered, number = cells_with(dim, dim)
    assert covered == number


def test_clothes_of_another_colour_and_the_same_brightness_are_seen() -> None:
    room = scene(180, 320, 90)
    red, green = (30, 30, 200), (30, 115, 60)  # BGR, alike in grey
    person, gone = room.copy(), room.copy()
    person[60:120, 100:130], gone[60:120, 100:130] = red, green
    assert cells_with(person, gone)[0] >= 4


def test_a_picture_that_changes_its_size_midway_is_brought_to_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = [SampledFrame(n / 10, scene(*((180, 320) if n < 3 else (90, 160)), 60)) for n in range(6)]
    source = SimpleNamespace(info=SimpleNamespace(duration_s=0.6), frames=lambda: iter(frames))
    monkeypatch.setattr(evidence_module, "open_video", lambda *_given: nullcontext(source))
    evidence = make_evidence(tmp_path, Limits(), lambda _share: None)
    assert (evidence.width_px, evidence.height_px) == (320, 180)
    assert [image.shape for image in frames_of(evidence.covered)] == [(180, 320, 3)] * 6


def test_a_film_of_a_single_row_or_column_of_points_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for height, width, drawn in ((1, 4000, (1280, 2)), (600, 1, (2, 600)), (1, 1, (2, 2))):
        frames = [SampledFrame(n / 10, scene(height, width, 60)) for n in range(2)]
        source = SimpleNamespace(info=SimpleNamespace(duration_s=0.2), frames=partial(iter, frames))
        monkeypatch.setattr(evidence_module, "open_video", lambda *_given, source=source: nullcontext(source))
        evidence = make_evidence(tmp_path, Limits(), lambda _share: None)
        assert (evidence.width_px, evidence.height_px) == drawn


def test_a_large_film_is_made_smaller_and_one_without_a_frame_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = [SampledFrame(n / 10, scene(1080, 1920, 60)) for n in range(2)]
    source = SimpleNamespace(info=SimpleNamespace(duration_s=0.2), frames=lambda: iter(frames))
    monkeypatch.setattr(evidence_module, "open_video", lambda *_given: nullcontext(source))
    evidence = make_evidence(tmp_path, Limits(), lambda _share: None)
    assert (evidence.width_px, evidence.height_px) == (1280, 720)
    frames.clear()
    with pytest.raises(Undecodable):
        make_evidence(tmp_path, Limits(), lambda _share: None)
