import asyncio
import logging

import pytest
from django.db import OperationalError
from django.test import Client

from caseflow.accounts.models import User
from notifications import hub, selectors, services, wakers
from notifications.fanout import Close
from tests.directory.factories import UserFactory
from tests.notifications.factories import right_of, send, settled, signed_in
from tests.notifications.sockets import off_loop, page_of, until

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.fixture
def reader(transactional_db: None) -> User:
    return UserFactory.create()


@pytest.fixture
def browser(reader: User) -> Client:
    right_of(reader)
    return signed_in(reader)


async def test_it_runs_from_the_first_socket_to_the_last(browser: Client) -> None:
    assert not hub.current().running
    async with page_of(browser):
        async with page_of(browser):
            assert hub.current().running
        assert hub.current().running
    assert not hub.current().running


async def test_pages_that_come_and_go_in_the_middle_of_its_work_never_stop_it(reader: User, browser: Client) -> None:
    busy = asyncio.create_task(keep_busy(reader))
    try:
        async with asyncio.timeout(240):
            for visit in range(20):
                async with page_of(browser) as page:
                    await page.resume("0")
                    await asyncio.sleep(visit * 0.003)
                assert not hub.current().running
    finally:
        busy.cancel()
        await asyncio.wait({busy})


async def keep_busy(reader: User) -> None:
    while True:
        await off_loop(send)(reader)


async def test_every_page_of_a_person_is_woken(reader: User, browser: Client) -> None:
    async with page_of(browser) as one, page_of(browser) as other:
        for page in (one, other):
            await page.resume()
            await page.message()
        row = await off_loop(send)(reader)
        assert (await one.receive(1), await other.receive(1)) == ([row.pk], [row.pk])


async def test_more_arrivals_than_one_look_takes_reach_everybody(
    reader: User, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = selectors.arrivals
    monkeypatch.setattr(selectors, "arrivals", lambda cursor: look(cursor, limit=2))
    other = await off_loop(UserFactory.create)()
    async with page_of(browser) as page:
        await page.resume()
        await page.message()
        for _ in range(7):
            await off_loop(send)(other)
        row = await off_loop(send)(reader)
        assert await page.receive(1) == [row.pk]


async def test_nothing_is_lost_while_the_database_cannot_be_read(
    reader: User, browser: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing = fail_for_a_while(monkeypatch, "arrivals", OperationalError("gone"), times=2)
    failing_for_the_page = fail_for_a_while(monkeypatch, "unread", OperationalError("gone"), times=1)
    async with page_of(browser) as page:
        await page.resume("0")
        row = await off_loop(send)(reader)
        assert await page.receive(1, within_s=10) == [row.pk]
        await until(lambda: not failing)
    assert (failing, failing_for_the_page) == ([], [])
    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 3


async def test_its_own_failure_sends_every_page_away_to_come_again(
    reader: User, browser: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fail_for_a_while(monkeypatch, "arrivals", RuntimeError("a mistake of ours"), times=1)
    async with page_of(browser) as page:
        await page.resume()
        await off_loop(send)(reader)
        assert await page.closed() == Close.FAILED
    assert "a mistake of ours" in caplog.text
    async with page_of(browser) as page:
        await page.resume("0")
        assert len(await page.receive(1)) == 1


async def test_a_failed_delivery_sends_the_page_away_to_come_again(
    reader: User, browser: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fail_for_a_while(monkeypatch, "unread", RuntimeError("a mistake of ours"), times=1)
    async with page_of(browser) as page:
        await page.resume()
        assert await page.closed() == Close.FAILED
    assert "a mistake of ours" in caplog.text


async def test_a_hint_that_never_came_costs_a_second(
    reader: User, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def deaf(ring: wakers.Ring) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(wakers, "listen", deaf)
    async with page_of(browser) as page:
        await page.resume()
        await page.message()
        row = await off_loop(settled)(reader)
        assert await page.receive(1, within_s=2) == [row.pk]


async def test_what_a_dying_process_left_without_a_position_comes_within_two_seconds(
    reader: User, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for keeper in (services, services.alerts):
        monkeypatch.setattr(keeper, "place", lambda: 0)
    async with page_of(browser) as page:
        await page.resume()
        await page.message()
        row = await off_loop(send)(reader)
        assert await page.socket.receive_nothing(timeout=1.2)
        monkeypatch.undo()
        assert await page.receive(1, within_s=2) == [row.pk]


def fail_for_a_while(monkeypatch: pytest.MonkeyPatch, name: str, error: Exception, times: int) -> list[Exception]:
    """Let a selector raise `times` times; returns the failures still to come."""
    works, left = getattr(selectors, name), [error] * times

    def sometimes(*args: object) -> object:
        if left:
            raise left.pop()
        return works(*args)

    monkeypatch.setattr(selectors, name, sometimes)
    return left
