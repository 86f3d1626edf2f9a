"""How each fault is done, and how long the product takes to get over what it is measured by."""

import asyncio
import os
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from bench.faults.clients import Pages, Phones
from bench.faults.ledger import Held, Ledger
from bench.faults.schedule import Fault
from bench.faults.site import Site, limit_files, restart
from bench.programs import say

HOUR_S = 3600
DISK_BYTES = str(1024 * 1024)  # a segment of the write-ahead log; the tables are larger
AT_ONCE = 10
SHORT_S, LONG_S = 1.0, 3.0
SLOW_S = 10.0
OVER_S = 90.0  # who is not over it by then is not over it


@dataclass
class Injector:
    """Does faults one by one, beside each other where they last."""

    site: Site
    phones: Phones
    pages: Pages
    ledger: Ledger
    done: Counter[Fault] = field(default_factory=Counter)
    takeover_s: list[float] = field(default_factory=list)
    recovery_s: dict[Fault, list[float]] = field(default_factory=dict)
    _watching: set[asyncio.Task[None]] = field(default_factory=set)

    async def inject(self, fault: Fault) -> None:
        """Strike; what lasts, and what is measured after it, goes on by itself."""
        ways: dict[Fault, Callable[[], Awaitable[None]]] = {
            Fault.KILL_DATABASE: self._kill_database,
            Fault.KILL_REDIS: self._kill_redis,
            Fault.KILL_WEB: self._kill_web,
            Fault.KILL_QUICK: lambda: self._kill_worker("quick worker"),
            Fault.KILL_DELIVERY: lambda: self._kill_worker("delivery worker"),
            Fault.KILL_TIMETABLE: lambda: self._kill_worker("timetable"),
            Fault.FULL_BROKER: self._fill_broker,
            Fault.PARTITION: self._part,
            Fault.CLOCK: self._shift_clock,
            Fault.FULL_DISK: self._fill_disk,
            Fault.DROPPED: self._drop_some,
            Fault.STORM: self._drop_all,
            Fault.DUPLICATE: self._send_twice,
            Fault.REORDERED: self._hold_up,
            Fault.PROVIDER_DOWN: self._end_provider,
        }
        await ways[fault]()
        self.done[fault] += 1
        if "VERBOSE" in os.environ:
            say(f"    {datetime.now():%H:%M:%S} {fault}")

    async def settle(self) -> None:
        """Wait for what lasts and what is measured; raise what went wrong there."""
        await asyncio.gather(*self._watching)

    async def _kill_database(self) -> None:
        self.site.postgres.kill()
        self._meanwhile(self._start_database(monotonic()))

    async def _start_database(self, since: float) -> None:
        postgres = self.site.postgres
        until = monotonic() + OVER_S
        # What the killed one left must be gone before another can start.
        while not await asyncio.to_thread(postgres.answers) and monotonic() < until:
            if not postgres.program.alive():
                postgres.program.start()
            await asyncio.sleep(0.1)
        await self._recover(Fault.KILL_DATABASE, since)

    async def _kill_redis(self) -> None:
        since = monotonic()
        restart(self.site.redis.program)
        self._meanwhile(self._recover(Fault.KILL_REDIS, since))

    async def _kill_web(self) -> None:
        restart(self.site.drawn.choice(self.site.product.web))

    async def _kill_worker(self, name: str) -> None:
        held = await self.ledger.held() if name == "delivery worker" else []
        since = monotonic()
        restart(self.site.product.named(name))
        self._meanwhile(self._take_over(name, since, held))

    async def _take_over(self, name: str, since: float, held: list[Held]) -> None:
        """What the killed program held is somebody else's, or what it is for is done again."""
        if name != "delivery worker":
            await self._note(self.takeover_s, name, since, lambda: self._sealed(since))
        elif held:
            await self._note(self.takeover_s, name, since, lambda: self.ledger.taken_over(held))

    async def _recover(self, fault: Fault, since: float) -> None:
        """A press begun after the fault is answered, on every screen that is open, and sealed in the log."""
        await self._note(self.recovery_s.setdefault(fault, []), fault, since, lambda: self._sealed(since, shown=True))

    async def _note(self, times: list[float], name: str, since: float, is_over: Callable[[], Awaitable[bool]]) -> None:
        while not await is_over():
            if monotonic() - since > OVER_S:
                say(f"  {name}: not over it after {OVER_S:.0f} s")
                break
            await asyncio.sleep(0.2)
        times.append(monotonic() - since)
        if times[-1] > SLOW_S or "VERBOSE" in os.environ:
            say(f"    {datetime.now():%H:%M:%S} {name}: got over it in {times[-1]:.1f} s")

    async def _sealed(self, since: float, *, shown: bool = False) -> bool:
        """Whether an entry of a press begun later than `since` is sealed, and with `shown` its alarm on the screens."""
        begun = [alarm for alarm, at in self.phones.begun.items() if at > since]
        if shown:
            begun = [alarm for alarm in begun if all((user, alarm) in self.pages.record.shown for user in self._at())]
        return bool(begun) and await self.ledger.any_sealed(begun)

    def _at(self) -> list[int]:
        """Of the operators, who are concerned by every press, those whose page is open."""
        return [person.user_id for person in self.phones.world.operators if person.user_id in self.pages.open]

    async def _fill_broker(self) -> None:
        self._meanwhile(self._broker_full(self._length()))

    async def _broker_full(self, for_s: float) -> None:
        await asyncio.to_thread(self.site.redis.limit, 1)
        await asyncio.sleep(for_s)
        await asyncio.to_thread(self.site.redis.limit, 0)

    async def _part(self) -> None:
        line = self.site.drawn.choice(self.site.lines)
        way = self.site.drawn.choice((line.cut, line.stand_still))
        self._meanwhile(way(self._length()))

    async def _shift_clock(self) -> None:
        ahead_s = self.site.drawn.choice((-HOUR_S, 0, HOUR_S))
        struck = [self.site.drawn.choice(self.site.names)] if self.site.servers else self.site.names
        for name in struck:
            self.site.clocks.set(name, ahead_s)

    async def _fill_disk(self) -> None:
        self._meanwhile(self._disk_full(self._length()))

    async def _disk_full(self, for_s: float) -> None:
        until = monotonic() + for_s
        while monotonic() < until:  # those that are started meanwhile too
            await self._limit(DISK_BYTES)
            await asyncio.sleep(0.2)
        await self._limit("unlimited")

    async def _limit(self, most: str) -> None:
        user = self.site.postgres.program.user if self.site.servers else None
        await asyncio.to_thread(limit_files, self.site.writers(), most, user)

    async def _drop_some(self) -> None:
        self.pages.drop(AT_ONCE)

    async def _drop_all(self) -> None:
        self.pages.drop(len(self.pages.open))

    async def _send_twice(self) -> None:
        self.phones.twice = AT_ONCE

    async def _hold_up(self) -> None:
        self.phones.late = AT_ONCE

    async def _end_provider(self) -> None:
        self._meanwhile(self.site.provider.go_down(self._length(), self.site.drawn.choice(("failing", "silent"))))

    def _length(self) -> float:
        return self.site.drawn.uniform(SHORT_S, LONG_S)

    def _meanwhile(self, work: Awaitable[None]) -> None:
        async def run() -> None:
            await work

        task = asyncio.create_task(run())
        self._watching.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        if task.exception() is None:
            self._watching.discard(task)  # what failed is raised by `settle`
