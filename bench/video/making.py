"""The clips that are measured: 1080p25 H.264, twenty seats with a real face in each, as a school camera sends them:
with the noise of its sensor, at a constant 4 Mbit/s, without pictures that refer to later ones."""

from collections.abc import Mapping
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from av.container import OutputContainer

from analytics.pipeline.classroom import Place
from analytics.pipeline.clips import SWAY_PERIOD_S, Clip, best_codec, frames, person_at
from analytics.pipeline.images import Image

if TYPE_CHECKING:
    from av.video.stream import VideoStream

FPS = 25
BITS_A_SECOND = 4_000_000
NOISE = 2.5  # levels of 256, as indoors
REACH_PX = 64
COLUMNS, ROWS = 5, 4
FACE = 0.08  # of the picture's height: 86 px, above the 72 that the observation gate asks for
PLACES = tuple(
    Place((column + 0.5) / COLUMNS, 0.13 + row * 0.235, FACE) for row in range(ROWS) for column in range(COLUMNS)
)
LESSON = Clip(
    places=PLACES,
    people=tuple(person_at(place, number) for number, place in enumerate(PLACES)),
    width_px=1920,
    height_px=1080,
    fps=FPS,
    duration_s=SWAY_PERIOD_S,  # after which everybody is where they began
)


def make_rounds(paths: Mapping[float, Path]) -> None:
    """A few seconds that can follow themselves, for each distance of the keyframes in seconds."""
    noise = np.random.default_rng(1).normal(0, NOISE, (LESSON.height_px + REACH_PX, LESSON.width_px + REACH_PX, 1))
    offsets = np.random.default_rng(2)
    with ExitStack() as files:
        targets = [_Target(files.enter_context(av.open(path, "w")), gop_s) for gop_s, path in paths.items()]
        for number, (_, image) in enumerate(frames(LESSON)):
            top, left = offsets.integers(0, REACH_PX, 2)
            grain = noise[top : top + LESSON.height_px, left : left + LESSON.width_px]
            seen = np.clip(image + grain, 0, 255).astype(np.uint8)
            for target in targets:
                target.add(number, seen)
        for target in targets:
            target.end()


class _Target:
    def __init__(self, container: OutputContainer, gop_s: float) -> None:
        self._container = container
        self._stream = cast("VideoStream", container.add_stream(best_codec(av.codecs_available), rate=FPS))
        self._stream.width, self._stream.height = LESSON.width_px, LESSON.height_px
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.thread_count = 1
        self._stream.codec_context.gop_size = round(gop_s * FPS)
        self._stream.bit_rate = BITS_A_SECOND
        rate = str(BITS_A_SECOND)
        self._stream.options = {"preset": "veryfast", "maxrate": rate, "bufsize": rate, "bf": "0", "sc_threshold": "0"}

    def add(self, number: int, image: Image) -> None:
        frame = av.VideoFrame.from_ndarray(image, format="bgr24")
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        self._container.mux(self._stream.encode(frame))

    def end(self) -> None:
        self._container.mux(self._stream.encode())


def repeat(one: Path, path: Path, length_s: float) -> None:
    """The round of `one` again and again, packet by packet, until `length_s` is reached."""
    with av.open(one) as source:
        stream = source.streams.video[0]
        base = stream.time_base or Fraction(1, FPS)
        packets = [
            (packet.pts, packet.dts, packet.is_keyframe, bytes(packet))
            for packet in source.demux(stream)
            if packet.pts is not None and packet.dts is not None
        ]
        round_ticks = round(LESSON.duration_s / base)
        with av.open(path, "w") as target:
            out = target.add_stream_from_template(stream)
            out.time_base = base
            for number in range(round(length_s / LESSON.duration_s)):
                for pts, dts, is_keyframe, content in packets:
                    packet = av.Packet(content)
                    packet.stream, packet.time_base, packet.is_keyframe = out, base, is_keyframe
                    packet.pts, packet.dts = pts + number * round_ticks, dts + number * round_ticks
                    target.mux(packet)
