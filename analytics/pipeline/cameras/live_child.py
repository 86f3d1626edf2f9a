"""The process that decodes what a camera sends. It has no network: pictures come to it through standard input.

Started by `live`, never imported by it. On standard output it answers each sampled picture by `frame` and others by
`alive`, something that cannot go on by `error`; with the end of its input it ends.
"""

import sys
from collections.abc import Iterator
from math import inf
from typing import BinaryIO

import av
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext

from analytics.pipeline.cameras.live_job import LiveJob
from analytics.pipeline.errors import DecoderCrashed, DecoderStalled, FrameTooLarge, VideoError
from analytics.pipeline.framing import MessageReader, send
from analytics.pipeline.sampling import Cadence, upright_bgr
from lockdown.sandbox import deny_calls, die_with, limit_resources

CODECS = {"h264": "h264", "h265": "hevc"}
TICKS_A_SECOND = 1_000_000  # times come in seconds; FFmpeg wants whole numbers


class Decoder:
    """Pictures out of access units, in the order in which they are shown."""

    def __init__(self, job: LiveJob) -> None:
        self._limits = job.limits
        context = av.CodecContext.create(CODECS[job.coding], "r")
        assert isinstance(context, VideoCodecContext)  # noqa: S101 # both codings are
        context.thread_count = 1
        context.options = {"max_pixels": str(job.limits.most_pixels)}
        context.extradata = bytes.fromhex(job.parameters) or None
        self._context = context

    def add(self, t_s: float, content: bytes) -> Iterator[tuple[float, av.VideoFrame]]:
        """What this unit lets out; nothing for one that does not decode. Raises FrameTooLarge."""
        packet = av.Packet(content)
        packet.pts = packet.dts = round(t_s * TICKS_A_SECOND)
        try:
            frames = self._context.decode(packet)
        except FFmpegError:
            self._refuse_large()
            return
        self._refuse_large()
        sound = (frame for frame in frames if not frame.is_corrupt)
        yield from ((frame.pts / TICKS_A_SECOND, frame) for frame in sound if frame.pts is not None)

    def _refuse_large(self) -> None:
        pixels = self._context.width * self._context.height
        if pixels > self._limits.most_pixels:
            raise FrameTooLarge(f"{pixels} pixels")


def serve(job: LiveJob, pictures: BinaryIO, pipe: BinaryIO) -> None:
    """Answer until the input ends. Every expected error becomes a message."""
    try:
        _answer(job, pictures, pipe)
    except VideoError as error:
        send(pipe, "error", code=error.code, detail=error.detail)
    except MemoryError:
        send(pipe, "error", code=DecoderCrashed.code, detail="out of memory")


def _answer(job: LiveJob, pictures: BinaryIO, pipe: BinaryIO) -> None:
    reader = MessageReader(pictures, job.limits.silence_s, inf, job.limits.memory_bytes)
    decoder, cadence = Decoder(job), Cadence(job.interval_s)
    while True:
        try:
            head, content = reader.receive()
        except (DecoderCrashed, DecoderStalled):  # the input ended
            return
        is_picture = head.get("kind") == "picture"
        for t_s, frame in decoder.add(float(head["t_s"]), bytes(content)) if is_picture else ():
            if cadence.takes(t_s):
                image = upright_bgr(frame, 0)
                height_px, width_px = image.shape[:2]
                send(pipe, "frame", t_s=t_s, width_px=width_px, height_px=height_px, payload=image.data.cast("B"))
        send(pipe, "alive")


def main() -> None:
    """Take the job from the command line, lock down, answer."""
    job = LiveJob.from_json(sys.argv[1])
    decoder_is_loaded = av.CodecContext.create(CODECS[job.coding], "r")
    die_with(job.parent_pid)
    limit_resources(job.limits.memory_bytes, job.limits.cpu_s)
    deny_calls()
    del decoder_is_loaded
    serve(job, sys.stdin.buffer, sys.stdout.buffer)
