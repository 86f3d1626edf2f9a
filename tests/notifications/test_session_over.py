"""A socket ends with its session, and with the right that the session acts by."""

from time import monotonic
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.accounts.rules import LOCKED
from caseflow.directory.models import Membership
from notifications import hub
from notifications.fanout import Close
from tests.notifications.factories import end, right_of, settled
from tests.notifications.sockets import START, accepted, off_loop, page_of, socket_of

pytestmark = pytest.mark.usefixtures("transactional_db")


def log_out(reader: User, browser: Client, right: Membership) -> None:
    browser.session.flush()


def lock(reader: User, browser: Client, right: Membership) -> None:
    session = browser.session
    session[LOCKED] = True
    session.save()


def expire(reader: User, browser: Client, right: Membership) -> None:
    Session.objects.update(expire_date=timezone.now())


def change_password(reader: User, browser: Client, right: Membership) -> None:
    reader.set_password("another one altogether")
    reader.save()


def deactivate(reader: User, browser: Client, right: Membership) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=False)


def end_right(reader: User, browser: Client, right: Membership) -> None:
    end(right)


ENDINGS = [log_out, lock, expire, change_password, deactivate, end_right]


@pytest.fixture
def acting(browser: Client, right: Membership) -> None:
    session = browser.session
    session["membership"] = right.pk
    session.save()


@pytest.mark.parametrize("ending", ENDINGS)
async def test_a_session_that_is_over_gets_none(
    reader: User, browser: Client, right: Membership, acting: None, ending: Any
) -> None:
    socket = socket_of(browser)  # the cookie of before
    await off_loop(ending)(reader, browser, right)
    assert not await accepted(socket)


@pytest.mark.parametrize("ending", ENDINGS)
async def test_a_session_that_ends_closes_its_socket_within_two_seconds(
    reader: User, browser: Client, right: Membership, acting: None, ending: Any
) -> None:
    async with page_of(browser) as page:
        await off_loop(ending)(reader, browser, right)
        began = monotonic()
        code = await page.closed()
        took_s = monotonic() - began
    assert code == Close.SESSION_OVER
    assert took_s < 2


def fall_back(browser: Client, right: Membership, other: Membership) -> None:
    end(right)


def switch(browser: Client, right: Membership, other: Membership) -> None:
    assert browser.post(reverse("directory:act"), {"membership": other.pk}).status_code == 302


@pytest.mark.parametrize("change", [fall_back, switch])
async def test_a_page_that_acts_by_another_right_is_ended_within_two_seconds_and_comes_again_in_that_one(
    reader: User, browser: Client, right: Membership, acting: None, change: Any
) -> None:
    other = await off_loop(right_of)(reader)
    async with page_of(browser) as page:
        await off_loop(change)(browser, right, other)
        began = monotonic()
        assert await page.closed() == Close.SESSION_OVER
        assert monotonic() - began < 2

    shown = await off_loop(browser.get)(reverse("directory:home"))
    assert shown.wsgi_request.actor.membership == other
    async with page_of(browser) as page:
        await page.resume(START)
        row = await off_loop(settled)(reader, membership=other)
        assert await page.receive(1) == [row.pk]


async def test_a_right_that_ends_while_another_is_acted_by_leaves_the_page_open(
    reader: User, browser: Client, right: Membership, acting: None
) -> None:
    other = await off_loop(right_of)(reader)
    async with page_of(browser) as page:
        await page.resume(START)
        await page.message()
        await off_loop(end)(other)
        assert await page.socket.receive_nothing(timeout=2)


@pytest.mark.parametrize("command", [{"type": "resume", "cursor": START}, {"type": "seen", "cursor": "9"}])
async def test_nothing_is_done_for_a_session_that_just_ended(
    reader: User, browser: Client, command: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "SESSIONS_EVERY_S", 3600)  # the check at delivery alone
    row = await off_loop(settled)(reader)
    async with page_of(browser) as page:
        await off_loop(browser.session.flush)()
        await page.socket.send_json_to(command)
        sent = await page.socket.receive_output(timeout=3)
    await off_loop(row.refresh_from_db)()
    assert sent == {"type": "websocket.close", "code": Close.SESSION_OVER}
    assert row.seen_at is None
