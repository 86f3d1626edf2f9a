"""A camera as a source of frames: this side speaks with it, a killable process without network decodes.

Whatever is lost on the way costs the pictures up to the next one that needs none before it: half a picture is never
looked at.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import inf
from threading import Thread
from time import monotonic
from typing import BinaryIO, Final, cast

from analytics.pipeline.answers import CHANNELS, frame_of
from analytics.pipeline.cameras.live_job import LiveJob
from analytics.pipeline.cameras.places import CameraPlace
from analytics.pipeline.cameras.rtsp import RtspStream, play
from analytics.pipeline.decoding import CHILD_ENVIRONMENT, ROOT
from analytics.pipeline.errors import VIDEO_ERRORS, CameraError, CameraGone, CameraSilent, DecoderCrashed
from analytics.pipeline.framing import MessageReader, send
from analytics.pipeline.video import SAMPLE_INTERVAL_S, Limits, SampledFrame

BLIND_S: Final = 10.0  # without a picture, though something comes
YEAR_S: Final = 366 * 24 * 3600
# A camera runs for days: what bounds it is its memory and that it must keep answering.
LIVE_LIMITS: Final = Limits(cpu_s=YEAR_S, longest_video_s=YEAR_S, silence_s=10.0)
CHILD_PROGRAM: Final = "from analytics.pipeline.cameras.live_child import main; main()"


@dataclass
class Counts:
    """What came so far. `heard_at` is of the steady clock, when the last picture came."""

    pictures: int = 0
    keys: int = 0
    damaged: int = 0
    heard_at: float = field(default_factory=monotonic)


class LiveCamera:
    """Use it through `watch`. `counts` may be read by any thread."""

    def __init__(self, stream: RtspStream, process: "subprocess.Popen[bytes]", limits: Limits) -> None:
        self.track = stream.track
        self.counts = Counts()
        self._stream, self._process = stream, process
        self._limits = limits
        self._reader = MessageReader(
            cast("BinaryIO", process.stdout), limits.silence_s, inf, limits.most_pixels * CHANNELS
        )
        self._trouble: CameraError | None = None
        self._feeder = Thread(target=self._feed, name="camera", daemon=True)

    @property
    def pid(self) -> int:
        return self._process.pid

    def frames(self) -> Iterator[SampledFrame]:
        """Sampled frames for as long as the camera sends. Raises the CameraError that ended it (CameraSilent too where
        nothing of what comes can be shown), or a VideoError."""
        self._feeder.start()
        t_s, shown_at = -1.0, monotonic()
        while monotonic() - shown_at < BLIND_S:
            try:
                head, payload = self._reader.receive()
            except DecoderCrashed:
                self._feeder.join(1.0)
                raise self._trouble or DecoderCrashed from None
            if head.get("kind") == "error":
                raise VIDEO_ERRORS.get(str(head.get("code")), DecoderCrashed)(str(head.get("detail")))
            if head.get("kind") == "frame":
                frame = frame_of(head, payload, t_s, self._limits)
                t_s = frame.t_s
                yield frame
                shown_at = monotonic()
        raise CameraSilent("no picture that decodes")

    def _feed(self) -> None:
        """Hand every picture over; at the end say why, then let the decoding process end."""
        pipe = cast("BinaryIO", self._process.stdin)
        try:
            self._hand_over(pipe)
        except CameraError as error:
            self._trouble = error
        except (OSError, ValueError):  # the decoding process has ended, or `watch` was left
            self._trouble = self._trouble or CameraGone("its decoder ended")
        with suppress(OSError, ValueError):
            pipe.close()

    def _hand_over(self, pipe: BinaryIO) -> None:
        rate, lost, is_whole = self.track.ticks_a_second, 0, False
        for unit in self._stream.units():
            damaged = self._stream.assembler.damaged
            is_whole = unit.is_key or (is_whole and damaged == lost)
            lost = damaged
            self.counts.pictures += 1
            self.counts.keys += unit.is_key
            self.counts.damaged, self.counts.heard_at = damaged, monotonic()
            if is_whole:
                send(pipe, "picture", t_s=max(0.0, unit.ticks / rate), payload=unit.content)
            else:
                send(pipe, "waiting")


@contextmanager
def watch(
    place: CameraPlace, address: str, limits: Limits = LIVE_LIMITS, interval_s: float = SAMPLE_INTERVAL_S
) -> Iterator[LiveCamera]:
    """The camera, playing. Raises what `rtsp.play` raises. Both the line and the process are gone when it is left."""
    with play(place, address) as stream:
        job = LiveJob(os.getpid(), interval_s, limits, stream.track.coding, stream.track.parameters.hex())
        process = subprocess.Popen(  # noqa: S603 # a fixed command; the only argument is made here
            [sys.executable, "-c", CHILD_PROGRAM, job.as_json()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=CHILD_ENVIRONMENT,
        )
        try:
            yield LiveCamera(stream, process, limits)
        finally:
            process.kill()
            process.wait()
            cast("BinaryIO", process.stdout).close()
            with suppress(OSError):
                cast("BinaryIO", process.stdin).close()
