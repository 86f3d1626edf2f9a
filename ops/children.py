"""The processes of an installation, each in a process group of its own."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from caseflow.lifeline import die_with_parent
from ops.place import Place
from ops.trouble import MIB, ROOT

LONGEST_PAUSE_S = 10.0
STEADY_S = 60.0  # whoever lived as long starts the counting of failures anew
LOG_LIMIT = 5 * MIB
WS = "caseflow.slow_readers:BoundedSockets"
WEB = (
    *("uvicorn", "caseflow.asgi:application", "--lifespan", "off", "--ws", WS),
    *("--ws-ping-interval", "15", "--ws-ping-timeout", "15"),
    *("--ws-per-message-deflate", "false"),  # messages are short, and what compresses them costs memory for each socket
    *("--timeout-graceful-shutdown", "5", "--no-access-log", "--log-level", "warning"),
    *("--no-server-header", "--no-proxy-headers"),
)
CELERY = ("celery", "-A", "caseflow")
WORKER = (*CELERY, "worker", "-l", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat")


# How far a program stands back from the processor where the web server wants it too (nice(2)). Somebody waits for a
# page, and each second the timetable wakes three programs at once; a video may take as long as it takes.
BEHIND_PAGES = 5
BEHIND_ALL = 10


@dataclass(frozen=True)
class Program:
    """`nice` is added to the niceness of whoever starts it."""

    name: str
    arguments: tuple[str, ...]
    nice: int = 0


def programs_of(place: Place) -> list[Program]:
    """Web server first: the others are of no use before it answers."""
    listen = ("--host", place.host, "--port", str(place.port))
    return [
        Program("web server", (*WEB, *listen)),
        # Short tasks that wait for the database: threads start at once and share their memory.
        Program("quick worker", (*WORKER, "-n", "quick@%h", "-Q", "quick", "-P", "threads", "-c", "2"), BEHIND_PAGES),
        # Waits for push services, mail servers and SMS gateways; each channel takes two threads at most.
        Program(
            "delivery worker",
            (*WORKER, "-n", "delivery@%h", "-Q", "delivery", "-P", "threads", "-c", "6"),
            BEHIND_PAGES,
        ),
        # A decoder that crashes takes one pool process with it; the worker notices and puts the task back.
        Program("video worker", (*WORKER, "-n", "video@%h", "-Q", "video", "-P", "prefork", "-c", "1"), BEHIND_ALL),
        # Starts a process for each camera that is watched live, so that none of them can take another with it.
        Program("cameras", ("django", "watch_cameras"), BEHIND_PAGES),
        Program("timetable", (*CELERY, "beat", "-l", "WARNING", "--pidfile="), BEHIND_PAGES),
    ]


class Child:
    """One program, started again when it ends, after a pause that grows with every failure."""

    def __init__(self, program: Program, place: Place) -> None:
        self.name = program.name
        self.log = place.log_folder / f"{program.name.replace(' ', '-')}.log"
        self._command = [sys.executable, "-m", *program.arguments]
        self._nice = program.nice
        self._environment = place.environment()
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_again_at: float | None = None
        self._failures = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        parent = os.getpid()

        def lead_own_group() -> None:
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            die_with_parent(parent)
            os.nice(self._nice)

        self.log.parent.mkdir(parents=True, exist_ok=True)
        _make_room(self.log)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,  # not a session: Linux may weigh each as one, and niceness only within it (sched(7))
                preexec_fn=lead_own_group,  # safe: the supervisor has one thread
            )
        self._started_at = time.monotonic()
        self._start_again_at = None

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def tend(self, now: float) -> str | None:
        """Start again what ended, when its pause is over. Returns the line to print when it has just ended."""
        if self._process is None or self.alive():
            return None
        if self._start_again_at is None:
            return self._note_end(now)
        if now >= self._start_again_at:
            self.start()
        return None

    def ask_to_stop(self) -> None:
        if self._process and self.alive():
            self._process.terminate()

    def kill(self) -> None:
        """End what is left of its process group."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def last_line(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if self.log.exists() else []
        return lines[-1].strip() if lines else "it said nothing"

    def _note_end(self, now: float) -> str:
        self.kill()
        self._failures = 1 if now - self._started_at > STEADY_S else self._failures + 1
        pause = min(2.0 ** (self._failures - 1), LONGEST_PAUSE_S)
        self._start_again_at = now + pause
        return f"{self.name} ended ({self._how()}), starting it again in {pause:.0f} s; see {self.log}"

    def _how(self) -> str:
        code = self._process.returncode if self._process else 0
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _make_room(log: Path) -> None:
    """Keep one older log when this one has grown."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.rename(log.with_suffix(".log.1"))
