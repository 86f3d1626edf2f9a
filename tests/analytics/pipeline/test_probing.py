"""Probing reads packets and refuses what cannot be analysed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from unittest.mock import MagicMock, Mock, patch

import av
import pytest

from analytics.pipeline import probing
from analytics.pipeline.errors import (
    Encrypted,
    FrameTooLarge,
    NoVideoStream,
    TooLong,
    Truncated,
    Undecodable,
    UnsupportedCodec,
)
from analytics.pipeline.images import Image
from analytics.pipeline.probing import creation_time, packet_time_s, picture_stream, probe
from analytics.pipeline.video import Limits, VideoInfo
from tests.analytics.pipeline.sources import overwrite, packet_positions, textured, write_sound, write_video


def probed(path: Path, limits: Limits = Limits()) -> VideoInfo:  # noqa: B008 # frozen
    with path.open("rb") as file:
        return probe(file, limits, alive=lambda: None)[0]


def test_an_mp4_is_described(lesson_path: Path) -> None:
    info = probed(lesson_path)
    assert (info.container, info.codecs) == ("mov", ("h264",))
    assert (info.width_px, info.height_px, info.rotation_deg) == (960, 540, 0)
    assert (info.fps, info.declared_s, info.declared_frames) == (4.0, 12.0, 48)
    assert (info.probed_s, info.probed_frames, info.keyframes) == (12.0, 48, 12)
    assert info.largest_keyframe_gap_s == pytest.approx(1.0)
    assert info.recorded_at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "codec", "container"),
    [
        ("a.mov", "libx264", "mov"),
        ("a.mkv", "libx264", "matroska,webm"),
        ("a.webm", "libvpx", "matroska,webm"),
        ("a.avi", "mpeg4", "avi"),
    ],
)
def test_other_containers_are_read_alike(
    tmp_path: Path, small_images: list[Image], name: str, codec: str, container: str
) -> None:
    info = probed(write_video(tmp_path / name, small_images, codec=codec).rename(tmp_path / "renamed.txt"))
    assert info.container.split(",")[0] == container.split(",")[0]
    assert (info.width_px, info.height_px, info.probed_frames) == (128, 64, 40)
    assert info.duration_s == pytest.approx(8.0, abs=0.3)


def test_a_turned_video_is_described_upright(tmp_path: Path, small_images: list[Image]) -> None:
    info = probed(write_video(tmp_path / "turned.mp4", small_images, rotation_deg=90))
    assert (info.rotation_deg % 180, info.width_px, info.height_px) == (90, 64, 128)


def test_long_gaps_between_keyframes_are_found(tmp_path: Path, small_images: list[Image]) -> None:
    assert probed(write_video(tmp_path / "a.mp4", small_images, gop=15)).largest_keyframe_gap_s == pytest.approx(3.0)


def test_signs_of_life_are_given_while_reading(small_video: Path) -> None:
    alive = Mock()
    with patch.object(probing, "PACKETS_BETWEEN_SIGNS_OF_LIFE", 10), small_video.open("rb") as file:
        probe(file, Limits(), alive)
    assert alive.call_count == 4


def test_a_video_without_its_index_is_truncated(tmp_path: Path, small_images: list[Image]) -> None:
    path = write_video(tmp_path / "a.mp4", small_images)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(Truncated):
        probed(path)


def test_a_video_cut_before_its_first_packet_is_truncated(lesson_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.mp4"
    first, _ = packet_positions(lesson_path)[0]
    path.write_bytes(lesson_path.read_bytes()[:first])
    with pytest.raises(Truncated):
        probed(path)


def test_sound_alone_has_no_picture(tmp_path: Path) -> None:
    with pytest.raises(NoVideoStream):
        probed(write_sound(tmp_path / "sound.mp4"))


def test_an_encrypted_mp4_is_told_apart(tmp_path: Path, small_images: list[Image]) -> None:
    options = {
        "encryption_scheme": "cenc-aes-ctr",
        "encryption_key": "76a6c65c5ea762046bd749a2e632ccbb",
        "encryption_kid": "a7e61c373e219033c21091fa607bf3b8",
    }
    with pytest.raises(Encrypted):
        probed(write_video(tmp_path / "secret.mp4", small_images, options=options))


def test_an_overlong_video_is_refused(small_video: Path) -> None:
    with pytest.raises(TooLong, match="8 s"):
        probed(small_video, Limits(longest_video_s=5))


def test_a_huge_frame_is_refused(small_video: Path) -> None:
    with pytest.raises(FrameTooLarge, match="8192"):
        probed(small_video, Limits(most_pixels=8191))


def test_packets_of_rubbish_are_undecodable(small_video: Path) -> None:
    overwrite(small_video, packet_positions(small_video, keyframes=False))
    with pytest.raises(Undecodable):
        probed(small_video)


def test_a_file_of_no_streams_at_all_is_not_said_to_hold_sound() -> None:
    with pytest.raises(Truncated):
        picture_stream(Mock(streams=MagicMock(video=[], __len__=lambda _self: 0)), Limits())


def test_a_codec_nobody_built_in_is_unsupported() -> None:
    stream = Mock(disposition=av.stream.Disposition.default, codec_context=None)
    with pytest.raises(UnsupportedCodec):
        picture_stream(Mock(streams=Mock(video=[stream])), Limits())


def test_a_cover_image_is_no_picture() -> None:
    cover = Mock(disposition=av.stream.Disposition.attached_pic)
    with pytest.raises(NoVideoStream):
        picture_stream(Mock(streams=MagicMock(video=[cover], __len__=lambda _self: 1)), Limits())


@pytest.mark.parametrize("error", [av.error.InvalidDataError(1, "cut"), OSError(22, "Invalid argument")])
def test_packets_end_at_the_first_unreadable_place(error: Exception) -> None:
    container = Mock()
    container.demux.return_value = iter_then_fail(error, Mock(size=3), Mock(size=0), Mock(size=5))
    assert [packet.size for packet in probing.picture_packets(container, Mock(), lambda: None)] == [3, 5]


def iter_then_fail(error: Exception, *packets: Mock) -> Iterator[Mock]:
    yield from packets
    raise error


def test_an_index_that_leads_to_a_place_that_cannot_be_is_truncated(small_video: Path) -> None:
    """An AVI's index of indices is gone through when it is opened; the file itself refuses to go there."""
    want = OSError(22, "Invalid argument")
    with patch.object(av, "open", side_effect=want), small_video.open("rb") as file, pytest.raises(Truncated):
        probing.open_container(file)


def test_a_packet_without_presentation_time_uses_what_it_has() -> None:
    assert packet_time_s(Mock(pts=None, dts=50, time_base=0.1), 9.0) == pytest.approx(5.0)
    assert packet_time_s(Mock(pts=None, dts=None), 9.0) == 9.0


@pytest.mark.parametrize(
    ("ticks", "closed"),
    [((10, 12, 11, 20, 21), True), ((10, 12, 11, 20, 19), False), ((10, None, 11, 20, 21), False)],
)
def test_groups_are_closed_if_nothing_is_shown_before_its_keyframe(ticks: tuple[int | None, ...], closed: bool) -> None:
    """The first packet and that at 20 are keyframes."""
    groups = probing._Groups()
    for number, tick in enumerate(ticks):
        groups.add(Mock(is_keyframe=number in {0, 3}, pts=tick), float(tick or 10))
    assert groups.closed is closed
    assert groups.ends_s == [max(float(tick or 0) for tick in group) for group in (ticks[:3], ticks[3:])]


def test_a_stream_without_a_rate_is_taken_for_25_frames_a_second() -> None:
    assert probing._fps(Mock(average_rate=None, guessed_rate=None)) == 25.0
    assert probing._fps(Mock(average_rate=Fraction(-1, 5), guessed_rate=None)) == 25.0


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"creation_time": "2026-03-02T09:00:00.000000Z"}, datetime(2026, 3, 2, 9, 0, tzinfo=UTC)),
        (
            {"com.apple.quicktime.creationdate": "2026-03-02T14:00:00+0500", "creation_time": "2026-03-02T10:00:00Z"},
            datetime(2026, 3, 2, 14, 0, tzinfo=timezone(timedelta(hours=5))),
        ),
        ({"creation_time": "2026-03-02 09:00:00"}, datetime(2026, 3, 2, 9, 0, tzinfo=UTC)),
        ({"creation_time": "1904-01-01T00:00:00Z"}, None),
        ({"creation_time": "9999-12-31T23:59:59-12:00"}, None),
        ({"creation_time": "yesterday"}, None),
        ({}, None),
    ],
)
def test_the_recording_time_is_what_a_camera_with_a_clock_wrote(
    metadata: dict[str, str], expected: datetime | None
) -> None:
    assert creation_time(metadata) == expected


def test_a_container_without_a_duration_claims_none() -> None:
    assert probing._declared_s(Mock(duration=None), Mock(duration=None)) is None


def test_a_duration_below_nothing_is_none() -> None:
    assert probing._declared_s(Mock(), Mock(duration=-5, time_base=Fraction(1, 5))) is None


def test_a_picture_without_a_size_is_undecodable() -> None:
    with pytest.raises(Undecodable, match="size"):
        probing._refuse_large(Mock(codec_context=Mock(width=0, height=64)), Limits())


def test_a_picture_that_grows_midway_beyond_the_limit_is_passed_over(tmp_path: Path) -> None:
    """Its container declares the size of the first frame alone; in an AVI each keyframe brings its own."""
    small = write_video(tmp_path / "small.avi", [textured(64, 64)] * 4, gop=1)
    large = write_video(tmp_path / "large.avi", [textured(640, 480)] * 4, gop=1)
    with av.open(small) as one, av.open(large) as other, av.open(tmp_path / "both.avi", "w") as both:
        stream = both.add_stream_from_template(one.streams.video[0])
        for number, packet in enumerate([*one.demux(video=0), *other.demux(video=0)]):
            if packet.size:
                packet.stream, packet.pts, packet.dts = stream, number, number
                both.mux(packet)
    limits, damaged = Limits(most_pixels=64 * 64), Mock()
    with (tmp_path / "both.avi").open("rb") as file, probing.open_container(file) as container:
        stream = picture_stream(container, limits)
        packets = probing.picture_packets(container, stream, lambda: None)
        frames = list(probing.decoded_frames(packets, stream, damaged))
    assert {(frame.width, frame.height) for frame in frames} == {(64, 64)}
    assert damaged.call_count >= 4


def test_what_promises_more_than_fits_is_no_truncated_file(small_video: Path) -> None:
    want = av.error.MemoryError(12, "Cannot allocate memory")
    with patch.object(av, "open", side_effect=want), small_video.open("rb") as file, pytest.raises(MemoryError):
        probing.open_container(file)


def test_no_other_demuxer_is_called_from_within(small_video: Path) -> None:
    with small_video.open("rb") as file, patch.object(av, "open") as opened:
        probing.open_container(file)
    assert opened.call_args.kwargs["format"] == "mov"
    assert opened.call_args.kwargs["options"]["protocol_whitelist"] == "none"
    assert opened.call_args.kwargs["options"]["format_whitelist"] == "mov"


def test_frames_of_one_colour_are_a_video_too(tmp_path: Path) -> None:
    assert probed(write_video(tmp_path / "a.mp4", [textured(64, 64)])).probed_frames == 1
