"""Start the web server, the workers and beat; restart what ends; stop all together.

    .venv/bin/python -m ops.supervise

Environment: PORT, HOST, DEMO, TIREK_DATA as `ops.place` reads them.
"""

import http.client
import os
import signal
import sys
import time
from collections.abc import Sequence
from typing import Self

from caseflow.lifeline import die_with_parent
from ops.children import Child, Program, programs_of
from ops.place import Place
from ops.trouble import Trouble, check_port, one_line

STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
TICK_S = 0.2
START_LIMIT_S = 60.0
GRACE_S = 9.0  # then the rest is killed; whoever waits for us has 12


class Supervisor:
    """Runs programs, the first of which is the web server. Use it as a context: leaving it stops them."""

    def __init__(self, place: Place, programs: Sequence[Program], *, grace_s: float = GRACE_S) -> None:
        self.place = place
        self.grace_s = grace_s
        self.children = [Child(program, place) for program in programs]

    def __enter__(self) -> Self:
        # Blocked, so that they wait until asked for: nothing happens between two lines of ours.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS | {signal.SIGCHLD})
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()

    def run(self) -> int:
        """Until a stop signal. Returns the exit code."""
        web, *others = self.children
        web.start()
        if not self._answers(web):
            return 1
        print(self.place.welcome(), flush=True)
        for child in others:
            child.start()
        while not self._asked_to_stop(TICK_S):
            self._tend()
        print("Stopping …", flush=True)
        return 0

    def stop(self) -> None:
        """Ask each child to end, wait, kill what is left with all it started."""
        for child in self.children:
            child.ask_to_stop()
        end = time.monotonic() + self.grace_s
        while any(child.alive() for child in self.children) and time.monotonic() < end:
            time.sleep(0.05)
        for child in self.children:
            child.kill()

    def _tend(self) -> None:
        for child in self.children:
            line = child.tend(time.monotonic())
            if line:
                print(line, flush=True)

    def _answers(self, web: Child) -> bool:
        """Whether the web server answered; False when it could not or we were asked to stop meanwhile.

        Raises Trouble when it ended or did not answer in time.
        """
        end = time.monotonic() + START_LIMIT_S
        while time.monotonic() < end:
            if self._asked_to_stop(0.1):
                return False
            if not web.alive():
                raise Trouble(f"The web server did not start: {web.last_line()} (see {web.log})")
            status = _status(self.place.host, self.place.port)
            if status and status >= 500:
                raise Trouble(f"The web server answers with error {status}: {web.last_line()} (see {web.log})")
            if status:
                return True
        raise Trouble(f"The web server did not answer within {START_LIMIT_S:.0f} s (see {web.log})")

    @staticmethod
    def _asked_to_stop(wait_s: float) -> bool:
        """Wait up to `wait_s` for a signal; a child that ended cuts the wait short."""
        got = signal.sigtimedwait(STOP_SIGNALS | {signal.SIGCHLD}, wait_s)
        return got is not None and got.si_signo in STOP_SIGNALS


def _status(host: str, port: int) -> int | None:
    """The HTTP status of the front page, None while nobody listens."""
    connection = http.client.HTTPConnection(host, port, timeout=15)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def supervise(place: Place, programs: Sequence[Program], *, grace_s: float = GRACE_S) -> int:
    """The exit code. Raises Trouble when the place is taken or the web server does not come up."""
    die_with_parent(os.getppid(), signal.SIGTERM)
    with place.locked(), Supervisor(place, programs, grace_s=grace_s) as supervisor:
        check_port(place.host, place.port)
        return supervisor.run()


def main() -> int:
    place = Place.from_environment()
    return supervise(place, programs_of(place))


if __name__ == "__main__":
    sys.exit(one_line(main))
