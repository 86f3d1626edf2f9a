"""The product's own processes in a folder of a benchmark, as `ops.children` starts them."""

import http.client
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.programs import Running, say
from bench.servers import free_port
from ops.children import Program, programs_of
from ops.place import Place
from ops.trouble import Trouble

START_S = 90.0
NEEDED = ("quick worker", "delivery worker", "timetable")  # no video is analysed here


class Product:
    """Several web servers, as behind a load balancer, one worker for each queue, and beat."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        *,
        web_servers: int,
        own: Callable[[str], Mapping[str, str]] = lambda _name: {},
    ) -> None:
        """`own` is what each program, by its name, finds in its environment besides."""
        self.log = folder / "log"
        self.log.mkdir()
        self._environment = {**os.environ, **environment, "DEMO": "0", "PYTHONUNBUFFERED": "1"}
        self._own = own
        self.ports = [free_port() for _ in range(web_servers)]
        place = [Place("127.0.0.1", port, demo=False, data=folder / "data") for port in self.ports]
        self.web = [self._program(programs_of(each)[0], f"web server {n}") for n, each in enumerate(place)]
        self.others = [self._program(one, one.name) for one in programs_of(place[0]) if one.name in NEEDED]

    @property
    def programs(self) -> list[Running]:
        return [*self.web, *self.others]

    def named(self, name: str) -> Running:
        """The one program of this name. Raises StopIteration."""
        return next(program for program in self.programs if program.name == name)

    def start(self) -> None:
        """Start all and wait until every web server answers. Raises Trouble."""
        self.start_programs()
        self.wait()

    def start_programs(self) -> None:
        for program in self.programs:
            program.start()

    def wait(self) -> None:
        """Until every web server answers. Raises Trouble."""
        for port, program in zip(self.ports, self.web, strict=True):
            self.wait_for(port, program)
        say(f"The product runs: web servers on {self.ports}")

    def wait_for(self, port: int, program: Running) -> None:
        until = time.monotonic() + START_S
        while not answers(port):
            if time.monotonic() > until or not program.alive():
                raise Trouble(f"{program.name} did not start:\n{program.last_lines()}")
            time.sleep(0.1)

    def stop(self) -> None:
        for program in reversed(self.programs):
            program.stop()

    def resident_kib(self) -> int:
        """What the web servers hold in memory together, KiB."""
        return sum(_resident_kib(program.pid) for program in self.web)

    def _program(self, program: Program, name: str) -> Running:
        log = self.log / f"{name.replace(' ', '-')}.log"
        environment = {**self._environment, **self._own(name)}
        command = [sys.executable, "-m", *program.arguments]
        return Running(name, command, log, environment=environment, nice=program.nice)


def answers(port: int) -> bool:
    """Whether the web server on this port answers with anything but an error of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/alerts/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _resident_kib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
