"""A closed laptop that comes back shows exactly what it missed, once."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.accounts.models import User
from tests.directory.factories import UserFactory
from tests.notifications.factories import right_of, send, signed_in
from tests.notifications.sockets import Page, off_loop, page_of

SEND, OPEN, LOOK, CLOSE = "send", "open", "look", "close"
steps = st.lists(st.sampled_from([SEND, SEND, OPEN, LOOK, CLOSE]), max_size=14)


class Laptop:
    """Shows alerts while its page is open. What it keeps over a closing is its cursor."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        self.cursor = "0"
        self.shown: list[int] = []
        self.page: Page | None = None
        self._open = AsyncExitStack()

    async def open(self) -> None:
        if self.page is None:
            self.page = await self._open.enter_async_context(page_of(self.browser))
            await self.page.resume(self.cursor)
            await self.look()

    async def look(self) -> None:
        """Take in what one message brought; what arrives unseen before a closing is lost with the page."""
        if self.page is None or await self.page.socket.receive_nothing(timeout=0.05):
            return
        await self.page.message()
        self.shown += self.page.received
        self.page.received, self.cursor = [], self.page.cursor

    async def close(self) -> None:
        self.page = None
        await self._open.aclose()

    async def catch_up(self, number: int) -> None:
        """Open for good and show until `number` alerts were shown, or the server has nothing to send."""
        await self.close()
        async with page_of(self.browser) as page:
            await page.resume(self.cursor)
            await page.message()
            await page.receive(number - len(self.shown))
            quiet = await page.socket.receive_nothing(timeout=0.15)
            self.shown += page.received
        assert quiet


@pytest.mark.usefixtures("transactional_db")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_sequence_of_closing_and_opening_shows_each_alert_once_in_order(walk: Sequence[str]) -> None:
    reader: User = UserFactory.create()
    right_of(reader)
    sent, shown = asyncio.run(live(reader, Laptop(signed_in(reader)), walk))
    assert shown == sent


async def live(reader: User, laptop: Laptop, walk: Sequence[str]) -> tuple[list[int], list[int]]:
    """Ids of what was sent and of what was shown."""
    sent: list[int] = []
    for step in walk:
        if step == SEND:
            sent.append((await off_loop(send)(reader, len(sent))).pk)
        else:
            await {OPEN: laptop.open, LOOK: laptop.look, CLOSE: laptop.close}[step]()
    await laptop.catch_up(len(sent))
    return sent, laptop.shown
