"""What is known of a video and what comes out of it. Seconds count from the first frame of the picture."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final

from analytics.pipeline.images import Image

SAMPLE_INTERVAL_S: Final = 1.0
PARTIAL_TOLERANCE_S: Final = 1.0
# Of the processor, for any file and for each MiB of it: a picture that hardly changes is written in 100 kbit/s.
LEAST_CPU_S: Final = 10
CPU_S_PER_MIB: Final = 30


@dataclass(frozen=True)
class Limits:
    """What the decoding process may use, and what it refuses.

    `silence_s` is how long it may be at one call of the codecs; `cpu_s` the most processor time for a file of any size.
    """

    longest_video_s: float = 4 * 3600.0
    most_pixels: int = 4096 * 2304
    memory_bytes: int = 1 << 30
    cpu_s: int = 2 * 3600
    silence_s: float = 20.0

    def cpu_s_for(self, size_bytes: int) -> int:
        """Processor time in proportion to the file: one megabyte that takes an hour to decode is no lesson."""
        return min(self.cpu_s, ceil(LEAST_CPU_S + CPU_S_PER_MIB * size_bytes / (1 << 20)))


@dataclass(frozen=True)
class VideoInfo:
    """What probing found, by content and never by name.

    `declared_s` and `declared_frames` are what the container claims, None where it claims nothing; `probed_s` and
    `probed_frames` are what its packets amount to. Sizes are those of the upright picture. `recorded_at` is the
    container's own creation time, None when it gives none. `cut` is a file that ends before what it began.
    """

    container: str
    codecs: tuple[str, ...]
    width_px: int
    height_px: int
    rotation_deg: int
    fps: float
    declared_s: float | None
    declared_frames: int | None
    probed_s: float
    probed_frames: int
    keyframes: int
    largest_keyframe_gap_s: float
    recorded_at: datetime | None
    cut: bool = False

    @property
    def duration_s(self) -> float:
        """The declared duration, else the probed one."""
        return self.declared_s or self.probed_s


@dataclass(frozen=True, eq=False)
class SampledFrame:
    """One frame, BGR, upright, (height, width, 3), at `t_s` seconds after the first one."""

    t_s: float
    image: Image


@dataclass(frozen=True)
class DecodeOutcome:
    """How decoding went. `keyframes_only` is False where frames between them were decoded: they are rare or one failed.

    `degradation` says in words of a log which part of the sandbox this machine refused, empty when none.
    """

    decoded_s: float
    decoded_frames: int
    damaged_packets: int
    keyframes_only: bool
    degradation: str

    def is_partial(self, info: VideoInfo) -> bool:
        """Whether the file is cut, or more than a second of the declared duration could not be decoded."""
        return info.cut or self.decoded_s < info.duration_s - PARTIAL_TOLERANCE_S
