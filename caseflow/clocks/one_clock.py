"""One clock for the installation: the database server's.

Terms, leases and the order of things are told by many processes on several machines, one of which may be an hour off.
So a process on PostgreSQL asks, with each connection that it opens (every minute at the latest), how far its own clock
is from the server's, and tells the time by that (docs/decisions/one-clock.md). On SQLite all is on one machine.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.backends.signals import connection_created
from django.utils import timezone

TOLERATED_S = 1.0  # what machines that keep the time differ by, and what asking takes

Clock = Callable[[], float]


def _steady() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)  # goes on while a laptop sleeps


class OneClock:
    """How far the server is ahead of this machine. `wall` may be set at any moment, `steady` only goes on.

    Both in seconds.
    """

    def __init__(self, wall: Clock = time.time, steady: Clock = _steady) -> None:
        self._wall, self._steady = wall, steady
        self._read: tuple[float, float] | None = None  # the server's time, and ours by `steady` at that moment

    def read(self, server_s: float, asked_s: float) -> None:
        """The server has told its time (s since 1970); `asked_s` is `steady` when it was asked."""
        self._read = server_s, (asked_s + self._steady()) / 2

    def ahead_s(self) -> float:
        """What to add to this machine's time; 0 while that is right."""
        if self._read is None:
            return 0.0
        server, at = self._read
        ahead = server + self._steady() - at - self._wall()
        return ahead if abs(ahead) > TOLERATED_S else 0.0


one_clock = OneClock()
_own_now = timezone.now


def now() -> datetime:
    """The time by the server's clock, aware."""
    return _own_now() + timedelta(seconds=one_clock.ahead_s())


now.__module__, now.__qualname__ = timezone.__name__, "now"  # as migrations name it


def ask_server(connection: Any, **_signal: object) -> None:
    """Read the server's clock over a connection that was opened just now."""
    if connection.vendor == "postgresql":
        asked = _steady()
        found = connection.connection.execute("SELECT extract(epoch FROM clock_timestamp())::float8").fetchone()
        one_clock.read(found[0], asked)


def install() -> None:
    """From now on `django.utils.timezone.now`, which everything here asks, tells the time by the server."""
    connection_created.connect(ask_server, dispatch_uid="one clock")
    timezone.now = now
