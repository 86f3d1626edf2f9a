"""About a frame a second, and honesty about what did not decode."""

from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import av
import numpy as np
import pytest

from analytics.pipeline import sampling
from analytics.pipeline.errors import Undecodable
from analytics.pipeline.images import Image
from analytics.pipeline.probing import probe
from analytics.pipeline.sampling import Cadence, Sampler, Tally
from analytics.pipeline.video import Limits, SampledFrame
from tests.analytics.pipeline.sources import overwrite, packet_positions, write_video


def sampled(path: Path, interval_s: float = 1.0) -> tuple[list[SampledFrame], Tally]:
    with path.open("rb") as file:
        info, times = probe(file, Limits(), alive=lambda: None)
        sampler = Sampler(file, info, times, interval_s, Limits(), lambda: None)
        return list(sampler), sampler.tally


def everything(path: Path) -> list[SampledFrame]:
    """As if nothing could be passed over."""
    with path.open("rb") as file:
        info, times = probe(file, Limits(), alive=lambda: None)
        return list(Sampler(file, info, replace(times, closed=False), 1.0, Limits(), lambda: None))


def test_keyframes_alone_are_decoded_where_there_is_one_a_second(lesson_path: Path) -> None:
    frames, tally = sampled(lesson_path)
    assert [frame.t_s for frame in frames] == [float(second) for second in range(12)]
    assert (tally.keyframes_only, tally.decoded, tally.damaged) == (True, 12, 0)
    assert tally.decoded_s(12.0) == 12.0


def test_every_frame_is_decoded_where_keyframes_are_rare(tmp_path: Path, small_images: list[Image]) -> None:
    frames, tally = sampled(write_video(tmp_path / "a.mp4", small_images, gop=40))
    assert [frame.t_s for frame in frames] == [float(second) for second in range(8)]
    assert (tally.keyframes_only, tally.decoded) == (False, 40)


def test_both_ways_give_the_same_pictures(tmp_path: Path, small_images: list[Image]) -> None:
    by_keyframes, _ = sampled(write_video(tmp_path / "a.mp4", small_images, gop=5, options={}))
    by_all, _ = sampled(write_video(tmp_path / "b.mp4", small_images, gop=40))
    for one, other in zip(by_keyframes, by_all, strict=True):
        assert np.abs(one.image.astype(int) - other.image.astype(int)).mean() < 12


@pytest.mark.parametrize("b_frames", ["0", "2"])
def test_what_leads_to_no_sample_is_passed_over(tmp_path: Path, small_images: list[Image], b_frames: str) -> None:
    """Of groups of two seconds the second half but for its first frame; the last group is looked at to its end."""
    path = write_video(tmp_path / "a.mp4", small_images, gop=10, coding={"bf": b_frames})
    due, tally = sampled(path)
    assert (tally.keyframes_only, tally.damaged, tally.decoded + tally.passed) == (False, 0, 40)
    assert tally.passed == 3 * 4 if b_frames == "0" else 0 < tally.passed < 3 * 4
    assert tally.decoded_s(8.0) == 8.0
    every = everything(path)
    assert [frame.t_s for frame in due] == [frame.t_s for frame in every] == [float(second) for second in range(8)]
    assert all(np.array_equal(one.image, other.image) for one, other in zip(due, every, strict=True))


def test_a_spoilt_keyframe_after_a_gap_makes_everything_be_decoded(tmp_path: Path, small_images: list[Image]) -> None:
    path = write_video(tmp_path / "a.mp4", small_images, gop=10, coding={"bf": "0"})
    position, size = packet_positions(path)[2]
    overwrite(path, [(position + 8, size - 8)])  # its head still says that it is one
    due, tally = sampled(path)
    every = everything(path)
    assert (tally.passed, [frame.t_s for frame in due]) == (0, [frame.t_s for frame in every])
    assert all(np.array_equal(one.image, other.image) for one, other in zip(due, every, strict=True))


def test_nothing_is_passed_over_where_frames_refer_beyond_their_keyframe(
    tmp_path: Path, small_images: list[Image]
) -> None:
    coding = {"bf": "2", "sc_threshold": "1000000000"}
    _, tally = sampled(write_video(tmp_path / "a.mp4", small_images, gop=10, codec="mpeg4", coding=coding))
    assert (tally.keyframes_only, tally.passed, tally.decoded) == (False, 0, 40)


@pytest.mark.parametrize(("name", "codec"), [("a.mkv", "libx264"), ("a.webm", "libvpx"), ("a.avi", "mpeg4")])
def test_other_containers_are_sampled_alike(tmp_path: Path, small_images: list[Image], name: str, codec: str) -> None:
    frames, tally = sampled(write_video(tmp_path / name, small_images, codec=codec))
    assert [int(frame.t_s + 0.01) for frame in frames] == list(range(8)), "one of each second"
    assert tally.decoded_s(8.0) == pytest.approx(8.0)


def test_a_broken_keyframe_makes_everything_be_decoded(tmp_path: Path, small_images: list[Image]) -> None:
    path = write_video(tmp_path / "a.mp4", small_images)
    overwrite(path, [packet_positions(path)[3]])
    frames, tally = sampled(path)
    times_s = [frame.t_s for frame in frames]
    assert not tally.keyframes_only
    assert tally.damaged > 0
    assert times_s[:3] == [0.0, 1.0, 2.0]
    assert times_s == sorted(set(times_s)), "no second is taken twice"
    assert tally.decoded < 40
    assert tally.decoded_s(8.0) < 8.0


def test_a_video_of_which_nothing_is_sound_is_undecodable(lesson_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "_only_frame", lambda _packet, _stream: None)
    monkeypatch.setattr(sampling, "decoded_frames", lambda *_args: iter(()))
    with pytest.raises(Undecodable):
        sampled(lesson_path)


def test_a_corrupt_packet_gives_no_frame() -> None:
    assert sampling._only_frame(Mock(is_corrupt=True), Mock()) is None


def test_a_keyframe_that_does_not_decode_gives_no_frame() -> None:
    stream = Mock()
    stream.codec_context.decode.side_effect = av.error.InvalidDataError(1, "rubbish")
    assert sampling._only_frame(Mock(is_corrupt=False), stream) is None


def test_a_turned_video_is_turned_upright(tmp_path: Path) -> None:
    image = np.zeros((64, 128, 3), dtype=np.uint8)
    image[:, :64] = 255
    (frame, *_), _ = sampled(write_video(tmp_path / "a.mp4", [image] * 10, rotation_deg=90))
    assert frame.image.shape == (128, 64, 3)
    upper, lower = frame.image[:56].mean(), frame.image[72:].mean()
    assert abs(upper - lower) > 200
    turned_left = upper < lower
    (frame, *_), _ = sampled(write_video(tmp_path / "b.mp4", [image] * 10, rotation_deg=-90))
    assert (frame.image[:56].mean() < frame.image[72:].mean()) is not turned_left


def test_the_cadence_takes_the_first_frame_of_each_second() -> None:
    cadence = Cadence(1.0)
    taken = [t_s for t_s in (0.0, 0.7, 1.4, 2.1, 2.8, 3.5, 7.0, 7.7) if cadence.takes(t_s)]
    assert taken == [0.0, 1.4, 2.1, 3.5, 7.0]


def test_the_cadence_takes_no_time_twice() -> None:
    cadence = Cadence(0.1)
    times_s = [0.0, 0.0999991, 0.0999991, 0.0999990, 0.1, 0.1999999, 0.2, 0.3]
    taken = [t_s for t_s in times_s if cadence.takes(t_s)]
    assert taken == sorted(set(taken))


def test_a_frame_without_a_time_takes_the_one_it_should_have() -> None:
    assert sampling._shown_s(Mock(pts=None), Mock(), 4.5) == 4.5
