"""Probing: every packet of the picture is read and none decoded. Runs inside the decoding process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, pairwise
from typing import TYPE_CHECKING, BinaryIO, Final

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from analytics.pipeline.containers import ends_within_a_box, sniff_demuxer
from analytics.pipeline.errors import (
    Encrypted,
    FrameTooLarge,
    NoVideoStream,
    TooLong,
    Truncated,
    Undecodable,
    UnsupportedCodec,
)
from analytics.pipeline.video import Limits, VideoInfo

if TYPE_CHECKING:
    from av.packet import Packet

# The file is handed over as an open file; "none" names no protocol, so nothing else can be opened by a demuxer. Nor may
# it call another demuxer, as that of AVI does for subtitles.
OPEN_OPTIONS: Final = {"protocol_whitelist": "none", "analyzeduration": "5000000", "probesize": "5000000"}
UNREADABLE: Final = (FFmpegError, OSError)  # the latter where the library wants to go to a place that cannot be
BUFFER_BYTES: Final = 1 << 20
PACKETS_BETWEEN_SIGNS_OF_LIFE: Final = 200  # the slowest to decode take 0.05 s each
CREATION_YEARS: Final = range(2000, 2100)  # cameras without a clock say 1904 or 1970
CREATION_KEYS: Final = ("com.apple.quicktime.creationdate", "creation_time")


@dataclass(frozen=True)
class PacketTimes:
    """Presentation times in seconds: of the first packet on the container's clock, and relative ones.

    A group is a keyframe and what follows it in the file; `group_ends_s` says when the last picture of each is shown.
    `closed` is a video that says when each picture is shown, none of them before the keyframe of its own group.
    """

    start_s: float
    span_s: float
    packets: int
    keyframes: int
    largest_keyframe_gap_s: float
    group_ends_s: tuple[float, ...]
    closed: bool


@dataclass
class _Groups:
    ends_s: list[float] = field(default_factory=list)
    begin_s: float = 0.0
    closed: bool = True

    def add(self, packet: "Packet[VideoStream]", t_s: float) -> None:
        if packet.is_keyframe or not self.ends_s:
            self.begin_s = t_s
            self.ends_s.append(t_s)
        self.ends_s[-1] = max(self.ends_s[-1], t_s)
        self.closed = self.closed and packet.pts is not None and t_s >= self.begin_s


def open_container(file: BinaryIO) -> InputContainer:
    """Raises EmptyFile or NotAVideo by the first bytes, Truncated if the rest does not keep what they promise,
    MemoryError if it promises more than fits."""
    file.seek(0)
    demuxer = sniff_demuxer(file)
    try:
        return av.open(
            file,
            "r",
            format=demuxer,
            options={**OPEN_OPTIONS, "format_whitelist": demuxer},
            buffer_size=BUFFER_BYTES,
            metadata_errors="replace",
        )
    except MemoryError:  # of the library's errors, too, one says so
        raise
    except UNREADABLE as error:
        raise Truncated(str(error)) from error


def picture_stream(container: InputContainer, limits: Limits) -> VideoStream:
    """The first moving picture (a cover image is none), set to decode on one thread, and no frame that grows midway
    beyond the limit. Raises NoVideoStream, UnsupportedCodec, or Truncated where there is nothing at all."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            if not _codec_name(stream):
                raise UnsupportedCodec
            stream.codec_context.thread_count = 1
            stream.codec_context.options = {"max_pixels": str(limits.most_pixels)}
            return stream
    raise NoVideoStream if len(container.streams) else Truncated("no stream")


def picture_packets(
    container: InputContainer, stream: VideoStream, alive: Callable[[], None]
) -> "Iterator[Packet[VideoStream]]":
    """The stream's packets up to the first unreadable place; `alive` is called every few hundred."""
    try:
        for number, packet in enumerate(container.demux(stream), start=1):
            if number % PACKETS_BETWEEN_SIGNS_OF_LIFE == 0:
                alive()
            if packet.size:
                yield packet
    except UNREADABLE:
        return


def probe(file: BinaryIO, limits: Limits, alive: Callable[[], None]) -> tuple[VideoInfo, PacketTimes]:
    """Read through the file once; `alive` is called now and then. Raises the errors of a bad file."""
    with open_container(file) as container:
        stream = picture_stream(container, limits)
        _refuse_large(stream, limits)
        times = read_packet_times(container, stream, alive)
        coded = _describe(container, stream, times)
    info = replace(
        _upright(coded, _rotation_deg(file, limits, alive)), cut=coded.container == "mov" and ends_within_a_box(file)
    )
    if max(info.duration_s, info.probed_s) > limits.longest_video_s:
        raise TooLong(f"{info.duration_s:.0f} s declared, {info.probed_s:.0f} s found")
    return info, times


def read_packet_times(container: InputContainer, stream: VideoStream, alive: Callable[[], None]) -> PacketTimes:
    """Raises Encrypted, or Truncated if there is no packet."""
    frame_s = 1 / _fps(stream)
    times_s: list[float] = []
    groups = _Groups()
    keyframes_s: list[float] = []
    for packet in picture_packets(container, stream, alive):
        if _is_encrypted(packet, stream):
            raise Encrypted
        times_s.append(packet_time_s(packet, len(times_s) * frame_s))
        if packet.is_keyframe:
            keyframes_s.append(times_s[-1])
        groups.add(packet, times_s[-1])
    if not times_s:
        raise Truncated("no packet")
    start_s, end_s = min(times_s), max(times_s) + frame_s
    gaps_s = [later - earlier for earlier, later in pairwise([start_s, *sorted(keyframes_s), end_s])]
    return PacketTimes(
        start_s,
        end_s - start_s,
        len(times_s),
        len(keyframes_s),
        max(gaps_s),
        tuple(end_s - start_s for end_s in groups.ends_s),
        groups.closed,
    )


def packet_time_s(packet: "Packet[VideoStream]", otherwise_s: float) -> float:
    """When the packet's picture is shown; AVI knows only the decoding order, and some files know nothing."""
    ticks = packet.pts if packet.pts is not None else packet.dts
    return otherwise_s if ticks is None else float(ticks * packet.time_base)


def creation_time(metadata: dict[str, str]) -> datetime | None:
    """The container's creation time with its zone, UTC where it gives none, None where there is no believable one."""
    for key in CREATION_KEYS:
        try:
            found = datetime.fromisoformat(metadata[key])
        except (KeyError, ValueError):
            continue
        if found.year in CREATION_YEARS:
            return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _describe(container: InputContainer, stream: VideoStream, times: PacketTimes) -> VideoInfo:
    return VideoInfo(
        container=container.format.name,
        codecs=tuple(filter(None, map(_codec_name, container.streams))),
        width_px=stream.codec_context.width,
        height_px=stream.codec_context.height,
        rotation_deg=0,
        fps=_fps(stream),
        declared_s=_declared_s(container, stream),
        declared_frames=stream.frames or None,
        probed_s=times.span_s,
        probed_frames=times.packets,
        keyframes=times.keyframes,
        largest_keyframe_gap_s=times.largest_keyframe_gap_s,
        recorded_at=creation_time(container.metadata) or creation_time(stream.metadata),
    )


def _upright(coded: VideoInfo, rotation_deg: int) -> VideoInfo:
    if rotation_deg % 180:
        coded = replace(coded, width_px=coded.height_px, height_px=coded.width_px)
    return replace(coded, rotation_deg=rotation_deg)


def _codec_name(stream: Stream) -> str:
    """Empty where no decoder is built in: `codec_context` is None then, whatever its annotation says."""
    return str(getattr(stream.codec_context, "name", ""))


def _declared_s(container: InputContainer, stream: VideoStream) -> float | None:
    """What the container claims. The duration of an AVI is guessed from the size of the file, so that a cut one seems
    whole; its frames are counted in its head and come at one rate. Elsewhere frames are no length: the rate may change,
    and a trimmed MP4 counts those that are not shown."""
    if stream.duration and stream.time_base:
        by_clock = float(stream.duration * stream.time_base)
    else:
        by_clock = (container.duration or 0) / av.time_base
    by_frames = stream.frames / _fps(stream) if container.format.name == "avi" else 0.0
    declared_s = max(by_clock, by_frames)
    return declared_s if declared_s > 0 else None


def _fps(stream: VideoStream) -> float:
    rate = stream.average_rate or stream.guessed_rate
    return float(rate) if rate and rate > 0 else 25.0


def _refuse_large(stream: VideoStream, limits: Limits) -> None:
    pixels = stream.codec_context.width * stream.codec_context.height
    if not pixels:
        raise Undecodable("a picture without a size")
    if pixels > limits.most_pixels:
        raise FrameTooLarge(f"{pixels} pixels")


def _is_encrypted(packet: "Packet[VideoStream]", stream: VideoStream) -> bool:
    return packet.has_sidedata("encryption_info") or "enc_key_id" in stream.metadata


def _rotation_deg(file: BinaryIO, limits: Limits, alive: Callable[[], None]) -> int:
    """How far the picture must be turned counter-clockwise, of the first frame that decodes."""
    with open_container(file) as container:
        packets = picture_packets(container, stream := picture_stream(container, limits), alive)
        for frame in decoded_frames(packets, stream, on_damage=lambda: None):
            return round(frame.rotation / 90) * 90 % 360
    raise Undecodable


def decoded_frames(
    packets: "Iterator[Packet[VideoStream] | None]", stream: VideoStream, on_damage: Callable[[], None]
) -> Iterator[av.VideoFrame]:
    """Every sound frame. A packet that does not decode is passed over and told; None stands for whatever the decoder
    still holds, as does the end."""
    for packet in chain(packets, [None]):
        try:
            frames = stream.codec_context.decode(packet)
        except FFmpegError:
            on_damage()
            continue
        yield from (frame for frame in frames if not frame.is_corrupt)
