"""One file through the product, in a process that stands for the worker of the product: it must outlive every file."""

import resource
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from analytics.pipeline.cameras.live import watch
from analytics.pipeline.cameras.places import address_of, networks, parse_camera_url
from analytics.pipeline.decoding import open_video
from analytics.pipeline.errors import PipelineError
from analytics.pipeline.evidence import make_evidence
from analytics.rules.clips import LIMITS
from bench.hostile.cases import Way
from bench.hostile.watching import SocketWatch
from caseflow.lifeline import die_with_parent

KIB_A_MB = 1024
WATCHED_S = 8.0
LOOPBACK = networks("127.0.0.0/8")


@dataclass(frozen=True, slots=True)
class Tried:
    """How it ended. `code` is empty where there was something to analyse; `crash` is what the product does not expect.

    `child_mb` and `parent_mb` are the most memory any decoding process, or this one, has ever held. The kernel counts a
    new process from the memory of the one that started it, so `child_mb` may be too high, never too low.
    """

    code: str
    detail: str
    crash: str
    took_s: float
    sockets: int
    child_mb: float
    parent_mb: float


def serve(given: Connection, answers: Connection, parent_pid: int) -> None:
    """Answer each (path, way) that is given with what came of it, until no more can come."""
    die_with_parent(parent_pid)
    watch = SocketWatch()
    while True:
        try:
            path, way = given.recv()
        except EOFError:
            return
        seen = watch.seen
        began = monotonic()
        code, detail, crash = _outcome(path, way)
        took_s = monotonic() - began
        child, own = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
        sockets = watch.seen - seen
        answers.send(Tried(code, detail, crash, took_s, sockets, child / KIB_A_MB, own / KIB_A_MB))


def _outcome(path: Path, way: Way) -> tuple[str, str, str]:
    """Code and detail of the product's error, and what is no such error."""
    try:
        WAYS[way](path)
    except PipelineError as error:
        return error.code, error.detail, ""
    except Exception as error:  # noqa: BLE001 # anything else is what is looked for
        return "", "", f"{type(error).__name__}: {error}"
    return "", "", ""


def _look(path: Path) -> None:
    with open_video(path) as video:
        for _frame in video.frames():
            pass
        video.outcome.is_partial(video.info)


def _draw(path: Path) -> None:
    make_evidence(path, LIMITS, lambda _share: None)


def _watch(path: Path) -> None:
    place = parse_camera_url(path.read_text(encoding="utf-8"))
    began = monotonic()
    with watch(place, address_of(place, LOOPBACK)) as camera:
        for _frame in camera.frames():
            if monotonic() - began > WATCHED_S:
                return


WAYS: Mapping[Way, Callable[[Path], None]] = {Way.LOOK: _look, Way.DRAW: _draw, Way.WATCH: _watch}
