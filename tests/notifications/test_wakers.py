"""What wakes a web process. The hub's own poll is out of the way here, so what arrives came by a hint."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
import redis
from django.conf import LazySettings
from django.db import connection, transaction

from caseflow.accounts.models import User
from notifications import hub, wakers
from tests.conftest import needs_outside
from tests.directory.factories import UserFactory
from tests.notifications.factories import right_of, send, signed_in
from tests.notifications.sockets import off_loop, page_of, until

pytestmark = pytest.mark.usefixtures("transactional_db")
REDIS = "redis://127.0.0.1:6379/0"
NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def reader(transactional_db: None) -> User:
    return UserFactory.create()


@pytest.fixture
def by_redis(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> redis.Redis:
    """Redis under test, on a channel of its own: all databases share channels, so other tests would be heard."""
    client = redis.Redis.from_url(REDIS)
    try:
        present = bool(client.ping())
    except redis.RedisError:
        present = False
    needs_outside("Redis", present=present)
    settings.CHANNEL_URL = REDIS
    monkeypatch.setattr(wakers, "CHANNEL", f"notifications_alert_{uuid4().hex}")
    return client


@pytest.fixture
def by_database(settings: LazySettings) -> None:
    settings.CHANNEL_URL = ""


@pytest.mark.parametrize("way", ["by_database", "by_redis"])
async def test_a_commit_wakes_the_page_without_a_poll(
    reader: User, way: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    await off_loop(request.getfixturevalue)(way)
    monkeypatch.setattr(hub, "POLL_S", 60.0)
    await off_loop(right_of)(reader)
    async with page_of(await off_loop(signed_in)(reader)) as page:
        await page.resume()
        await page.message()
        row = await off_loop(send)(reader)
        assert await page.receive(1, within_s=3) == [row.pk]


async def test_nothing_is_said_before_the_commit_and_nothing_after_a_rollback(
    reader: User, by_redis: redis.Redis
) -> None:
    async with rings() as heard:
        await until(lambda: heard() == 1)  # connected
        await off_loop(send_in_vain)(reader)
        await asyncio.sleep(0.3)
        assert heard() == 1
        await off_loop(send)(reader)
        await until(lambda: heard() == 2)


def send_in_vain(reader: User) -> None:
    with transaction.atomic():
        send(reader)
        transaction.set_rollback(True)


async def test_a_lost_redis_is_found_again(by_redis: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wakers, "BACK_OFF_S", (0.05,))
    async with rings() as heard:
        await until(lambda: heard() == 1)
        assert await off_loop(by_redis.client_kill_filter)(_type="pubsub") >= 1
        await until(lambda: heard() >= 2)
        before = heard()
        await off_loop(by_redis.publish)(wakers.CHANNEL, "")
        await until(lambda: heard() > before)


async def test_a_lost_listener_of_postgresql_is_built_up_again(
    on_postgresql: None, by_database: None, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wakers, "BACK_OFF_S", (0.05,))
    async with rings() as heard:
        await until(lambda: heard() == 1)
        assert await off_loop(end_listeners)() == 1
        await until(lambda: heard() == 2)
        await off_loop(send)(reader)
        await until(lambda: heard() == 3)


def end_listeners() -> int:
    with connection.cursor() as query:
        query.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN %%'"
        )
        return int(query.fetchone()[0])


async def test_a_missing_redis_is_tried_ever_more_slowly_and_costs_no_alert(
    reader: User, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CHANNEL_URL = NOBODY
    monkeypatch.setattr(wakers, "BACK_OFF_S", (0.01, 0.02))
    await off_loop(right_of)(reader)
    async with page_of(await off_loop(signed_in)(reader)) as page:
        await page.resume()
        await page.message()
        row = await off_loop(send)(reader)
        assert await page.receive(1) == [row.pk]
    pauses = [record.args[1] for record in caplog.records if "Hints are lost" in record.msg]  # type: ignore[index]
    assert pauses[:3] == [0.01, 0.02, 0.02]
    assert any("Sockets were not woken" in record.msg for record in caplog.records)


@asynccontextmanager
async def rings() -> AsyncIterator[Callable[[], int]]:
    """Listen meanwhile; gives how often it rang."""
    count = 0

    def ring() -> None:
        nonlocal count
        count += 1

    listening = asyncio.create_task(wakers.listen(ring))
    try:
        yield lambda: count
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
