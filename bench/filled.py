"""A database of one size with its own servers, in a folder of its own, and the product over it."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from bench.product import Product
from bench.servers import Postgres, Redis
from ops.trouble import ROOT, Trouble


class Filled:
    """PostgreSQL and Redis of its own. `folder` has to be there; `running` ends the servers."""

    def __init__(self, folder: Path, running: ExitStack) -> None:
        self.folder = folder
        (folder / "data").mkdir()
        self._running = running
        self._addresses: dict[str, str] = {}
        self._rounds = 0

    def start(self) -> None:
        """Start the servers and lay out the tables. Raises Trouble."""
        postgres, redis = Postgres(self.folder), Redis(self.folder)
        for server in (postgres, redis):
            self._running.callback(server.stop)
            server.start()
        postgres.create()
        self._addresses = {
            "DATABASE_URL": postgres.url(),
            "BROKER_URL": redis.url(0),
            "CHANNEL_URL": redis.url(1),
            "DJANGO_SETTINGS_MODULE": "caseflow.settings",
            "TIREK_DATA": str(self.folder / "data"),
            "STATIC_ROOT": str(self.folder.parent / "static"),
            "DEMO": "0",
            "LOG_LEVEL": "WARNING",
        }
        self.run("django", "collectstatic", "--noinput", "-v", "0")
        self.run("django", "migrate", "-v", "0")

    def run(self, module: str, *arguments: str) -> str:
        """What a module prints that looks into this database. Raises Trouble."""
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **self._addresses}, stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            raise Trouble(f"{module} ended with {done.returncode}")
        return done.stdout

    def product(self, web: int) -> Product:
        """The product over this database, not started yet."""
        folder = self.folder / f"round-{self._rounds}"
        self._rounds += 1
        folder.mkdir()
        (folder / "data").symlink_to(self.folder / "data")
        return Product(folder, self._addresses, web_servers=web)
