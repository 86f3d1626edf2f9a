"""The last seconds of a camera, in memory alone (rule 12): nothing of it touches the disk but a sealed clip."""

from collections import deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import cv2
import numpy as np

from analytics.pipeline.images import Image
from analytics.pipeline.scaling import at_most
from analytics.pipeline.video import SampledFrame

LONGEST: Final = timedelta(seconds=12)
LAST_SHOWN: Final = timedelta(seconds=0.1)  # for how long a clip shows its last picture
LONGEST_SIDE_PX: Final = 640
JPEG_QUALITY: Final = 85
MOST_BYTES: Final = 16 << 20  # a hundred and twenty pictures have 4 to 7 million


@dataclass(frozen=True, slots=True)
class KeptFrame:
    """A picture as JPEG, at most 640 points along its longer side."""

    at: datetime
    jpeg: bytes = field(repr=False)


class Memory:
    """A ring of at most twelve seconds and 16 MiB."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._frames: deque[KeptFrame] = deque()
        self._most_bytes, self._bytes = most_bytes, 0

    def keep(self, at: datetime, image: Image) -> None:
        """One more picture, BGR. Time that runs backwards forgets what was before."""
        if self._frames and at <= self._frames[-1].at:
            self.forget()
        _, jpeg = cv2.imencode(".jpg", at_most(image, LONGEST_SIDE_PX), (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))
        self._frames.append(KeptFrame(at, jpeg.tobytes()))
        self._bytes += len(self._frames[-1].jpeg)
        while self._bytes > self._most_bytes or self._frames[0].at < at - LONGEST + LAST_SHOWN:
            self._bytes -= len(self._frames.popleft().jpeg)

    def forget(self) -> None:
        """Keep nothing."""
        self._frames.clear()
        self._bytes = 0

    def frames(self) -> tuple[KeptFrame, ...]:
        """What is remembered, oldest first."""
        return tuple(self._frames)


def pictures_of(frames: Iterable[KeptFrame]) -> Generator[SampledFrame]:
    """The pictures as those of a video are read, in seconds from the first one."""
    first: datetime | None = None
    for frame in frames:
        first = first or frame.at
        image = cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), cv2.IMREAD_COLOR)
        yield SampledFrame((frame.at - first).total_seconds(), np.asarray(image, np.uint8))
