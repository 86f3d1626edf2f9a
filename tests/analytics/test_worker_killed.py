"""A real Celery worker is killed in the middle of a run, on whatever broker the tests run; another one ends it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from analytics.enums import RunState
from analytics.models import AnalysisRun, RunSeat, Window
from analytics.pipeline.clips import render_clip
from analytics.services import dispatch, sweeping
from analytics.services.files import video_path
from tests.analytics.factories import checked_upload, lesson, lesson_clip, run_of
from tests.analytics.processes import ROOT, product_environment

pytestmark = pytest.mark.usefixtures("transactional_db")

LENGTH_S = 600
WAIT_S = 120


@pytest.fixture(scope="module")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Long enough to be killed in the middle; a frame a second keeps the rendering short."""
    path = tmp_path_factory.mktemp("long") / "long.mp4"
    render_clip(path, lesson_clip(duration_s=LENGTH_S, fps=1))
    return path.read_bytes()


@pytest.fixture
def workers() -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Starts workers on the test's database and spool; all are gone afterwards."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "caseflow",
            "worker",
            "-Q",
            "video",
            "-c",
            "1",
            "-l",
            "WARNING",
        ]
        quiet = ["--without-mingle", "--without-gossip", "--without-heartbeat"]
        worker = subprocess.Popen([*command, *quiet], cwd=ROOT, env=product_environment(), start_new_session=True)
        started.append(worker)
        return worker

    yield start
    for worker in started:
        _kill(worker)


def _kill(worker: "subprocess.Popen[bytes]") -> None:
    """Kill the worker, its pool and its decoder at once, as a power cut would."""
    try:
        os.killpg(worker.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    worker.wait()


def _until(reached: Callable[[AnalysisRun], bool]) -> AnalysisRun:
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        run = AnalysisRun.objects.get()
        if reached(run):
            return run
        sweeping.sweep()
        time.sleep(0.2)
    pytest.fail(f"still {run.state} at {run.progress:.0%} in try {run.attempt}")


def test_a_run_whose_worker_is_killed_ends_once_and_complete(
    long_film: bytes, workers: Callable[[], "subprocess.Popen[bytes]"]
) -> None:
    where = lesson()
    run = run_of(where, upload=checked_upload(where, long_film, duration_s=LENGTH_S))
    dispatch.send_run(run.pk)
    first = workers()
    _until(lambda row: row.state == RunState.RUNNING and Window.objects.exists())

    _kill(first)
    killed_at = time.monotonic()
    left = Window.objects.count()
    workers()
    again = _until(lambda row: row.attempt == 2)
    reclaimed_after = time.monotonic() - killed_at
    ended = _until(lambda row: row.state not in (RunState.QUEUED, RunState.RUNNING))

    assert again.state == RunState.RUNNING
    assert 0 < left < 3 * LENGTH_S // 10
    assert reclaimed_after < 15 + STARTING_A_WORKER_S
    assert (ended.state, ended.attempt, ended.sampled_frames) == (RunState.DONE, 2, LENGTH_S)
    assert list(RunSeat.objects.order_by("pk").values_list("pupil", flat=True)) == [p.pk for p in where.pupils]
    windows = list(Window.objects.values_list("pupil", "index"))
    assert len(windows) == len(set(windows)) == 3 * LENGTH_S // 10
    assert not video_path(ended.upload_id or run.pk).exists()


STARTING_A_WORKER_S = 30
