"""Cameras and their watchers as processes of their own: unplugged, plugged in again, killed during a lesson."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from analytics.enums import CameraCondition, RunState
from analytics.models import AnalysisRun, CameraHealth, Window
from analytics.pipeline.cameras.keeping import Condition, Health
from analytics.pipeline.clips import render_clip
from analytics.services.cameras import watching
from analytics.services.cameras.holding import CameraHolding, claim_cameras
from analytics.services.cameras.watching import Teller, WatcherDiedError, watch_camera
from analytics.services.sweeping import sweep
from tests.analytics.cameras.factories import held, linked
from tests.analytics.factories import lesson_clip
from tests.analytics.pipeline.cameras.conftest import camera
from tests.analytics.processes import ROOT, product_environment

HERE = "127.0.0.0/8"
WAIT_S = 60.0
BUSY = 2  # times the five seconds that are promised, beside other tests


@pytest.fixture
def noon(settings: Any) -> str:
    """A time zone in which it is about noon, so that a lesson held all day does not end during the test."""
    settings.TIME_ZONE = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"
    settings.CAMERA_NETWORKS = HERE
    return str(settings.TIME_ZONE)


@pytest.fixture(scope="module")
def lesson_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lesson") / "lesson.mp4"
    render_clip(path, lesson_clip())
    return path


@pytest.fixture
def keeper(noon: str) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        environment = product_environment(CAMERA_NETWORKS=HERE, TIME_ZONE=noon)
        command = [sys.executable, "-m", "django", "watch_cameras"]
        started.append(subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(reached: Callable[[], bool], within_s: float = WAIT_S) -> None:
    """Wait until it is so."""
    began = time.monotonic()
    while not reached():
        if time.monotonic() - began > within_s:
            pytest.fail(f"not within {within_s} s: {CameraHealth.objects.values()} {AnalysisRun.objects.values()}")
        time.sleep(0.1)


def is_now(condition: CameraCondition) -> Callable[[], bool]:
    return lambda: CameraHealth.objects.filter(condition=condition).exists()


@pytest.mark.usefixtures("transactional_db")
def test_a_camera_is_watched_unplugged_plugged_in_and_its_lesson_analysed(
    keeper: Callable[[], "subprocess.Popen[bytes]"], lesson_film: Path
) -> None:
    where = held(timezone.localdate())
    with ExitStack() as cable:
        place = cable.enter_context(camera(lesson_film))
        linked(where.plan.camera, place.url)
        process = keeper()
        until(is_now(CameraCondition.SEEING))
        until(lambda: AnalysisRun.objects.filter(state=RunState.RUNNING, live=True).exists())
        until(Window.objects.exists)
    until(is_now(CameraCondition.BLIND), BUSY * 5.0)
    with camera(lesson_film, port=place.port):
        until(is_now(CameraCondition.SEEING), BUSY * 5.0)
        health = CameraHealth.objects.get()
        assert (health.reconnects, health.trouble, health.width_px) == (1, "", 960)

        run, watcher = AnalysisRun.objects.get(), health.worker
        (killed,) = children_of(process.pid)
        os.kill(killed, signal.SIGKILL)
        until(lambda: CameraHealth.objects.exclude(worker__in=["", watcher]).exists())
        until(lambda: sweep() > 0)
        run.refresh_from_db()
        assert run.state == RunState.PARTIAL
        assert Window.objects.filter(run=run).exists()
        until(lambda: AnalysisRun.objects.filter(state=RunState.RUNNING).exclude(pk=run.pk).exists())

        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    assert CameraHealth.objects.get().lease_until is None
    assert set(AnalysisRun.objects.values_list("state", flat=True)) == {RunState.PARTIAL}


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.django_db
def test_a_change_is_told_at_once_and_all_else_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [50.0]
    monkeypatch.setattr(watching, "monotonic", lambda: clock[0])
    linked()
    (holding,) = claim_cameras(1)
    teller, told = Teller(holding), list[object]()
    save = CameraHolding.tell

    def tell(self: CameraHolding, **facts: object) -> bool:
        told.append(facts["condition"])
        return save(self, **facts)

    monkeypatch.setattr(CameraHolding, "tell", tell)

    def health(condition: Condition, unseen_s: float | None = None) -> Health:
        return Health(condition, 2.0, unseen_s, "", 25.0, 0, 0)

    assert teller.tell(health(Condition.CALLING), (0, 0))
    assert CameraHealth.objects.get().seen_at is None
    clock[0] += 0.5
    assert teller.tell(health(Condition.SEEING, 0.2), (960, 540))
    clock[0] += 3
    assert teller.tell(health(Condition.SEEING, 0.3), (960, 540))
    clock[0] += 2
    assert teller.tell(health(Condition.SEEING, 0.1), (960, 540))
    assert told == [Condition.CALLING, Condition.SEEING, Condition.SEEING]
    row = CameraHealth.objects.get()
    assert (row.condition, row.width_px) == (CameraCondition.SEEING, 960)
    assert row.seen_at is not None

    def away(_self: CameraHolding, **_facts: object) -> bool:
        raise OperationalError

    monkeypatch.setattr(CameraHolding, "tell", away)
    assert teller.tell(health(Condition.BLIND, 4.0), (960, 540)), "it is watched on while the database is away"


@pytest.mark.django_db
def test_a_watcher_ends_when_told_so_and_says_why_nothing_is_seen(noon: str) -> None:
    linked(address="rtsp://127.0.0.1:9/live")
    (holding,) = claim_cameras(1)
    stop = Event()
    stop.set()
    watch_camera(holding, stop)
    health = CameraHealth.objects.get()
    assert (health.lease_until, health.condition) == (None, CameraCondition.CALLING)


class UntilSeen(Event):
    """Set as soon as the camera is seen."""

    def wait(self, timeout: float | None = None) -> bool:
        time.sleep(timeout or 0)
        return is_now(CameraCondition.SEEING)()


@pytest.mark.django_db
def test_a_watcher_hears_and_tells(noon: str, lesson_film: Path) -> None:
    with camera(lesson_film) as place:
        linked(address=place.url)
        (holding,) = claim_cameras(1)
        watch_camera(holding, UntilSeen())
    health = CameraHealth.objects.get()
    assert (health.width_px, health.height_px, health.lease_until) == (960, 540, None)


@pytest.mark.django_db
def test_a_watcher_whose_hearing_ended_by_a_fault_ends_too(noon: str, monkeypatch: pytest.MonkeyPatch) -> None:
    linked(address="rtsp://127.0.0.1:9/live")
    (holding,) = claim_cameras(1)
    monkeypatch.setattr(watching, "keep_watching", lambda *_: None)
    with pytest.raises(WatcherDiedError):
        watch_camera(holding, Event())
    assert CameraHealth.objects.get().lease_until is None
