"""Opens a video in a process of its own, which may crash, hang or be killed without harm, and reads its frames."""

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast

from analytics.pipeline.answers import CHANNELS, frame_of, info_of, outcome_of
from analytics.pipeline.decoder_job import Job
from analytics.pipeline.errors import VIDEO_ERRORS, DecoderCrashed, DecoderStalled, EmptyFile, NotAVideo
from analytics.pipeline.framing import Head, MessageReader
from analytics.pipeline.video import SAMPLE_INTERVAL_S, DecodeOutcome, Limits, SampledFrame, VideoInfo

ROOT: Final = Path(__file__).resolve().parents[2]
CHILD_PROGRAM: Final = "from analytics.pipeline.decoder_child import main; main()"
DEFAULT_LIMITS: Final = Limits()
PIPE_BYTES: Final = 1 << 20  # a frame has six million; the system's 64 KiB would mean a hundred turns between the two
WAITING: Final = 4.0  # times the processor time, that a process on a busy machine and a slow disk is waited for
NO_FILE: Final = (errno.ELOOP, errno.ENXIO, errno.EISDIR)  # a link, a socket or device without driver, a folder
# The child inherits no secret. One thread each: threads started by a library would escape the sandbox's accounting.
# The largest frame has 28 MB, the most that the C library can be told to keep instead of giving it back to the kernel,
# which would hand out empty pages for every frame anew: a tenth of the time of a keyframe.
CHILD_ENVIRONMENT: Final = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(128 << 20),
}


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
        self._limits = limits
        self._reader = MessageReader(
            cast("BinaryIO", process.stdout), limits.silence_s, limits.cpu_s * WAITING, limits.most_pixels * CHANNELS
        )
        self._outcome: DecodeOutcome | None = None
        self.info = info_of(self._next()[0], limits)

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
        t_s = -1.0
        head, payload = self._next()
        while head.get("kind") == "frame":
            frame = frame_of(head, payload, t_s, self._limits)
            t_s = frame.t_s
            yield frame
            head, payload = self._next()
        self._outcome = outcome_of(head)

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
    with _opened(path) as file:
        limits = replace(limits, cpu_s=limits.cpu_s_for(_size_at_sight(file)))
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


def _opened(path: Path) -> BinaryIO:
    """Follows no link and waits for nobody at the other end of a pipe. Raises NotAVideo."""
    try:
        return open(path, "rb", opener=_without_waiting)  # a path's own open takes no opener
    except OSError as error:
        if error.errno not in NO_FILE:
            raise
        raise NotAVideo("not a regular file") from error


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _size_at_sight(file: BinaryIO) -> int:
    """Bytes. Raises NotAVideo or EmptyFile."""
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise NotAVideo("not a regular file")
    if not status.st_size:
        raise EmptyFile
    return status.st_size


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
