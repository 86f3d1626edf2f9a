"""Opens a video in a process of its own, which may crash, hang or be killed without harm, and reads its frames."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol, cast

import numpy as np

from analytics.pipeline.decoder_job import Job
from analytics.pipeline.errors import VIDEO_ERRORS, DecoderCrashed, DecoderStalled, EmptyFile, NotAVideo
from analytics.pipeline.framing import Head, MessageReader
from analytics.pipeline.video import SAMPLE_INTERVAL_S, DecodeOutcome, Limits, SampledFrame, VideoInfo

ROOT: Final = Path(__file__).resolve().parents[2]
CHANNELS: Final = 3
CHILD_PROGRAM: Final = "from analytics.pipeline.decoder_child import main; main()"
DEFAULT_LIMITS: Final = Limits()
PIPE_BYTES: Final = 1 << 20  # a frame has six million; the system's 64 KiB would mean a hundred turns between the two
# The child inherits no secret. One thread each: threads started by a library would escape the sandbox's accounting.
CHILD_ENVIRONMENT: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}


class FrameSource(Protocol):
    """What the engine reads: facts first, the frames once, the outcome after the last of them."""

    @property
    def info(self) -> VideoInfo: ...

    @property
    def outcome(self) -> DecodeOutcome: ...

    def frames(self) -> Iterator[SampledFrame]: ...


class DecodingProcess:
    """A FrameSource over one child process. Use it through `open_video`."""

    def __init__(self, process: "subprocess.Popen[bytes]", limits: Limits) -> None:
        self._process = process
        self._reader = MessageReader(cast("BinaryIO", process.stdout), limits.silence_s, limits.most_pixels * CHANNELS)
        self._outcome: DecodeOutcome | None = None
        self.info = _info(self._next()[0]["info"])

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def outcome(self) -> DecodeOutcome:
        """Raises RuntimeError before the last frame was read."""
        if self._outcome is None:
            raise RuntimeError("the video was not read to its end")
        return self._outcome

    def frames(self) -> Iterator[SampledFrame]:
        """Frames in the order of time. Raises a VideoError when decoding fails or the process dies."""
        head, payload = self._next()
        while head["kind"] == "frame":
            yield as_frame(head, payload)
            head, payload = self._next()
        names = [field.name for field in fields(DecodeOutcome)]
        self._outcome = DecodeOutcome(**{name: head[name] for name in names})

    def _next(self) -> tuple[Head, bytearray]:
        """The next message that is no mere sign of life; an error message is raised as the error it names."""
        while True:
            try:
                head, payload = self._reader.receive()
            except DecoderCrashed as crash:
                raise self._cause_of(crash) from crash
            if head.get("kind") == "error":
                raise VIDEO_ERRORS.get(str(head.get("code")), DecoderCrashed)(str(head.get("detail")))
            if head.get("kind") != "alive":
                return head, payload

    def _cause_of(self, crash: DecoderCrashed) -> DecoderCrashed | DecoderStalled:
        self._process.kill()
        status = self._process.wait()
        if status == -signal.SIGXCPU:
            return DecoderStalled("out of processor time")
        return DecoderCrashed(f"{crash.detail}, status {status}")


@contextmanager
def open_video(
    path: Path, limits: Limits = DEFAULT_LIMITS, interval_s: float = SAMPLE_INTERVAL_S
) -> Iterator[DecodingProcess]:
    """Probe a local file and be ready to yield a frame each `interval_s`.

    Raises a VideoError whose `code` says what is wrong with the file. The child is gone when the block is left.
    """
    with path.open("rb") as file:
        _refuse_at_sight(file)
        process = _start(Job(os.getpid(), interval_s, limits), file)
    try:
        yield DecodingProcess(process, limits)
    finally:
        process.kill()
        process.wait()
        cast("BinaryIO", process.stdout).close()


def probe_video(path: Path, limits: Limits = DEFAULT_LIMITS) -> VideoInfo:
    """What a local file is, without decoding more than its first frame. Raises a VideoError."""
    with open_video(path, limits, interval_s=0) as video:
        return video.info


def _refuse_at_sight(file: BinaryIO) -> None:
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise NotAVideo("not a regular file")
    if not status.st_size:
        raise EmptyFile


def _start(job: Job, file: BinaryIO) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 # a fixed command; the only argument is made here
        [sys.executable, "-c", CHILD_PROGRAM, job.as_json()],
        stdin=file,
        stdout=subprocess.PIPE,
        pipesize=PIPE_BYTES,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=CHILD_ENVIRONMENT,
    )


def _info(claimed: dict[str, Any]) -> VideoInfo:
    recorded_at = claimed["recorded_at"]
    moment = datetime.fromisoformat(recorded_at) if recorded_at else None
    return VideoInfo(**{**claimed, "codecs": tuple(claimed["codecs"]), "recorded_at": moment})


def as_frame(head: Head, payload: bytearray) -> SampledFrame:
    """What a decoding process has sent. Raises DecoderCrashed for what contradicts itself."""
    t_s, shape = float(head["t_s"]), (int(head["height_px"]), int(head["width_px"]), CHANNELS)
    if not isfinite(t_s) or t_s < 0 or shape[0] * shape[1] * CHANNELS != len(payload):
        raise DecoderCrashed("a frame that contradicts itself")
    return SampledFrame(t_s, np.frombuffer(payload, dtype=np.uint8).reshape(shape))
