"""What the decoding process answered, as far as it makes sense: a fault in a codec may have put others in its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from math import isfinite
from typing import Final

import numpy as np

from analytics.pipeline.errors import DecoderCrashed, TooLong
from analytics.pipeline.framing import Head
from analytics.pipeline.video import DecodeOutcome, Limits, SampledFrame, VideoInfo

CHANNELS: Final = 3
MOST: Final = 1 << 53
RIGHT_ANGLES: Final = (0, 90, 180, 270)


def info_of(head: Head, limits: Limits) -> VideoInfo:
    """Raises DecoderCrashed."""
    with _doubted("facts"):
        claimed = head["info"]
        width_px, height_px = _count(claimed["width_px"], 1), _count(claimed["height_px"], 1)
        if width_px * height_px > limits.most_pixels or claimed["rotation_deg"] not in RIGHT_ANGLES:
            raise ValueError(claimed)
        recorded_at, declared_frames = claimed["recorded_at"], claimed["declared_frames"]
        return VideoInfo(
            container=str(claimed["container"]),
            codecs=tuple(str(codec) for codec in claimed["codecs"]),
            width_px=width_px,
            height_px=height_px,
            rotation_deg=claimed["rotation_deg"],
            fps=_number(claimed["fps"]),
            declared_s=None
            if claimed["declared_s"] is None
            else _number(claimed["declared_s"], limits.longest_video_s),
            declared_frames=None if declared_frames is None else _count(declared_frames),
            probed_s=_number(claimed["probed_s"], limits.longest_video_s),
            probed_frames=_count(claimed["probed_frames"]),
            keyframes=_count(claimed["keyframes"]),
            largest_keyframe_gap_s=_number(claimed["largest_keyframe_gap_s"]),
            recorded_at=None if recorded_at is None else datetime.fromisoformat(recorded_at).astimezone(UTC),
            cut=bool(claimed["cut"]),
        )


def frame_of(head: Head, payload: bytearray, after_s: float, limits: Limits) -> SampledFrame:
    """The frame after the one at `after_s`. Raises DecoderCrashed, or TooLong where the video goes on and on."""
    with _doubted("a frame"):
        t_s, shape = _number(head["t_s"]), (_count(head["height_px"], 1), _count(head["width_px"], 1), CHANNELS)
        if t_s <= after_s or shape[0] * shape[1] * CHANNELS != len(payload):
            raise ValueError(t_s, shape)
    if t_s > limits.longest_video_s:  # whatever the file says of its length
        raise TooLong(f"{t_s:.0f} s")
    return SampledFrame(t_s, np.frombuffer(payload, dtype=np.uint8).reshape(shape))


def outcome_of(head: Head) -> DecodeOutcome:
    """Raises DecoderCrashed."""
    with _doubted("an end"):
        return DecodeOutcome(
            decoded_s=_number(head["decoded_s"]),
            decoded_frames=_count(head["decoded_frames"]),
            damaged_packets=_count(head["damaged_packets"]),
            keyframes_only=bool(head["keyframes_only"]),
            degradation=str(head["degradation"]),
        )


@contextmanager
def _doubted(what: str) -> Iterator[None]:
    try:
        yield
    except (LookupError, OverflowError, TypeError, ValueError) as error:
        raise DecoderCrashed(f"{what} that contradicts itself") from error


def _number(value: object, most: float = MOST) -> float:
    if not isinstance(value, int | float) or not isfinite(value) or not 0 <= value <= most:
        raise ValueError(value)
    return float(value)


def _count(value: object, least: int = 0) -> int:
    if not isinstance(value, int) or not least <= value <= MOST:
        raise ValueError(value)
    return value
