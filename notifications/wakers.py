"""How a web process learns that alerts may have been committed. Only a hint: it then reads from its cursor.

SQLite: `PRAGMA data_version` every 100 ms on a connection of its own. PostgreSQL: LISTEN / NOTIFY. CHANNEL_URL with
redis:// : Redis publish / subscribe, on either database. A lost hint costs a second, the hub's own poll.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from typing import Any

import psycopg
import redis
import redis.asyncio
from django.conf import settings
from django.db import connection, transaction

logger = logging.getLogger(__name__)

CHANNEL = "notifications_alert"
POLL_S = 0.1
BACK_OFF_S = (0.5, 1.0, 2.0, 5.0, 10.0)
SEND_TIMEOUT_S = 0.5
LOST = (OSError, sqlite3.Error, psycopg.Error, redis.RedisError)
# What Django's connection carries and a plain psycopg connection does not take.
_DJANGO_ONLY = ("context", "cursor_factory", "server_side_binding", "pool")

Ring = Callable[[], None]
_nearby: set[Ring] = set()


def announce() -> None:
    """Wake the sockets of all web processes when the current transaction commits."""
    if _by_redis():
        transaction.on_commit(_publish)
    elif connection.vendor == "postgresql":
        with connection.cursor() as query:  # NOTIFY is delivered at commit, once per transaction
            query.execute(f"NOTIFY {CHANNEL}")


@contextmanager
def nearby(ring: Ring) -> Iterator[None]:
    """Meanwhile `ring`, which any thread may call, is rung by `ring_nearby`: a hub runs in this process."""
    _nearby.add(ring)
    try:
        yield
    finally:
        _nearby.discard(ring)


def ring_nearby() -> bool:
    """Ring the hubs of this process; False where none runs."""
    rings = tuple(_nearby)
    for ring in rings:
        ring()
    return bool(rings)


async def listen(ring: Ring) -> None:
    """Call `ring` at every hint, and once connected, until cancelled; a lost connection is retried ever more slowly."""
    losses = 0

    def heard() -> None:
        nonlocal losses
        losses = 0
        ring()

    while True:
        try:
            await _source()(heard)
        except LOST as error:
            pause = BACK_OFF_S[min(losses, len(BACK_OFF_S) - 1)]
            losses += 1
            logger.warning("Hints are lost (%s); polling meanwhile, next try in %s s", error, pause)
            await asyncio.sleep(pause)


def _source() -> Callable[[Ring], Awaitable[None]]:
    if _by_redis():
        return _from_redis
    return _from_postgresql if connection.vendor == "postgresql" else _from_sqlite


def _by_redis() -> bool:
    return str(settings.CHANNEL_URL).startswith(("redis://", "rediss://"))


async def _from_sqlite(ring: Ring) -> None:
    with closing(_own_sqlite(str(connection.settings_dict["NAME"]))) as own:
        version = None
        while True:
            # Microseconds, no lock: a thread would cost more than it.
            found = own.execute("PRAGMA data_version").fetchone()[0]
            if found != version:
                version = found
                ring()
            await asyncio.sleep(POLL_S)


def _own_sqlite(name: str) -> sqlite3.Connection:
    return sqlite3.connect(name, uri=name.startswith("file:"), isolation_level=None, timeout=0)


async def _from_postgresql(ring: Ring) -> None:
    given: dict[str, Any] = connection.get_connection_params()
    plain = {name: value for name, value in given.items() if name not in _DJANGO_ONLY}
    async with await psycopg.AsyncConnection.connect(**plain, autocommit=True) as own:
        await own.execute(f"LISTEN {CHANNEL}")
        ring()
        async for _hint in own.notifies():
            ring()
    raise ConnectionError("the database ended the connection")


async def _from_redis(ring: Ring) -> None:
    async with redis.asyncio.from_url(settings.CHANNEL_URL) as own, own.pubsub() as feed:
        await feed.subscribe(CHANNEL)
        async for _hint in feed.listen():  # the confirmation of the subscription is the first
            ring()
    raise ConnectionError("Redis ended the subscription")


def _publish() -> None:
    try:
        _publisher(settings.CHANNEL_URL).publish(CHANNEL, "")
    except redis.RedisError as error:  # the rows are committed: the poll will find them
        logger.warning("Sockets were not woken: %s", error)


@cache
def _publisher(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=SEND_TIMEOUT_S, socket_connect_timeout=SEND_TIMEOUT_S)
