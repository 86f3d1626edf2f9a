"""A video that breaks off is told as partial whatever its container, and a whole one never is."""

from fractions import Fraction
from pathlib import Path

import av
import pytest

from analytics.pipeline.decoding import open_video
from analytics.pipeline.images import Image
from analytics.pipeline.video import DecodeOutcome, VideoInfo
from tests.analytics.pipeline.sources import packet_positions, textured, write_video

FRAGMENTED = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
IN_FRONT = {"movflags": "faststart"}
TICK = Fraction(1, 1000)


@pytest.fixture(scope="module")
def images() -> list[Image]:
    """Thirty seconds at five frames a second: a twentieth is more than the tolerance."""
    return [textured(64, 64, number) // 2 + number for number in range(150)]


def read(path: Path) -> tuple[VideoInfo, DecodeOutcome]:
    with open_video(path) as video:
        for _frame in video.frames():
            pass
        return video.info, video.outcome


def cut(path: Path, percent: int) -> Path:
    """Cut the file within the picture that is shown after so much of its time."""
    pictures = packet_positions(path, keyframes=False)
    position, size = pictures[len(pictures) * percent // 100]
    path.write_bytes(path.read_bytes()[: position + size // 2])
    return path


@pytest.mark.parametrize("percent", [30, 50, 70, 95])
@pytest.mark.parametrize("codec", ["mpeg4", "libx264"])
def test_a_cut_avi_is_partial_and_keeps_its_declared_length(
    tmp_path: Path, images: list[Image], codec: str, percent: int
) -> None:
    info, outcome = read(cut(write_video(tmp_path / "a.avi", images, codec=codec), percent))

    assert info.duration_s == pytest.approx(30.0)
    assert outcome.decoded_s == pytest.approx(30 * percent / 100, abs=0.5)
    assert outcome.is_partial(info)


@pytest.mark.parametrize("percent", [30, 50, 70, 95])
@pytest.mark.parametrize("options", [FRAGMENTED, IN_FRONT])
def test_a_cut_mp4_is_partial(tmp_path: Path, images: list[Image], options: dict[str, str], percent: int) -> None:
    info, outcome = read(cut(write_video(tmp_path / "a.mp4", images, options=options), percent))

    assert outcome.is_partial(info)


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [
        ("a.avi", "mpeg4", {}),
        ("a.mp4", "libx264", {}),
        ("a.mp4", "libx264", IN_FRONT),
        ("a.mp4", "libx264", FRAGMENTED),
        ("a.mp4", "libx264", {"movflags": "frag_keyframe"}),
        ("a.mp4", "libx264", {"movflags": "dash+frag_keyframe+global_sidx"}),
        ("a.mov", "libx264", {}),
        ("a.mkv", "libx264", {}),
        ("a.webm", "libvpx", {}),
    ],
)
def test_a_whole_video_is_not_partial(
    tmp_path: Path, images: list[Image], name: str, codec: str, options: dict[str, str]
) -> None:
    info, outcome = read(write_video(tmp_path / name, images, codec=codec, options=options))

    assert info.duration_s == pytest.approx(30.0, abs=0.5)
    assert not outcome.is_partial(info)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "libx264"), ("a.mov", "libx264"), ("a.mkv", "libx264"), ("a.webm", "libvpx")]
)
@pytest.mark.parametrize("slow_first", [True, False])
def test_a_rate_that_changes_makes_no_video_partial(
    tmp_path: Path, images: list[Image], name: str, codec: str, *, slow_first: bool
) -> None:
    """Where the rate of the first frames is not that of all, frames by rate are no length."""
    path, shown_ms = tmp_path / name, 0
    with av.open(path, "w") as container:
        stream = container.add_stream(codec, rate=30)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        stream.codec_context.time_base = stream.time_base = TICK
        for number, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = shown_ms, TICK
            container.mux(stream.encode(frame))
            shown_ms += 33 if (number < 75) is not slow_first else 400 + number
        container.mux(stream.encode())

    info, outcome = read(path)

    assert info.duration_s == pytest.approx(shown_ms / 1000, abs=2.0)
    assert not outcome.is_partial(info)


def test_a_video_that_was_trimmed_without_encoding_it_anew_is_not_partial(tmp_path: Path, images: list[Image]) -> None:
    """The edit list shows a third; the frames of the rest are still counted in the file."""
    path = write_video(tmp_path / "a.mp4", images, options=IN_FRONT)
    content = bytearray(path.read_bytes())
    at = content.index(b"elst") + 12
    shown = int.from_bytes(content[at : at + 4], "big") // 3
    content[at : at + 4] = shown.to_bytes(4, "big")
    path.write_bytes(content)

    info, outcome = read(path)

    assert info.declared_frames == 150
    assert info.duration_s == pytest.approx(10.0, abs=0.5)
    assert not outcome.is_partial(info)
