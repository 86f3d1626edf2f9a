"""Makes of a video what may be kept of an incident: its picture drawn anew, without sound and without metadata."""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from analytics.pipeline.decoding import open_video
from analytics.pipeline.errors import Undecodable
from analytics.pipeline.images import Image
from analytics.pipeline.pixelation import Movement, pixelated
from analytics.pipeline.scaling import at_most
from analytics.pipeline.video import Limits, SampledFrame

if TYPE_CHECKING:
    from av.container import OutputContainer

FRAMES_A_SECOND: Final = 10
TICK: Final = Fraction(1, 1000)  # s
LONGEST_SIDE_PX: Final = 1280
SHORTEST_SIDE_PX: Final = 2  # colours are kept for every second point alone
BITS_A_SECOND: Final = 1_000_000  # five minutes of both videos are held in memory: some 80 MB
CODEC: Final = "libvpx"  # VP8 in WebM, free of licences; Safari plays it since 2021, iPhones since 2024
SPEED: Final = {"deadline": "realtime", "cpu-used": "8"}
MEDIA_TYPE: Final = "video/webm"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two videos of the same frames. `covered` has everything that moves pixelated, `sharp` has not.

    `covered_share` is the share 0..1 of the picture that is covered; `duration_s` seconds.
    """

    covered: bytes
    sharp: bytes
    covered_share: float
    duration_s: float
    width_px: int
    height_px: int


def make_evidence(path: Path, limits: Limits, alive: Callable[[float], None]) -> Evidence:
    """The evidence of a video on the disk. Raises a VideoError; whatever `alive` raises ends the work."""
    expected = 1.0

    def read() -> Generator[SampledFrame]:
        nonlocal expected
        with open_video(path, limits, 1 / FRAMES_A_SECOND) as video:
            expected = max(video.info.duration_s * FRAMES_A_SECOND, 1.0)
            yield from video.frames()

    return draw_evidence(read, lambda frames, turn: alive((turn + min(frames / expected, 1.0)) / 2))


def draw_evidence(read: Callable[[], Generator[SampledFrame]], alive: Callable[[int, int], None]) -> Evidence:
    """Read the pictures twice: first for what moves, then to draw them. `alive` hears of how many frames are done, and
    in which turn, 0 or 1.

    Raises Undecodable without a picture, and whatever `read` and `alive` raise.
    """
    movement, size = Movement(), None
    with closing(read()) as pictures:
        for number, frame in enumerate(pictures, start=1):
            image = _reduced(frame.image, size)
            size = size or image.shape[:2]
            movement.see(image)
            alive(number, 0)
    if size is None:
        raise Undecodable
    cells = movement.cells()
    covered, sharp = Drawing(), Drawing()
    with closing(read()) as pictures:
        for number, frame in enumerate(pictures, start=1):
            image = _reduced(frame.image, size)
            sharp.add(image, frame.t_s)
            covered.add(pixelated(image, cells), frame.t_s)
            alive(number, 1)
    return Evidence(
        covered=covered.finished(),
        sharp=sharp.finished(),
        covered_share=float(cells.mean()),
        duration_s=covered.duration_s,
        width_px=covered.width_px,
        height_px=covered.height_px,
    )


class Drawing:
    """A video that is being drawn, of BGR frames of one size; an odd last row or column is left out."""

    def __init__(self) -> None:
        self.width_px = self.height_px = 0
        self.duration_s = 0.0
        self._out = BytesIO()
        self._container: OutputContainer = av.open(self._out, "w", format="webm")
        self._stream: VideoStream | None = None

    def add(self, image: Image, t_s: float) -> None:
        """One more frame, shown `t_s` seconds after the first one."""
        stream = self._stream or self._begin(image)
        even = image[: self.height_px, : self.width_px]
        frame = av.VideoFrame.from_ndarray(even, format="bgr24")
        frame.pts, frame.time_base = round(t_s / TICK), TICK
        self.duration_s = t_s + 1 / FRAMES_A_SECOND
        self._container.mux(stream.encode(frame))

    def finished(self) -> bytes:
        """The whole file. Raises Undecodable where no frame was added."""
        if self._stream is None:
            raise Undecodable
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._out.getvalue()

    def _begin(self, image: Image) -> VideoStream:
        self.height_px, self.width_px = (side - side % 2 for side in image.shape[:2])
        stream = self._container.add_stream(CODEC, rate=FRAMES_A_SECOND, options=SPEED)
        stream.width, stream.height = self.width_px, self.height_px
        stream.pix_fmt = "yuv420p"
        stream.bit_rate = BITS_A_SECOND
        stream.codec_context.time_base = TICK
        stream.codec_context.thread_count = 1
        self._stream = stream
        return stream


def _reduced(image: Image, size: tuple[int, ...] | None) -> Image:
    """At most 1280 points wide and at least two points each way, or of that (height, width): a picture may change its
    size midway."""
    if size is None:
        image = at_most(image, LONGEST_SIDE_PX)
        size = tuple(max(side, SHORTEST_SIDE_PX) for side in image.shape[:2])
    if image.shape[:2] == size:
        return image
    return cv2.resize(image, (size[1], size[0]), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
