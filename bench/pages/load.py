"""The load: requests at fixed times whatever becomes of the ones before."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import cycle
from time import monotonic

from bench.lines import Line, NotAnsweredError
from bench.pages.asking import CSRF, FORM, Draw, Request
from bench.pages.shape import Readers
from bench.programs import say

TIMEOUT_S = 10.0
OK = 200


@dataclass
class Taken:
    """Seconds from when each request was due until its page was whole, and how many were not answered with a page."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: int = 0

    def missed(self, request: Request, why: str) -> None:
        """Count a request that was not answered with a page."""
        self.failed += 1
        say(f"  {request.path}: {why}")


class Load:
    """A time counts from when the request was due, so that a server that falls behind cannot hide it."""

    def __init__(self, readers: Readers, ports: list[int]) -> None:
        self._readers = readers
        self._ports = cycle(ports)
        self._free: dict[int, list[Line]] = {port: [] for port in ports}
        self._seed = 0

    async def run(self, a_second: int, seconds: int) -> Taken:
        """Ask for the pages in turn; other ones each time."""
        self._seed += 1
        draw, taken = Draw(self._readers, self._seed), Taken()
        began = monotonic() + 0.1
        async with asyncio.TaskGroup() as group:
            for number in range(a_second * seconds):
                due = began + number / a_second
                await asyncio.sleep(max(0.0, due - monotonic()))
                group.create_task(self._one(draw.request(number), due, taken))
        return taken

    async def _one(self, request: Request, due: float, taken: Taken) -> None:
        port = next(self._ports)
        line = self._free[port].pop() if self._free[port] else Line(port)
        try:
            status, _ = await line.ask(
                request.method,
                request.path,
                f"{request.cookie}; csrftoken={CSRF}",
                request.body,
                kind=FORM,
                timeout_s=TIMEOUT_S,
            )
        except NotAnsweredError as error:
            taken.missed(request, str(error))
        else:
            if status == OK:
                taken.times[request.page].append(monotonic() - due)
            else:
                taken.missed(request, str(status))
        finally:
            self._free[port].append(line)
