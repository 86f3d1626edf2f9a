"""Starts a process for each camera that nobody watches, and again when it ends; what it is told it forgets with it."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final

from analytics.services.cameras.holding import CameraHolding, claim_cameras

LONGEST_PAUSE_S: Final = 30.0
STEADY_S: Final = 60.0  # whoever lived as long starts the counting of failures anew
ENDING_S: Final = 8.0


@dataclass(slots=True)
class Watcher:
    """A process, which camera it holds and since when."""

    holding: CameraHolding
    process: "subprocess.Popen[bytes]"
    started_at: float


class Keeper:
    """Watches up to `most` cameras of these schools (of all where none is named). `start` starts the process of one."""

    def __init__(
        self,
        most: int,
        school_ids: Sequence[int] = (),
        start: "Callable[[CameraHolding], subprocess.Popen[bytes]] | None" = None,
    ) -> None:
        self._most, self._school_ids, self._start = most, school_ids, start or start_watcher
        self.watchers: dict[int, Watcher] = {}
        self._failures: dict[int, tuple[int, float]] = {}

    def tend(self) -> None:
        """Let go what has ended, take what is free."""
        for watcher in [each for each in self.watchers.values() if each.process.poll() is not None]:
            self._note_end(watcher)
        resting = [camera for camera, (_times, until) in self._failures.items() if until > monotonic()]
        for holding in claim_cameras(self._most - len(self.watchers), self._school_ids, without=resting):
            self.watchers[holding.camera_id] = Watcher(holding, self._start(holding), monotonic())

    def end(self) -> None:
        """Ask all of them to end, wait, kill who is left."""
        for watcher in self.watchers.values():
            watcher.process.terminate()
        until = monotonic() + ENDING_S
        for watcher in self.watchers.values():
            try:
                watcher.process.wait(max(0.0, until - monotonic()))
            except subprocess.TimeoutExpired:
                watcher.process.kill()
                watcher.process.wait()
            watcher.holding.let_go()
        self.watchers.clear()

    def _note_end(self, watcher: Watcher) -> None:
        camera, now = watcher.holding.camera_id, monotonic()
        del self.watchers[camera]
        watcher.holding.let_go()
        if watcher.process.returncode == 0:  # it was told that the camera is not ours any more
            self._failures.pop(camera, None)
            return
        before = self._failures.get(camera, (0, 0.0))[0] if now - watcher.started_at < STEADY_S else 0
        self._failures[camera] = before + 1, now + min(2.0**before, LONGEST_PAUSE_S)


def start_watcher(holding: CameraHolding) -> "subprocess.Popen[bytes]":
    """The process that watches the camera; it ends with this one."""
    said = (str(holding.camera_id), str(holding.version), holding.worker, str(os.getpid()))
    return subprocess.Popen(  # noqa: S603 # a fixed command, the arguments are made here
        [sys.executable, "-m", "django", "watch_camera", *said], stdin=subprocess.DEVNULL
    )
