"""Delivery under load, on servers of its own.

    .venv/bin/python -m bench.live

Environment: PRESSES_A_SECOND (50), SECONDS (120), SOCKETS (500), BROADCAST_SOCKETS (5000), WEB (2 web servers).
The last line printed is the figures as JSON, times in milliseconds, memory in KB (1024 bytes).
"""

import asyncio
import gc
import json
import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

import uvloop

from bench import place
from bench.figures import milliseconds, percentile, repeated
from bench.machine import Moment
from bench.product import Product
from bench.programs import say
from bench.servers import Postgres, Redis
from ops.trouble import one_line

if TYPE_CHECKING:
    from bench.live.record import Record

BROADCASTS = 3
DRAIN_S = 10.0
QUIET_S = 3.0
WARM_UP = 100  # presses before the measured ones


@dataclass(frozen=True)
class Plan:
    a_second: int
    seconds: int
    sockets: int
    broadcast_sockets: int
    web: int

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Plan":
        return cls(
            a_second=int(given.get("PRESSES_A_SECOND", "50")),
            seconds=int(given.get("SECONDS", "120")),
            sockets=int(given.get("SOCKETS", "500")),
            broadcast_sockets=int(given.get("BROADCAST_SOCKETS", "5000")),
            web=int(given.get("WEB", "2")),
        )


def main() -> int:
    plan = Plan.of(os.environ)
    place.allow_many_sockets()
    with place.folder() as folder, ExitStack() as running:
        postgres, redis = Postgres(folder), Redis(folder)
        running.callback(postgres.stop)
        running.callback(redis.stop)
        postgres.start()
        redis.start()
        postgres.create()
        addresses = {"DATABASE_URL": postgres.url(), "BROKER_URL": redis.url(0), "CHANNEL_URL": redis.url(1)}
        place.settle_in(folder, addresses)
        product = Product(folder, addresses, web_servers=plan.web)
        running.callback(product.stop)
        product.start()
        figures = uvloop.run(_measure(plan, product))
    print(json.dumps(figures))
    return 0


async def _measure(plan: Plan, product: Product) -> dict[str, float]:
    # Their models can be imported only once Django is set up.
    from bench.live.check import lost
    from bench.live.load import Presses, open_pages
    from bench.live.record import Record
    from bench.world import make_world

    total = plan.a_second * plan.seconds
    more = plan.broadcast_sockets - plan.sockets
    world = await asyncio.to_thread(make_world, phones=total + WARM_UP, others=plan.broadcast_sockets - 59)
    people, phones = list(world.people), list(world.phones)
    # Looking for garbage would stop the clients for tenths of a second, measured as if the product had been slow.
    gc.collect()
    gc.disable()
    await Presses(world, product.ports, Record()).run(phones[:WARM_UP], plan.a_second)
    record = Record()
    before_kib = product.resident_kib()
    pages = await open_pages(people[: plan.sockets], product.ports, record.heard)
    say(f"{plan.sockets} sockets, {plan.a_second} presses a second for {plan.seconds} s")
    began = Moment.now()
    await Presses(world, product.ports, record).run(phones[WARM_UP:], plan.a_second)
    say(f"  {began.since()}")
    until = monotonic() + DRAIN_S
    while record.unseen() and monotonic() < until:
        await asyncio.sleep(0.1)
    acks = [press.answered_s - press.due_s for press in record.presses]
    screens = list(record.screen_s())
    pages += await open_pages(people[plan.sockets :], product.ports, record.heard)
    await asyncio.sleep(QUIET_S)
    kb_per_socket = (product.resident_kib() - before_kib) / (plan.sockets + more)
    broadcasts = await _broadcasts([person.user_id for person in people], record)
    return {
        "ack_p99_ms": milliseconds(percentile(acks, 0.99)),
        "screen_p99_ms": milliseconds(percentile(screens, 0.99)),
        "screen_p999_ms": milliseconds(percentile(screens, 0.999)),
        "broadcast_p99_ms": milliseconds(percentile(broadcasts, 0.99)),
        "kb_per_socket": round(kb_per_socket, 1),
        "lost": await asyncio.to_thread(lost, record) + len(people) * BROADCASTS - len(broadcasts),
        "duplicates": repeated(record.alerts) + sum(len(times) - 1 for times in record.shown.values()),
    }


async def _broadcasts(people: list[int], record: "Record") -> list[float]:
    """From before an alert to everybody is written until it is on each page."""
    from notifications.enums import AlertKind
    from notifications.services import alert

    took: list[float] = []
    for number in range(BROADCASTS):
        record.broadcast.clear()
        began, moment = monotonic(), Moment.now()
        told = [(person, None) for person in people]
        await asyncio.to_thread(
            alert, recipients=told, kind=AlertKind.CASE_ASSIGNED, params={"number": 1}, url="/cases/"
        )
        while len(record.broadcast) < len(people) and monotonic() - began < DRAIN_S * 3:
            await asyncio.sleep(0.05)
        here = [times[0] - began for times in record.broadcast.values()]
        say(f"  broadcast {number + 1}: {len(here)} pages, slowest {max(here, default=0):.2f} s; {moment.since()}")
        took += here
        await asyncio.sleep(1)
    return took


if __name__ == "__main__":
    sys.exit(one_line(main))
