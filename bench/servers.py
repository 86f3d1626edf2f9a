"""PostgreSQL and Redis of a benchmark's own: on free loopback ports, in its own folder, gone with it."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg
import redis

from bench.programs import Running
from ops.trouble import Trouble

PLACES = "/usr/lib/postgresql"
START_S = 30.0
OWNER = "postgres"  # PostgreSQL refuses to run as root


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    """A cluster with the server's own defaults, every commit on disk before it is answered."""

    def __init__(self, folder: Path, *, small_log: bool = False) -> None:
        """`small_log` makes the files of its write-ahead log 1 MiB small."""
        self.port = free_port()
        self._user = OWNER if os.geteuid() == 0 else None
        self._data = folder / "postgresql"
        self._binaries = _binaries()
        self._make(folder, small_log=small_log)
        server = [str(self._binaries / "postgres"), "-D", str(self._data), "-p", str(self.port), "-h", "127.0.0.1"]
        self.program = Running(
            "PostgreSQL", [*server, "-k", ""], folder / "postgresql.log", environment=_bare(), user=self._user
        )

    @property
    def data(self) -> Path:
        return self._data

    def url(self, port: int | None = None) -> str:
        """The address, or the one by way of another port."""
        return f"postgres://tirek@127.0.0.1:{port or self.port}/tirek"

    def start(self) -> None:
        """Start and wait until it answers. What a killed one left must be gone first, so it is tried again."""
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if not self.program.alive():
                self.program.start()
            if self.answers():
                return
            time.sleep(0.05)
        raise Trouble(f"PostgreSQL did not start: {self.program.last_lines()}")

    def answers(self) -> bool:
        with suppress(psycopg.Error), self._connected():
            return True
        return False

    def create(self) -> None:
        """The database of the product, and its owner."""
        with self._connected() as administrator:
            administrator.execute("CREATE ROLE tirek LOGIN")
            administrator.execute("CREATE DATABASE tirek OWNER tirek")

    def kill(self) -> None:
        self.program.kill()

    def stop(self) -> None:
        self.program.stop(signal.SIGINT)

    def _connected(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=OWNER, dbname="postgres", autocommit=True, connect_timeout=2
        )

    def _make(self, folder: Path, *, small_log: bool) -> None:
        self._data.mkdir()
        if self._user:
            shutil.chown(self._data, self._user, self._user)
            for above in (folder, *folder.parents[:1]):
                above.chmod(above.stat().st_mode | 0o011)
        made = [str(self._binaries / "initdb"), "-D", str(self._data), "-U", OWNER, "-A", "trust", "-E", "UTF8"]
        subprocess.run(
            [*made, "--locale=C.UTF-8", *(["--wal-segsize=1"] if small_log else [])],
            check=True,
            env=_bare(),
            cwd="/",
            stdout=subprocess.DEVNULL,
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user else None,
        )


class Redis:
    """Broker (database 0) and hints for sockets (database 1); what it has taken is on disk within a second."""

    def __init__(self, folder: Path) -> None:
        found = shutil.which("redis-server")
        if found is None:
            raise Trouble("redis-server is missing: install Redis")
        self.port = free_port()
        data = folder / "redis"
        data.mkdir()
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(data)]
        options += ["--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"]
        self.program = Running("Redis", [found, *options], folder / "redis.log", environment=_bare())

    def url(self, number: int, port: int | None = None) -> str:
        """The address of one of its databases, or the one by way of another port."""
        return f"redis://127.0.0.1:{port or self.port}/{number}"

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port, socket_timeout=2, socket_connect_timeout=2)

    def start(self) -> None:
        self.program.start()
        _wait(self.answers, "Redis", self.program)

    def answers(self) -> bool:
        with suppress(redis.RedisError):
            return bool(self.client().ping())
        return False

    def limit(self, most_bytes: int) -> None:
        """Refuse every write while more than this is held; 0: no limit. Nothing is done where it is away."""
        with suppress(redis.RedisError):
            self.client().config_set("maxmemory", most_bytes)

    def kill(self) -> None:
        self.program.kill()

    def stop(self) -> None:
        self.program.stop()


def _wait(holds: Callable[[], bool], name: str, program: Running) -> None:
    until = time.monotonic() + START_S
    while not holds():
        if time.monotonic() > until or not program.alive():
            raise Trouble(f"{name} did not start: {program.last_lines()}")
        time.sleep(0.02)


def _binaries() -> Path:
    found = sorted(Path(PLACES).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).parent
    raise Trouble("initdb is missing: install PostgreSQL")


def _bare() -> dict[str, str]:
    """An environment in which nothing speaks of a database elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
