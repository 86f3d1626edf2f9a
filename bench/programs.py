"""One program of a benchmark: started, killed hard, started again, and gone when the benchmark is."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from caseflow.lifeline import die_with_parent
from ops.trouble import ROOT

STOP_S = 8.0


def say(line: str) -> None:
    """Progress, on standard error: standard output is the figures'."""
    print(line, file=sys.stderr, flush=True)


class Running:
    """A program in a process group of its own. Its words go to `log`; a root's program may run as `user`."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        log: Path,
        *,
        environment: Mapping[str, str],
        user: str | None = None,
        nice: int = 0,
    ) -> None:
        self.name = name
        self.command = list(command)
        self.log = log
        self.environment = dict(environment)
        self.user = user
        self.nice = nice
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Raises RuntimeError where it was never started."""
        if self._process is None:
            raise RuntimeError(self.name)
        return self._process.pid

    def start(self) -> None:
        parent = os.getpid()

        def follow() -> None:
            die_with_parent(parent)
            os.nice(self.nice)

        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                cwd=ROOT if self.user is None else "/",
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,  # as `ops.children` starts them
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                preexec_fn=follow,  # started from the main thread, before others hold locks
            )

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """kill -9, of this program's own group alone."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Ask, wait, then kill."""
        if self._process is not None and self.alive():
            self._process.send_signal(by)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_S)
        self.kill()

    def last_lines(self, number: int = 15) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-number:])
