"""A camera is watched by one process; whoever ends, or falls silent, is followed by another."""

import os
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from analytics.enums import CameraCondition
from analytics.models import CameraHealth
from analytics.rules.cameras import LEASE
from analytics.services.cameras import keeper
from analytics.services.cameras.holding import CameraHolding, claim_cameras
from analytics.services.cameras.keeper import Keeper
from analytics.services.cameras.linking import switch_camera
from tests.analytics.cameras.factories import admin_of, linked

pytestmark = pytest.mark.django_db


def test_who_holds_a_camera_holds_it_alone_until_the_lease_is_over() -> None:
    link = linked()
    (mine,) = claim_cameras(5)
    assert claim_cameras(5) == []
    assert mine.tell(condition=CameraCondition.SEEING)
    CameraHealth.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    (theirs,) = claim_cameras(5)
    assert theirs.camera_id == link.pk
    assert not mine.tell(condition=CameraCondition.BLIND)
    assert theirs.tell(condition=CameraCondition.SEEING)
    mine.let_go()  # says nothing about the other's
    health = CameraHealth.objects.get()
    assert (health.worker, health.condition) == (theirs.worker, CameraCondition.SEEING)
    assert health.lease_until is not None
    assert health.lease_until - timezone.now() > LEASE / 2


def test_machines_take_their_share_and_the_schools_they_reach() -> None:
    links = [linked() for _ in range(5)]
    here = claim_cameras(2)
    assert len(here) == 2
    reached = links[4].camera.room.school_id
    (there,) = claim_cameras(5, [reached])
    assert there.camera_id == links[4].pk
    assert len(claim_cameras(5, without=[links[2].pk, links[3].pk])) == 0
    assert len(claim_cameras(5)) == 2


def running(seconds: float, code: int = 0) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({seconds}); raise SystemExit({code})"])


def test_a_keeper_starts_who_is_missing_and_ends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    links, started = [linked() for _ in range(3)], list[int]()

    def start(holding: CameraHolding) -> "subprocess.Popen[bytes]":
        started.append(holding.camera_id)
        return running(60)

    kept = Keeper(2, start=start)
    kept.tend()
    kept.tend()
    assert started == [links[0].pk, links[1].pk]
    kept.watchers[links[0].pk].process.kill()
    kept.watchers[links[0].pk].process.wait()
    kept.tend()
    assert started[2:] == [links[2].pk], "who was killed rests for a moment; another camera is watched meanwhile"
    processes = [watcher.process for watcher in kept.watchers.values()]
    kept.end()
    assert all(process.poll() is not None for process in processes)
    assert len(claim_cameras(5)) == 3


def test_a_watcher_that_fails_at_once_is_started_ever_more_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, started = [0.0], list[float]()
    monkeypatch.setattr(keeper, "monotonic", lambda: clock[0])
    linked()

    def start(_holding: CameraHolding) -> "subprocess.Popen[bytes]":
        started.append(clock[0])
        process = running(0, code=1)
        process.wait()
        return process

    kept = Keeper(1, start=start)
    for second in range(120):
        clock[0] = float(second)
        kept.tend()
    pauses = [after - before for before, after in pairwise(started)]
    assert pauses[:5] == [2.0, 3.0, 5.0, 9.0, 17.0]
    assert set(pauses[5:]) == {31.0}


def test_one_that_was_switched_off_ends_without_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    link = linked()
    kept = Keeper(1, start=lambda _holding: running(0))
    kept.tend()
    kept.watchers[link.pk].process.wait()
    switch_camera(admin_of(link.camera), link.pk, is_on=False)
    kept.tend()
    assert kept.watchers == {}
    switch_camera(admin_of(link.camera), link.pk, is_on=True)
    kept.tend()
    assert list(kept.watchers) == [link.pk]
    kept.end()


def test_one_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "ENDING_S", 0.5)
    linked()
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('x', flush=True); time.sleep(60)"

    def start(_holding: CameraHolding) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        return process

    kept = Keeper(1, start=start)
    kept.tend()
    (watcher,) = kept.watchers.values()
    kept.end()
    assert watcher.process.returncode == -9
    assert watcher.process.stdout
    watcher.process.stdout.close()


def test_the_process_of_a_camera_is_told_what_it_holds_and_with_whom_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    started = list[list[str]]()
    monkeypatch.setattr("subprocess.Popen", lambda command, **_how: started.append(command))
    keeper.start_watcher(CameraHolding(7, 3, "here:1:ab"))
    assert started == [[sys.executable, "-m", "django", "watch_camera", "7", "3", "here:1:ab", str(os.getpid())]]
