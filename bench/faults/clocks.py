"""Programs whose machine tells another time. Each looks into a file of its own, and from then on reads a shifted clock
(`time_machine`, which changes every reading in the process; what has passed, the steady clocks, it leaves alone)."""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from threading import Thread
from time import sleep

import time_machine

VARIABLE = "BENCH_CLOCK"
LOOKED_AT_EVERY_S = 0.5


class Clocks:
    """A clock for each program, by its name, set from the benchmark."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "clocks"
        self._folder.mkdir()

    def environment(self, name: str) -> Mapping[str, str]:
        """What the program finds its clock by."""
        self.set(name, 0)
        return {VARIABLE: str(self._file(name))}

    def set(self, name: str, ahead_s: int) -> None:
        fresh = self._file(name).with_suffix(".new")
        fresh.write_text(str(ahead_s), encoding="ascii")
        fresh.replace(self._file(name))

    def _file(self, name: str) -> Path:
        return self._folder / name.replace(" ", "-")


def live_by_the_file() -> None:
    """In a program: tell the time by the file from now on, where one is named."""
    if VARIABLE in os.environ:
        Thread(target=_follow, args=[Path(os.environ[VARIABLE])], name="clock", daemon=True).start()


def _follow(file: Path) -> None:
    moved: time_machine.travel | None = None
    shifted_s = 0
    while True:
        ahead_s = int(file.read_text(encoding="ascii"))
        if ahead_s != shifted_s:
            if moved is not None:
                moved.stop()
            moved = time_machine.travel(timedelta(seconds=ahead_s), tick=True) if ahead_s else None
            if moved is not None:
                moved.start()
            shifted_s = ahead_s
        sleep(LOOKED_AT_EVERY_S)
