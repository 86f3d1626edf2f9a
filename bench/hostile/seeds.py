"""Sound videos to be spoilt: two seconds of a lesson in each container and codec that can be written here."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import numpy as np

from analytics.pipeline.clips import Clip, frames, person_at, place_in_rows, render_clip

if TYPE_CHECKING:
    from av.video.stream import VideoStream

PLACES = place_in_rows(columns=2, rows=1, face_height_share=0.3)
LESSON = Clip(
    places=PLACES,
    people=tuple(person_at(place, number) for number, place in enumerate(PLACES)),
    width_px=160,
    height_px=96,
    fps=5,
    duration_s=2,
)
FRAGMENTED = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
SECRET = {
    "encryption_scheme": "cenc-aes-ctr",
    "encryption_key": "76a6c65c5ea762046bd749a2e632ccbb",
    "encryption_kid": "a7e61c373e219033c21091fa607bf3b8",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """How a seed is written. The name's ending is the container."""

    name: str
    codec: str
    pixels: str = "yuv420p"
    muxing: tuple[tuple[str, str], ...] = ()
    encoding: tuple[tuple[str, str], ...] = ()
    sound: bool = False


KINDS = (
    Kind("h264.mp4", "libx264", sound=True),
    Kind("fragmented.mp4", "libx264", muxing=tuple(FRAGMENTED.items())),
    Kind("hevc.mp4", "libx265", encoding=(("x265-params", "log-level=none:pools=none:frame-threads=1"),)),
    Kind("mpeg4.mp4", "mpeg4"),
    Kind("mjpeg.mov", "mjpeg", "yuvj420p"),
    Kind("prores.mov", "prores_ks", "yuv422p10le"),
    Kind("png.mov", "png", "rgb24"),
    Kind("h264.mkv", "libx264", sound=True),
    Kind("ffv1.mkv", "ffv1"),
    Kind("mjpeg.mkv", "mjpeg", "yuvj420p"),
    Kind("mpeg2.mkv", "mpeg2video"),
    Kind("vp8.webm", "libvpx", encoding=(("deadline", "realtime"), ("cpu-used", "8"))),
    Kind("vp9.webm", "libvpx-vp9", encoding=(("deadline", "realtime"), ("cpu-used", "8"))),
    Kind("av1.webm", "libsvtav1", encoding=(("preset", "12"), ("svtav1-params", "lp=1"))),
    Kind("mpeg4.avi", "mpeg4"),
    Kind("mjpeg.avi", "mjpeg", "yuvj420p"),
    Kind("h264.avi", "libx264"),
    Kind("raw.avi", "rawvideo", "bgr24"),
)


def make_seeds(folder: Path) -> dict[str, bytes]:
    """Name and content of each that this installation can write, and of those the product's own demo writes."""
    os.environ["SVT_LOG"] = "0"  # the encoder of AV1 would tell of itself
    found = dict(_written(folder))
    for ending in ("mp4", "mov"):
        path = folder / f"lesson.{ending}"
        render_clip(path, LESSON)
        found[path.name] = path.read_bytes()
    return found


def write(path: Path, kind: Kind, **muxing: str) -> bytes:
    """Write the lesson as that kind and return it."""
    with av.open(path, "w", options={**dict(kind.muxing), "fflags": "+bitexact", **muxing}) as container:
        container.metadata["creation_time"] = "2026-03-02T09:00:00Z"
        picture = cast("VideoStream", container.add_stream(kind.codec, rate=LESSON.fps, options=dict(kind.encoding)))
        picture.width, picture.height, picture.pix_fmt = LESSON.width_px, LESSON.height_px, kind.pixels
        picture.codec_context.gop_size, picture.codec_context.thread_count = LESSON.fps, 1
        sound = container.add_stream("aac", rate=8000) if kind.sound else None
        for number, (_, image) in enumerate(frames(LESSON)):
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, LESSON.fps)
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        if sound is not None:
            for quiet in _silence():
                container.mux(sound.encode(quiet))
            container.mux(sound.encode(None))
    return path.read_bytes()


def write_sound(path: Path) -> bytes:
    """A second of silence without any picture."""
    with av.open(path, "w") as container:
        stream = container.add_stream("aac", rate=8000)
        for frame in _silence():
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path.read_bytes()


def _written(folder: Path) -> Iterator[tuple[str, bytes]]:
    for kind in KINDS:
        if kind.codec in av.codecs_available:
            yield kind.name, write(folder / kind.name, kind)


def _silence() -> Iterator[av.AudioFrame]:
    for _ in range(8):
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), dtype=np.float32), format="fltp", layout="mono")
        frame.sample_rate = 8000
        yield frame
