"""The phones and the pages: presses sent until they are answered, pages opened again until they are told everything."""

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import uuid4

from bench.lines import Line, NotAnsweredError
from bench.live.record import Press, Record
from bench.people import Person
from bench.wire import Page, open_page, press
from bench.world import Phone, World

TIMEOUT_S = 5.0
AGAIN_S = (0.1, 0.6)
LATE_S = (0.5, 4.0)
OPENING_S = 10.0


@dataclass
class Phones:
    """Presses at a steady pace, each sent again, now here now there, until it is answered."""

    world: World
    ports: list[int]
    record: Record
    drawn: random.Random
    twice: int = 0  # so many presses to come are sent twice at once
    late: int = 0  # after so many comes a copy that was held up
    differed: int = 0  # answers that named another alarm than the first answer to the same press
    begun: dict[str, float] = field(default_factory=dict)
    _lines: dict[int, list[Line]] = field(default_factory=dict)

    async def run(self, phones: list[Phone], a_second: float) -> None:
        began = monotonic()
        async with asyncio.TaskGroup() as group:
            for number, phone in enumerate(phones):
                due = began + number / a_second
                await asyncio.sleep(max(0.0, due - monotonic()))
                group.create_task(self._press(phone, due))

    async def _press(self, phone: Phone, due: float) -> None:
        key = str(uuid4())
        copies, self.twice = (2, self.twice - 1) if self.twice else (1, 0)
        held_up, self.late = (1, self.late - 1) if self.late else (0, 0)
        answers = await asyncio.gather(*(self._until_answered(phone, key) for _ in range(copies)))
        if held_up:
            await asyncio.sleep(self.drawn.uniform(*LATE_S))
            answers.append(await self._until_answered(phone, key))
        self.differed += len(set(answers)) - 1
        self.begun[answers[0]] = due
        self.record.presses.append(Press(answers[0], due, monotonic(), self.world.concerned(phone)))

    async def _until_answered(self, phone: Phone, key: str) -> str:
        while True:
            with suppress(NotAnsweredError):
                return await self._send(phone, key)
            await asyncio.sleep(self.drawn.uniform(*AGAIN_S))

    async def _send(self, phone: Phone, key: str) -> str:
        port = self.drawn.choice(self.ports)
        free = self._lines.setdefault(port, [])
        line = free.pop() if free else Line(port)
        try:
            return await press(line, phone, key, timeout_s=TIMEOUT_S)
        finally:
            free.append(line)


@dataclass
class Pages:
    """A page for each person, opened again from where it was whenever its socket is gone."""

    ports: list[int]
    record: Record
    drawn: random.Random
    open: dict[int, Page] = field(default_factory=dict)
    cursors: dict[int, str] = field(default_factory=dict)

    async def keep(self, people: list[Person]) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(self._keep(person))

    def drop(self, number: int) -> None:
        """So many lose their network, or as many as are open."""
        for user in self.drawn.sample(sorted(self.open), min(number, len(self.open))):
            self.open[user].drop()

    def _heard(self, person: Person, message: dict[str, Any], at: float) -> None:
        # With what it brings, as a page does it: what was shown is not asked for again.
        self.cursors[person.user_id] = message["cursor"]
        self.record.heard(person, message, at)

    async def _keep(self, person: Person) -> None:
        while True:
            port = self.drawn.choice(self.ports)
            with suppress(NotAnsweredError):
                cursor = self.cursors.get(person.user_id)
                page = await open_page(person, port, cursor, self._heard, timeout_s=OPENING_S)
                self.open[person.user_id] = page
                await page.gone
                del self.open[person.user_id]
            await asyncio.sleep(self.drawn.uniform(*AGAIN_S))
