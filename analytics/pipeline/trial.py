"""Tries a file that nobody knows yet, in a process of its own, which may crash, hang or be killed without harm.

`try_model` is asked by whoever installs a file; `main` is what the process does: it knows no path, gets the open file
as standard input, and locks itself down before the first byte of it is read.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Final, Self, cast

import numpy as np

from analytics.pipeline.alignment import ALIGNED_PX
from analytics.pipeline.decoding import CHILD_ENVIRONMENT, ROOT
from analytics.pipeline.errors import MODEL_ERRORS, DecoderCrashed, DecoderStalled, ModelFailsTrial, ModelRefused
from analytics.pipeline.framing import MessageReader, send
from analytics.pipeline.images import Image
from analytics.pipeline.layouts import DETECTORS
from analytics.pipeline.loading import load_detector, load_expression
from analytics.pipeline.onnx_file import examine
from analytics.pipeline.yunet import LONGEST_PX
from lockdown.sandbox import deny_calls, die_with, limit_resources

CHILD_PROGRAM: Final = "from analytics.pipeline.trial import main; main()"
SIDES_PX: Final = ((LONGEST_PX, LONGEST_PX), (LONGEST_PX, 200), (40, 64))


@dataclass(frozen=True)
class Bounds:
    """What a model may use while it is tried; `silence_s` is by the wall clock, the rest in MiB and processor time."""

    memory_mib: int = 1536
    cpu_s: int = 30
    silence_s: float = 120.0


@dataclass(frozen=True)
class Task:
    """What the process is asked."""

    parent_pid: int
    layout: str
    bounds: Bounds

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        fields = json.loads(text)
        return cls(**{**fields, "bounds": Bounds(**fields["bounds"])})


DEFAULT_BOUNDS: Final = Bounds()


def try_model(path: Path, layout: str, bounds: Bounds = DEFAULT_BOUNDS) -> None:
    """Load the file as that layout and run it on made pictures. Raises ModelRefused."""
    task = Task(os.getpid(), layout, bounds)
    with path.open("rb") as file:
        process = subprocess.Popen(  # noqa: S603 # a fixed command; the only argument is made here
            [sys.executable, "-c", CHILD_PROGRAM, task.as_json()],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=CHILD_ENVIRONMENT,
        )
    pipe = cast("BinaryIO", process.stdout)
    try:
        head, _ = MessageReader(pipe, bounds.silence_s, bounds.silence_s, 0).receive()
    except (DecoderCrashed, DecoderStalled) as error:
        raise ModelFailsTrial(error.detail) from error
    finally:
        process.kill()
        process.wait()
        pipe.close()
    if head.get("kind") != "fits":
        raise MODEL_ERRORS.get(str(head.get("code")), ModelFailsTrial)(str(head.get("detail"))[:200])


def judge(content: bytes, layout: str) -> None:
    """Raises ModelRefused unless the content is a model of that layout that runs on pictures of several shapes."""
    examine(content)
    if layout in DETECTORS:
        detector = load_detector(content, layout)
        for height_px, width_px in SIDES_PX:
            detector.detect(_made(height_px, width_px), 0.5)
    else:
        expression = load_expression(content, layout)
        for level in (0, 1):
            expression.distribution(_made(ALIGNED_PX, ALIGNED_PX) * np.uint8(level))


def answer(file: BinaryIO, pipe: BinaryIO, layout: str) -> None:
    """Say whether the model fits. What a model does is its own: any error of it is an answer."""
    try:
        judge(file.read(), layout)
    except ModelRefused as error:
        send(pipe, "error", code=error.code, detail=error.detail)
    except MemoryError:
        send(pipe, "error", code=ModelFailsTrial.code, detail="out of memory")
    else:
        send(pipe, "fits")


def main() -> None:
    """Take the task from the command line, lock down, answer."""
    task = Task.from_json(sys.argv[1])
    die_with(task.parent_pid)
    limit_resources(task.bounds.memory_mib << 20, task.bounds.cpu_s)
    deny_calls()
    answer(sys.stdin.buffer, sys.stdout.buffer, task.layout)


def _made(height_px: int, width_px: int) -> Image:
    """A picture of every level of grey, and more."""
    ramp = np.arange(height_px * width_px * 3, dtype=np.uint32).reshape(height_px, width_px, 3)
    return (ramp * 7 % 256).astype(np.uint8)
