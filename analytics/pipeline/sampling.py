"""About one frame each interval, by keyframes where that is safe, else by decoding what leads to it. Runs in the
decoding process.

Keyframes alone cost about a twelfth. They are trusted only where no gap between them exceeds the interval and each of
them decodes to exactly one sound frame; at the first that does not, everything is decoded from there on. Where they are
rarer, what lies between a sample and the next keyframe leads to no other sample and is passed over, as long as that
keyframe is the next to come out; if not, everything is decoded.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING, BinaryIO, Final

import av
import numpy as np
from av.error import FFmpegError
from av.video.stream import VideoStream

from analytics.pipeline.errors import Undecodable
from analytics.pipeline.images import Image
from analytics.pipeline.probing import (
    PacketTimes,
    decoded_frames,
    open_container,
    packet_time_s,
    picture_packets,
    picture_stream,
)
from analytics.pipeline.video import Limits, SampledFrame, VideoInfo

if TYPE_CHECKING:
    from av.packet import Packet

# 30 frames at 29.97 frames a second last 1.001 s and count as a second.
LARGEST_TRUSTED_GAP: Final = 1.01  # intervals


@dataclass
class Cadence:
    """Takes the first frame at or after each multiple of the interval."""

    interval_s: float
    next_s: float = 0.0

    def is_due(self, t_s: float) -> bool:
        """Whether a frame at that time would be taken now."""
        return t_s >= self.next_s - 1e-6 * self.interval_s  # the tolerance of below, lest a time be taken twice

    def takes(self, t_s: float) -> bool:
        if not self.is_due(t_s):
            return False
        self.next_s = (floor(t_s / self.interval_s + 1e-6) + 1) * self.interval_s
        return True


@dataclass
class Tally:
    """What decoding came to so far. `expected` counts keyframes while only they are decoded, else every packet, also
    those that are `passed` over; `awaited_s` is then the time of the keyframe that has to come out next."""

    expected: int
    decoded: int = 0
    damaged: int = 0
    passed: int = 0
    keyframes_only: bool = False
    awaited_s: float | None = None

    def decoded_s(self, probed_s: float) -> float:
        return probed_s * min(1.0, self.decoded / (self.expected - self.passed))


class Sampler:
    """Iterates a file's frames once; `tally` is complete when the iteration ends."""

    def __init__(
        self,
        file: BinaryIO,
        info: VideoInfo,
        times: PacketTimes,
        interval_s: float,
        limits: Limits,
        alive: Callable[[], None],
    ) -> None:
        self._file = file
        self._limits = limits
        self._alive = alive
        self._turns = info.rotation_deg // 90
        self._frame_s = 1 / info.fps
        self._times = times
        self._cadence = Cadence(interval_s)
        self._complete = False
        trusted = times.largest_keyframe_gap_s <= LARGEST_TRUSTED_GAP * interval_s
        self.tally = Tally(times.keyframes, keyframes_only=True) if trusted else Tally(times.packets)

    def __iter__(self) -> Iterator[SampledFrame]:
        """Raises Undecodable if not one frame was sound."""
        if self.tally.keyframes_only:
            yield from self._by_keyframes()
        elif self._times.closed:
            yield from self._by_frames(all_of_them=False)
        if not self._complete:
            yield from self._by_frames(all_of_them=True)
        if not self.tally.decoded:
            raise Undecodable

    def _by_keyframes(self) -> Iterator[SampledFrame]:
        with open_container(self._file) as container:
            stream = picture_stream(container, self._limits)
            for number, packet in enumerate(picture_packets(container, stream, self._alive)):
                if not packet.is_keyframe:
                    continue
                frame = _only_frame(packet, stream)
                if frame is None:
                    break
                self.tally.decoded += 1
                yield from self._taken(frame, packet_time_s(packet, number * self._frame_s))
        self._complete = self.tally.decoded == self._times.keyframes

    def _by_frames(self, *, all_of_them: bool) -> Iterator[SampledFrame]:
        """Frames at times already taken are not taken again. Ends early where another frame than the keyframe comes out
        after packets were passed over."""
        self.tally = Tally(self._times.packets)
        with open_container(self._file) as container:
            stream = picture_stream(container, self._limits)
            packets = picture_packets(container, stream, self._alive)
            chosen = packets if all_of_them else self._leading_to_samples(packets, stream)
            for frame in decoded_frames(chosen, stream, self._count_damage):
                before = self.tally.decoded + self.tally.passed
                shown_s = _shown_s(frame, stream, self._times.start_s + before * self._frame_s)
                if self.tally.awaited_s not in {None, shown_s}:
                    return
                self.tally.awaited_s = None
                self.tally.decoded += 1
                yield from self._taken(frame, shown_s)
        self._complete = self.tally.awaited_s is None

    def _leading_to_samples(
        self, packets: "Iterator[Packet[VideoStream]]", stream: VideoStream
    ) -> "Iterator[Packet[VideoStream] | None]":
        """Without what follows the last sample of a group; but the last group to its end, where files break."""
        group, last_group, passing = -1, len(self._times.group_ends_s) - 1, False
        for packet in packets:
            if packet.is_keyframe or group < 0:
                group += 1
                if passing:
                    yield None
                    stream.codec_context.flush_buffers()
                    passing, self.tally.awaited_s = False, packet_time_s(packet, 0.0)
            elif group < last_group and not self._cadence.is_due(self._times.group_ends_s[group]):
                passing = True
                self.tally.passed += 1
                continue
            yield packet

    def _count_damage(self) -> None:
        self.tally.damaged += 1

    def _taken(self, frame: av.VideoFrame, shown_s: float) -> Iterator[SampledFrame]:
        t_s = max(0.0, shown_s - self._times.start_s)
        if self._cadence.takes(t_s):
            yield SampledFrame(t_s, upright_bgr(frame, self._turns))


def upright_bgr(frame: av.VideoFrame, quarter_turns: int) -> Image:
    """The frame's pixels, turned counter-clockwise by so many quarters."""
    # The sandbox denies the threads that the scaler would start of itself.
    image = frame.reformat(format="bgr24", threads=1).to_ndarray().astype(np.uint8, copy=False)
    return np.ascontiguousarray(np.rot90(image, quarter_turns))


def _shown_s(frame: av.VideoFrame, stream: VideoStream, otherwise_s: float) -> float:
    """`frame.time` is no number for the frames that come out last: they carry no time base of their own."""
    return otherwise_s if frame.pts is None or stream.time_base is None else float(frame.pts * stream.time_base)


def _only_frame(packet: "Packet[VideoStream]", stream: VideoStream) -> av.VideoFrame | None:
    """The one sound frame of a keyframe decoded by itself, or None."""
    if packet.is_corrupt:
        return None
    try:
        frames = [*stream.codec_context.decode(packet), *stream.codec_context.decode(None)]
    except FFmpegError:
        return None
    stream.codec_context.flush_buffers()
    return frames[0] if len(frames) == 1 and not frames[0].is_corrupt else None
