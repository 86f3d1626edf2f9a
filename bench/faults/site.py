"""Everything a fault can strike: servers, programs, the lines between them, clocks, a push service."""

import asyncio
import random
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bench.faults.clocks import Clocks
from bench.faults.provider import Provider
from bench.faults.proxy import Proxy
from bench.product import Product
from bench.programs import Running, say
from bench.servers import Postgres, Redis, free_port

WORKERS = "workers"
PAUSE_S = 1.0


@dataclass
class Site:
    """On the embedded default there are no `servers` and no lines."""

    product: Product
    clocks: Clocks
    provider: Provider
    drawn: random.Random
    servers: tuple[Postgres, Redis] | None = None
    lines: list[Proxy] = field(default_factory=list)
    ended: Counter[str] = field(default_factory=Counter)  # programs that ended by themselves

    async def start_lines(self) -> None:
        await self.provider.start()
        for line in self.lines:
            await line.start()

    async def tend(self) -> None:
        """Start again whatever ended by itself, as the product's supervisor does; until cancelled."""
        while True:
            await asyncio.sleep(PAUSE_S)
            for program in self.product.programs:
                if not program.alive():
                    self.ended[program.name] += 1
                    say(f"    {datetime.now():%H:%M:%S} {program.name} ended by itself")
                    restart(program)

    async def stop_lines(self) -> None:
        await self.provider.stop()
        for line in self.lines:
            await line.stop()

    @property
    def postgres(self) -> Postgres:
        """Raises LookupError on the embedded default."""
        return self._servers()[0]

    @property
    def redis(self) -> Redis:
        """Raises LookupError on the embedded default."""
        return self._servers()[1]

    @property
    def names(self) -> list[str]:
        return [program.name for program in self.product.programs]

    def writers(self) -> Iterable[int]:
        """The processes that write the database's files."""
        if self.servers:
            return _family(self.postgres.program.pid)
        return [program.pid for program in self.product.programs if program.alive()]

    def _servers(self) -> tuple[Postgres, Redis]:
        if self.servers is None:
            raise LookupError("no server on the embedded default")
        return self.servers


def on_servers(folder: Path, postgres: Postgres, redis: Redis, drawn: random.Random) -> Site:
    """Two web servers and the workers, each with a line of its own to PostgreSQL and to Redis."""
    to_database = {name: Proxy(free_port(), postgres.port) for name in ("web server 0", "web server 1", WORKERS)}
    to_redis = {name: Proxy(free_port(), redis.port) for name in to_database}
    clocks = Clocks(folder)

    def own(name: str) -> Mapping[str, str]:
        line = name if name in to_database else WORKERS
        return {
            "DATABASE_URL": postgres.url(to_database[line].port),
            "BROKER_URL": redis.url(0, to_redis[line].port),
            "CHANNEL_URL": redis.url(1, to_redis[line].port),
            **clocks.environment(name),
        }

    product = Product(folder, {}, web_servers=2, own=own)
    lines = [*to_database.values(), *to_redis.values()]
    return Site(product, clocks, Provider(free_port(), drawn), drawn, (postgres, redis), lines)


def embedded(folder: Path, drawn: random.Random) -> Site:
    """One web server and the workers over files of one folder."""
    clocks = Clocks(folder)
    product = Product(folder, {}, web_servers=1, own=clocks.environment)
    return Site(product, clocks, Provider(free_port(), drawn), drawn)


def limit_files(pids: Iterable[int], most: str, user: str | None) -> None:
    """Let these processes, and those they start, write no file beyond `most` bytes ("unlimited" ends it): a full disk,
    as far as they see. `user` is whose they are, where they are not ours."""
    each = "for pid; do prlimit --pid $pid --fsize=$MOST: 2>/dev/null; done; true"
    command = ["/bin/sh", "-c", each, "limit", *(str(pid) for pid in pids)]
    environment = {"PATH": "/usr/bin:/bin", "MOST": most}
    subprocess.run(
        command, check=True, user=user, group=user, extra_groups=[] if user else None, env=environment, cwd="/"
    )


def restart(program: Running) -> None:
    program.kill()
    program.start()


def _family(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        return [pid, *(int(each) for each in children.read_text(encoding="ascii").split())]
    except OSError:
        return [pid]
