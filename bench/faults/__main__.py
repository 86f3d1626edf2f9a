"""Faults mixed by a seed while phones press and pages are open, against processes and servers of its own.

    .venv/bin/python -m bench.faults

Environment: SEED (1), FAULTS (1000), PRESSES (10000), SECONDS (1440), EMBEDDED (1: SQLite and the spool instead of
PostgreSQL and Redis). The last line printed is the figures as JSON: `lost` and `shown_twice` compare the clients'
ledger with database, log, screens and push deliveries; `takeover_s` is the longest until what a killed worker was at
was done by another; `recovery_s` the longest from the end of PostgreSQL or Redis until a press begun after it is
answered, shown and sealed.
"""

import asyncio
import json
import os
import random
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import uvloop

from bench import place
from bench.faults.schedule import EMBEDDED, ON_SERVERS, Fault, schedule
from bench.faults.site import Site, embedded, on_servers
from bench.machine import Moment
from bench.programs import say
from bench.servers import Postgres, Redis
from ops.trouble import one_line

if TYPE_CHECKING:
    from bench.faults.injecting import Injector

P = ParamSpec("P")
T = TypeVar("T")

OTHERS = 20
DRAIN_S = 240.0


@dataclass(frozen=True)
class Plan:
    seed: int
    faults: int
    presses: int
    seconds: float
    embedded: bool

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Plan":
        return cls(
            seed=int(given.get("SEED", "1")),
            faults=int(given.get("FAULTS", "1000")),
            presses=int(given.get("PRESSES", "10000")),
            seconds=float(given.get("SECONDS", "1440")),
            embedded=bool(int(given.get("EMBEDDED", "0"))),
        )


def main() -> int:
    plan = Plan.of(os.environ)
    place.allow_many_sockets()
    drawn = random.Random(plan.seed)
    with place.folder() as folder, ExitStack() as running:
        site, address = (_embedded if plan.embedded else _on_servers)(folder, drawn, running)
        running.callback(site.product.stop)
        figures = uvloop.run(_run(plan, site, address))
    print(json.dumps(figures))
    return 0


def _on_servers(folder: Path, drawn: random.Random, running: ExitStack) -> tuple[Site, str]:
    postgres, redis = Postgres(folder, small_log=True), Redis(folder)
    running.callback(postgres.stop)
    running.callback(redis.stop)
    postgres.start()
    redis.start()
    postgres.create()
    own = {"DATABASE_URL": postgres.url(), "BROKER_URL": redis.url(0), "CHANNEL_URL": redis.url(1)}
    place.settle_in(folder, own, settings="bench.settings")
    return on_servers(folder, postgres, redis, drawn), postgres.url()


def _embedded(folder: Path, drawn: random.Random, _running: ExitStack) -> tuple[Site, str]:
    own = ("DATABASE_URL", "BROKER_URL", "CHANNEL_URL")
    for name in own:
        os.environ.pop(name, None)
    place.settle_in(folder, {}, settings="bench.settings")
    return embedded(folder, drawn), str(folder / "data" / "tirek.sqlite3")


async def _run(plan: Plan, site: Site, address: str) -> dict[str, object]:
    # Their models can be imported only once Django is set up.
    from bench.faults.check import compare, unfinished
    from bench.faults.clients import Pages, Phones
    from bench.faults.injecting import Injector
    from bench.faults.ledger import Ledger
    from bench.faults.world import make_world
    from bench.live.record import Record

    await site.start_lines()
    world = await asyncio.to_thread(make_world, phones=plan.presses, others=OTHERS, endpoint=site.provider.endpoint)
    site.product.start_programs()
    await asyncio.to_thread(site.product.wait)
    record = Record()
    ports = site.product.ports
    phones, pages = Phones(world, ports, record, site.drawn), Pages(ports, record, site.drawn)
    keeping = asyncio.create_task(pages.keep(list(world.people)))
    tending = asyncio.create_task(site.tend())
    while len(pages.cursors) < len(world.people):
        await asyncio.sleep(0.1)
    injector = Injector(site, phones, pages, Ledger(address))
    say(f"{len(pages.open)} pages, {plan}")
    began = Moment.now()
    async with asyncio.TaskGroup() as group:
        group.create_task(phones.run(list(world.phones), plan.presses / plan.seconds))
        group.create_task(_strike(plan, injector))
    say(f"  all {len(record.presses)} presses are answered; {began.since()}")
    await injector.settle()
    until = monotonic() + DRAIN_S
    while (left := await asyncio.to_thread(_asked, unfinished, record)) and monotonic() < until:
        await asyncio.sleep(1)
    say(f"  {left} things are under way after all")
    found = await asyncio.to_thread(_asked, compare, record)
    for running in (keeping, tending):
        running.cancel()
    await asyncio.wait({keeping, tending})
    await site.stop_lines()
    recovery = {str(fault): _longest(times) for fault, times in injector.recovery_s.items()}
    say(f"  done: {dict(injector.done)}")
    say(f"  ended by themselves and started again: {dict(site.ended)}")
    return {
        "faults": injector.done.total(),
        "presses": len(record.presses),
        "lost": found.lost + phones.differed,
        "shown_twice": found.shown_twice,
        "takeover_s": _longest(injector.takeover_s),
        "recovery_s": max(recovery.values(), default=0.0),
        "recovery_redis_s": recovery.get(Fault.KILL_REDIS, 0.0),
        "recovery_postgresql_s": recovery.get(Fault.KILL_DATABASE, 0.0),
        "kills": sum(number for fault, number in injector.done.items() if fault.startswith("kill")),
        "seed": plan.seed,
    }


async def _strike(plan: Plan, injector: "Injector") -> None:
    planned = schedule(plan.seed, plan.faults, plan.seconds, EMBEDDED if plan.embedded else ON_SERVERS)
    began = monotonic()
    for number, one in enumerate(planned):
        await asyncio.sleep(max(0.0, began + one.at_s - monotonic()))
        await injector.inject(one.fault)
        if number % 50 == 0:
            answered = len(injector.phones.record.presses)
            say(f"  {monotonic() - began:.0f} s: {number + 1} faults, {answered} presses answered")


def _asked(call: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """The result of what asks the database, over a connection of its own: the servers were ended meanwhile."""
    from django.db import connection

    connection.close()
    try:
        return call(*args, **named)
    finally:
        connection.close()


def _longest(times: list[float]) -> float:
    return round(max(times, default=0.0), 1)


if __name__ == "__main__":
    sys.exit(one_line(main))
