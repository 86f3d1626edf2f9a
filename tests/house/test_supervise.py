"""The supervisor: what ends is started again, and nothing outlives it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ops.children import programs_of
from ops.place import Place
from ops.trouble import ROOT
from tests.house.processes import children, command, free_port, lives, wait_until


class Running:
    """A supervisor in a process of its own, and what its programs noted."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        self.output = folder / "output"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.house.supervised", str(folder), str(self.port)],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdout=output,
                stderr=output,
            )

    def said(self) -> str:
        return self.output.read_text()

    def pids(self, name: str | None = None) -> list[int]:
        noted = self.folder / "pids"
        pairs = [line.split() for line in noted.read_text().splitlines()] if noted.exists() else []
        return [int(pid) for each, pid in pairs if name in {None, each}]

    def web(self) -> int | None:
        return next((pid for pid in children(self.process.pid) if "http.server" in command(pid)), None)

    def wait_for_all(self) -> None:
        wait_until(lambda: all(map(self.pids, ("stubborn", "grandchild", "fading"))))


@contextmanager
def supervisor(folder: Path, **environment: str) -> Iterator[Running]:
    started = Running(folder, environment)
    try:
        started.wait_for_all()
        yield started
    finally:
        started.process.kill()
        started.process.wait()
        for pid in filter(lives, started.pids()):  # the grandchild is stubborn too, and nobody's child now
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with supervisor(tmp_path, PROBE_GRACE_S="0.5") as started:
        yield started


def test_the_address_is_printed_once_the_web_server_answers(running: Running) -> None:
    assert f"Tirek is running: http://localhost:{running.port}/" in running.said()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_stop_signal_ends_every_process(running: Running, name: str) -> None:
    everybody = [*running.pids(), *children(running.process.pid)]
    running.process.send_signal(getattr(signal, name))
    assert running.process.wait(12) == 0
    assert [pid for pid in everybody if lives(pid)] == []


def test_stopping_takes_less_than_twelve_seconds_though_a_child_is_stubborn(tmp_path: Path) -> None:
    with supervisor(tmp_path) as running:
        begun = time.monotonic()
        running.process.terminate()
        running.process.wait()
        assert 9 < time.monotonic() - begun < 12


def test_children_end_when_the_supervisor_is_killed(running: Running) -> None:
    started = children(running.process.pid)
    assert set(running.pids("stubborn")) < set(started)
    running.process.kill()
    running.process.wait()
    wait_until(lambda: not any(lives(pid) for pid in started), limit_s=5)


def test_a_killed_child_is_started_again_and_said_in_one_line(running: Running) -> None:
    first = running.web()
    assert first is not None
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: running.web() not in {None, first})
    said = [line for line in running.said().splitlines() if line.startswith("web server ended")]
    assert said == [
        f"web server ended (killed by SIGKILL), starting it again in 1 s; see {running.folder}/log/web-server.log"
    ]


def test_what_a_killed_child_left_behind_ends_before_it_is_started_again(running: Running) -> None:
    (orphan,) = running.pids("grandchild")
    os.kill(running.pids("stubborn")[0], signal.SIGKILL)
    wait_until(lambda: len(running.pids("stubborn")) == 2)
    assert not lives(orphan)


def test_the_pause_grows_with_every_failure(running: Running) -> None:
    wait_until(lambda: running.said().count("fading ended") == 3)
    said = [line for line in running.said().splitlines() if line.startswith("fading")]
    assert [line.split(" in ")[1].split(" s")[0] for line in said] == ["1", "2", "4"]
    assert said[0].startswith("fading ended (exit code 3)")


def test_a_second_supervisor_of_the_same_data_is_refused_in_one_line(running: Running) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "tests.house.supervised", str(running.folder), str(free_port())],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert second.returncode == 1
    assert second.stderr == f"tirek: Tirek is running already with the data in {running.folder}: stop it first\n"


def test_only_the_web_server_does_not_stand_back(tmp_path: Path) -> None:
    place = Place("127.0.0.1", 8000, demo=False, data=tmp_path)
    web, *others = programs_of(place)
    assert web.nice == 0
    assert all(other.nice > 0 for other in others)


def test_a_program_gets_its_niceness(tmp_path: Path) -> None:
    with supervisor(tmp_path) as running:
        (stubborn,) = running.pids("stubborn")
        web = running.web()
        assert web is not None
        assert os.getpriority(os.PRIO_PROCESS, stubborn) == os.getpriority(os.PRIO_PROCESS, web) + 3
