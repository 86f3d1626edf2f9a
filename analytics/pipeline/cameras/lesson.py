"""A lesson as it happens: the camera's thread offers frames, the engine reads them as those of a file."""

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Final

from analytics.pipeline.cameras.thinning import Thinning
from analytics.pipeline.images import Image
from analytics.pipeline.video import SAMPLE_INTERVAL_S, DecodeOutcome, SampledFrame, VideoInfo

LOOK_UP_S: Final = 1.0


class LessonFrames:
    """A FrameSource of the next `length_s` seconds before a camera, whose pictures have the shape of `first`.

    Times are those of the machine since it was made, whatever the camera's own clock says. `when_idle` is asked each
    second in which nothing comes: it may raise what ends the run. `now` is a steady clock.
    """

    def __init__(self, first: Image, length_s: float, now: Callable[[], float] = monotonic) -> None:
        self.thinning = Thinning()
        self.info = _info(first, length_s)
        self.when_idle: Callable[[float], None] = lambda _t_s: None
        self._now = now
        self._began = now()
        self._waiting: SimpleQueue[SampledFrame | None] = SimpleQueue()
        self._seen = 0

    @property
    def outcome(self) -> DecodeOutcome:
        """How much of the lesson was before the camera's eyes: the seconds in which a picture came."""
        seen_s = min(self._seen * SAMPLE_INTERVAL_S, self.info.duration_s)
        return DecodeOutcome(seen_s, self._seen, damaged_packets=0, keyframes_only=False, degradation="")

    def offer(self, image: Image) -> None:
        """A picture of this moment; it is analysed, or left out with its window. One after the end is forgotten."""
        t_s = self._now() - self._began
        if t_s < self.info.duration_s:
            self._seen += 1
            if self.thinning.takes(t_s, self._waiting.qsize()):
                self._waiting.put(SampledFrame(t_s, image))

    def end(self) -> None:
        """Nothing more comes: the watching ends before the lesson does."""
        self._waiting.put(None)

    def frames(self) -> Iterator[SampledFrame]:
        """Until the lesson is over or `end` was called, in the order of time."""
        while True:
            t_s = self._now() - self._began
            try:
                frame = self._waiting.get(timeout=LOOK_UP_S)
            except Empty:
                if t_s >= self.info.duration_s:
                    return
                self.when_idle(t_s)
                continue
            if frame is None:
                return
            yield frame


def _info(first: Image, length_s: float) -> VideoInfo:
    height_px, width_px = first.shape[:2]
    return VideoInfo(
        container="rtsp",
        codecs=(),
        width_px=width_px,
        height_px=height_px,
        rotation_deg=0,
        fps=1 / SAMPLE_INTERVAL_S,
        declared_s=length_s,
        declared_frames=None,
        probed_s=length_s,
        probed_frames=0,
        keyframes=0,
        largest_keyframe_gap_s=0.0,
        recorded_at=None,
    )
