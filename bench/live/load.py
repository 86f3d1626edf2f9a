"""The load: presses at fixed times whatever becomes of the ones before, and pages that stay open."""

import asyncio
from itertools import cycle
from time import monotonic
from uuid import uuid4

from bench.lines import Line, NotAnsweredError
from bench.live.record import Press, Record
from bench.people import Person
from bench.programs import say
from bench.wire import Heard, Page, open_page, press
from bench.world import Phone, World

TIMEOUT_S = 10.0
AGAIN_S = 0.5
OPENED_AT_ONCE = 20


class Presses:
    """Presses `a_second` for a while, each by a phone of its own. A time counts from when the press was due, so that a
    server that falls behind cannot hide it."""

    def __init__(self, world: World, ports: list[int], record: Record) -> None:
        self._world = world
        self._record = record
        self._ports = cycle(ports)
        self._free: dict[int, list[Line]] = {port: [] for port in ports}

    async def run(self, phones: list[Phone], a_second: float) -> None:
        began = monotonic() + 0.1
        async with asyncio.TaskGroup() as group:
            for number, phone in enumerate(phones):
                due = began + number / a_second
                await asyncio.sleep(max(0.0, due - monotonic()))
                group.create_task(self._one(phone, due))
                if number % (a_second * 20) == 0:
                    say(f"  {number} presses, {len(self._record.presses)} answered")

    async def _one(self, phone: Phone, due: float) -> None:
        key = str(uuid4())
        while True:
            port = next(self._ports)
            line = self._free[port].pop() if self._free[port] else Line(port)
            try:
                alarm = await press(line, phone, key, timeout_s=TIMEOUT_S)
            except NotAnsweredError as error:
                say(f"  not answered: {error}")
                await asyncio.sleep(AGAIN_S)
            else:
                self._record.presses.append(Press(alarm, due, monotonic(), self._world.concerned(phone)))
                return
            finally:
                self._free[port].append(line)


async def open_pages(people: list[Person], ports: list[int], heard: Heard) -> list[Page]:
    """A page for each, shared out among the web servers."""
    gate = asyncio.Semaphore(OPENED_AT_ONCE)
    opened: list[Page] = []

    async def one(number: int, person: Person) -> None:
        async with gate:
            opened.append(await open_page(person, ports[number % len(ports)], None, heard))
        if len(opened) % 500 == 0:
            say(f"  {len(opened)} pages are open")

    async with asyncio.TaskGroup() as group:
        for number, person in enumerate(people):
            group.create_task(one(number, person))
    return opened
