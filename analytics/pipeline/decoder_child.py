"""The process that touches untrusted video. It gets the open file as standard input and knows no path.

Started by `decoding`, never imported by it. Speaks the messages of `framing` on standard output:
`info`, then for each sampled frame `frame`, then `end`; or `error` at any time; `alive` in between.
"""

import sys
from dataclasses import asdict
from typing import BinaryIO

import av.subtitles.codeccontext  # loaded here because no file can be opened once the sandbox stands
import av.subtitles.stream  # noqa: F401 # as above

from analytics.pipeline.decoder_job import Job
from analytics.pipeline.errors import DecoderCrashed, VideoError
from analytics.pipeline.framing import send
from analytics.pipeline.probing import probe
from analytics.pipeline.sampling import Sampler
from lockdown.sandbox import deny_calls, die_with, limit_resources


def lock_down(job: Job) -> str:
    """Everything this machine allows; returns what it refused."""
    die_with(job.parent_pid)
    limit_resources(job.limits.memory_bytes, job.limits.cpu_s)
    return deny_calls()


def serve(job: Job, file: BinaryIO, pipe: BinaryIO, degradation: str) -> None:
    """Answer one job. Every expected error becomes a message, so that the parent can tell it from a crash."""
    try:
        _answer(job, file, pipe, degradation)
    except VideoError as error:
        send(pipe, "error", code=error.code, detail=error.detail)
    except MemoryError:
        send(pipe, "error", code=DecoderCrashed.code, detail="out of memory")


def _answer(job: Job, file: BinaryIO, pipe: BinaryIO, degradation: str) -> None:
    def alive() -> None:
        send(pipe, "alive")

    info, times = probe(file, job.limits, alive)
    recorded_at = info.recorded_at.isoformat() if info.recorded_at else None
    send(pipe, "info", info={**asdict(info), "recorded_at": recorded_at})
    if not job.interval_s:
        return
    sampler = Sampler(file, info, times, job.interval_s, job.limits, alive)
    for frame in sampler:
        height_px, width_px = frame.image.shape[:2]
        send(pipe, "frame", t_s=frame.t_s, width_px=width_px, height_px=height_px, payload=frame.image.data.cast("B"))
    tally = sampler.tally
    send(
        pipe,
        "end",
        decoded_s=tally.decoded_s(info.probed_s),
        decoded_frames=tally.decoded,
        damaged_packets=tally.damaged,
        keyframes_only=tally.keyframes_only,
        degradation=degradation,
    )


def main() -> None:
    """Take the job from the command line, lock down, answer."""
    job = Job.from_json(sys.argv[1])
    serve(job, sys.stdin.buffer, sys.stdout.buffer, lock_down(job))
