"""The whole product with demo data, started as its users start it, on the database and the broker under test."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGCONT, SIGSTOP
from uuid import uuid4

import psycopg
from django.conf import settings

from tests.house.processes import children, command, free_port, wait_until

ROOT = Path(settings.BASE_DIR)
STOP_LIMIT_S = 15


@dataclass(frozen=True, slots=True)
class Product:
    """The running product: where it answers, and the process that keeps all the others."""

    address: str
    supervisor: int

    @contextmanager
    def nobody_analyses(self) -> Iterator[Callable[[], None]]:
        """The video worker stands still, so that what is asked of it waits, until the yielded function is called."""
        group = next(pid for pid in children(self.supervisor) if "video@" in command(pid))
        os.killpg(group, SIGSTOP)
        try:
            yield lambda: os.killpg(group, SIGCONT)
        finally:
            os.killpg(group, SIGCONT)


@contextmanager
def running_product(folder: Path, zone: str) -> Iterator[Product]:
    """Make an installation in `folder`, start web, workers and beat in the time zone `zone`.

    Ends all of them at the end.
    """
    with _database() as database:
        port = free_port()
        environment = {
            **os.environ,
            **database,
            **_delivery(),
            "TIREK_DATA": str(folder),
            "STATIC_ROOT": str(folder / "static"),
            "DEMO": "1",
            "TIME_ZONE": zone,
            "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "caseflow.settings",
        }
        for step in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["demo"]):
            subprocess.run([sys.executable, "manage.py", *step], cwd=ROOT, env=environment, check=True)
        with (folder / "supervisor.log").open("w+") as log:
            supervisor = subprocess.Popen(
                [sys.executable, "-m", "ops.supervise"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
            try:
                wait_until(lambda: "running" in (folder / "supervisor.log").read_text(), limit_s=90)
                yield Product(f"http://localhost:{port}", supervisor.pid)
            finally:
                supervisor.terminate()
                supervisor.wait(STOP_LIMIT_S)


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    """A database of its own on the PostgreSQL server under test; on SQLite the data folder's file."""
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        yield {"DATABASE_URL": ""} if "DATABASE_URL" in os.environ else {}
        return
    name = f"tirek_way_{uuid4().hex[:12]}"
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": f"{server}/{name}"}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _delivery() -> dict[str, str]:
    """Redis under test in a numbered space of its own, so that no other worker takes this product's tasks."""
    urls = {name: os.environ.get(name, "") for name in ("BROKER_URL", "CHANNEL_URL")}
    return {name: f"{url.rpartition('/')[0]}/9" for name, url in urls.items() if url.startswith("redis://")}
