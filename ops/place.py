"""Where and how an installation runs, from the environment; and whether it can. Standard library only.

    python3 -m ops.place    says in one line what is in the way, if anything is

PORT         port of the web server, 8000 when not given
HOST         address it listens on, 127.0.0.1 when not given; with demo data no other than loopback
DEMO         0 for an installation with real people; anything else, or nothing, for invented ones
TIREK_DATA   data folder; var/demo with demo data and var without, when not given
"""

import fcntl
import ipaddress
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ops.trouble import ROOT, Trouble, check_port, check_space, check_writable, one_line, port_from

RUNNING_MIB = 300  # a lesson video needs more; uploading says so


@dataclass(frozen=True)
class Place:
    host: str
    port: int
    demo: bool
    data: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Raises Trouble when the environment asks for what is not possible."""
        demo = environment.get("DEMO", "1") not in {"0", "false", "no"}
        host = environment.get("HOST") or "127.0.0.1"
        if demo and not _is_loopback(host):
            raise Trouble(f"Demo logins are public, so they are served on this machine only, not on {host}: try DEMO=0")
        data = Path(environment.get("TIREK_DATA") or ROOT / "var" / ("demo" if demo else "")).absolute()
        return cls(host=host, port=port_from(environment.get("PORT") or "8000"), demo=demo, data=data)

    @property
    def log_folder(self) -> Path:
        return self.data / "log"

    @property
    def logins(self) -> Path:
        """The table of demo logins, as printed."""
        return self.data / "logins.txt"

    @property
    def address(self) -> str:
        shown = {"127.0.0.1": "localhost", "::1": "localhost", "0.0.0.0": "localhost", "::": "localhost"}  # noqa: S104  shown, not bound
        return f"http://{shown.get(self.host, self.host)}:{self.port}/"

    def environment(self) -> dict[str, str]:
        """What the processes of this installation find in their environment."""
        return {
            **os.environ,
            "TIREK_DATA": str(self.data),
            "DEMO": str(int(self.demo)),
            "DJANGO_SETTINGS_MODULE": "caseflow.settings",
            "PYTHONUNBUFFERED": "1",
        }

    def welcome(self) -> str:
        """What is printed once the web server answers."""
        table = self.logins.read_text(encoding="utf-8") if self.demo and self.logins.exists() else ""
        return f"\nTirek is running: {self.address}\n{table}\nCtrl-C stops it. Logs: {self.log_folder}\n"

    def check(self) -> None:
        """Raises Trouble when something is in the way of starting."""
        check_writable(self.data)
        check_space(self.data, needed_mib=RUNNING_MIB)
        self._check_kind()
        with self.locked():
            check_port(self.host, self.port)

    def _check_kind(self) -> None:
        """Invented and real people never share a folder: the demo's passwords are known to everybody."""
        has_data = (self.data / "tirek.sqlite3").exists()
        is_demo = (self.data / ".demo").exists()
        if has_data and is_demo != self.demo:
            held, asked = ("demo", "real") if is_demo else ("real", "demo")
            raise Trouble(f"{self.data} holds {held} data: choose another folder for {asked} data with TIREK_DATA=")

    def mark(self) -> None:
        """Make the data folder and note in it that its people are invented, if they are."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.demo:
            (self.data / ".demo").touch()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the data folder. Raises Trouble when another process of this installation holds it."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.data / ".running").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Trouble(f"Tirek is running already with the data in {self.data}: stop it first") from error
            yield


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def main() -> int:
    Place.from_environment().check()
    return 0


if __name__ == "__main__":
    sys.exit(one_line(main))
