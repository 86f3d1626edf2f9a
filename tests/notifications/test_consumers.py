import json
from time import monotonic

import pytest
from django.test import Client

from caseflow.accounts.models import User
from notifications.fanout import Close
from notifications.models import Alert
from notifications.selectors import BATCH, cursor_of
from tests.directory.factories import UserFactory
from tests.notifications.factories import end, right_of, send, settled
from tests.notifications.sockets import START, accepted, off_loop, page_of, socket_of

pytestmark = pytest.mark.usefixtures("transactional_db")


# Who gets a socket


async def test_a_signed_in_person_gets_a_socket(browser: Client) -> None:
    socket = socket_of(browser)
    assert await accepted(socket)
    await socket.disconnect()


async def test_a_visitor_gets_none(transactional_db: None) -> None:
    assert not await accepted(socket_of(Client()))


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://testserver.evil.example",
        "http://testserver:9999",
        "https://testserver",
        "http://evil@testserver:port",
        "null",
        None,
    ],
)
async def test_a_foreign_page_gets_none_even_with_the_cookie(browser: Client, origin: str | None) -> None:
    assert not await accepted(socket_of(browser, origin=origin))


# What is delivered


async def test_a_page_gets_what_it_missed_and_then_what_comes(reader: User, browser: Client) -> None:
    missed = [await off_loop(settled)(reader, number) for number in (1, 2)]
    async with page_of(browser) as page:
        await page.resume(START)
        first = await page.message()
        assert [item["text"] for item in first["items"]] == ["Case no. 1 is now yours", "Case no. 2 is now yours"]
        assert (first["unread"], first["more"]) == (2, False)
        fresh = await off_loop(settled)(reader, 3)
        began = monotonic()
        second = await page.message()
        assert monotonic() - began < 1
    assert second["items"] == [
        {
            "id": fresh.pk,
            "cursor": str(cursor_of(fresh)),
            "kind": "case_assigned",
            "text": "Case no. 3 is now yours",
            "url": "/cases/3/",
            "at": fresh.created_at.isoformat(),
            "seen": False,
            "membership": None,
            "urgent": False,
            "ai_generated": False,
            "model": "",
        }
    ]
    assert page.received == [row.pk for row in (*missed, fresh)]


@pytest.mark.parametrize("nothing", [None, ""])
async def test_a_page_without_a_cursor_starts_from_now(reader: User, browser: Client, nothing: str | None) -> None:
    await off_loop(settled)(reader, 1)
    async with page_of(browser) as page:
        await page.socket.send_json_to({"type": "resume", "cursor": nothing})
        answer = await page.message()
        assert (answer["items"], answer["unread"]) == ([], 1)
        fresh = await off_loop(send)(reader, 2)
        assert await page.receive(1) == [fresh.pk]


async def test_a_cursor_from_before_the_database_was_set_back_loses_nothing_that_comes(
    reader: User, browser: Client
) -> None:
    await off_loop(settled)(reader, 1)
    async with page_of(browser) as page:
        await page.resume("900")
        assert (await page.message())["items"] == []
        fresh = await off_loop(send)(reader, 2)
        assert await page.receive(1) == [fresh.pk]


async def test_nothing_comes_before_the_page_asks(reader: User, browser: Client) -> None:
    async with page_of(browser) as page:
        await off_loop(settled)(reader)
        assert await page.socket.receive_nothing(timeout=0.5)


async def test_asking_again_from_an_older_place_delivers_nothing_twice(reader: User, browser: Client) -> None:
    rows = [await off_loop(settled)(reader, number) for number in (1, 2)]
    async with page_of(browser) as page:
        await page.resume(START)
        await page.receive(2)
        await page.resume(START)
        assert (await page.message())["items"] == []
    assert page.received == [row.pk for row in rows]


async def test_much_comes_in_bounded_batches_until_nothing_is_left(reader: User, browser: Client) -> None:
    rows = [await off_loop(send)(reader, number) for number in range(2 * BATCH + 5)]
    await off_loop(settled)(reader, 999)
    async with page_of(browser) as page:
        await page.resume(START)
        sizes = [len((await page.message())["items"]) for _ in range(3)]
        assert await page.socket.receive_nothing(timeout=0.3)
    assert sizes == [BATCH, BATCH, 6]
    assert page.received[:-1] == [row.pk for row in rows]


async def test_an_alert_of_an_ended_right_is_not_delivered(reader: User, browser: Client) -> None:
    lost = await off_loop(right_of)(reader)
    await off_loop(settled)(reader, 1, lost)
    await off_loop(end)(lost)
    async with page_of(browser) as page:
        await page.resume(START)
        assert (await page.message())["items"] == []
        await off_loop(send)(reader, 2, lost)
        shown = await off_loop(send)(reader, 3)
        assert await page.receive(1) == [shown.pk]
        assert page.unread == 1


async def test_alerts_of_others_are_not_delivered(reader: User, browser: Client) -> None:
    other = await off_loop(UserFactory.create)()
    async with page_of(browser) as page:
        await page.resume(START)
        await page.message()
        await off_loop(settled)(other)
        assert await page.socket.receive_nothing(timeout=1.3)


async def test_the_text_is_in_the_readers_language(reader: User, browser: Client) -> None:
    await off_loop(User.objects.filter(pk=reader.pk).update)(language="")
    await off_loop(settled)(reader, 1)
    async with page_of(browser, **{"accept-language": "en-GB, ru;q=0.5"}) as page:
        await page.resume(START)
        assert (await page.message())["items"][0]["text"] == "Case no. 1 is now yours"


async def test_marking_as_seen_goes_up_to_the_cursor(reader: User, browser: Client) -> None:
    rows = [await off_loop(settled)(reader, number) for number in (1, 2, 3)]
    cursor = str(cursor_of(rows[1]))
    async with page_of(browser) as page:
        await page.socket.send_json_to({"type": "seen", "cursor": cursor})
        assert await page.message() == {"type": "seen", "unread": 1}
    unseen = Alert.objects.filter(recipient=reader, seen_at=None).values_list("pk", flat=True)
    assert await off_loop(list)(unseen) == [rows[2].pk]


# What is no command


@pytest.mark.parametrize(
    "rubbish",
    [
        "",
        "rubbish",
        "[]",
        "7",
        "null",
        "{}",
        '{"type": "resume", "cursor": 7}',
        '{"type": "resume", "cursor": "x"}',
        '{"type": "seen"}',
        '{"type": "delete", "cursor": "0"}',
        '{"type": ["resume"]}',
        json.dumps({"type": "resume", "cursor": None, "padding": "x" * 2000}),
        "[" * 1000,
        b'{"type": "resume"}',
    ],
)
async def test_what_is_no_command_gets_an_error_and_the_end(browser: Client, rubbish: str | bytes) -> None:
    async with page_of(browser) as page:
        kind = "bytes" if isinstance(rubbish, bytes) else "text"
        await page.socket.send_input({"type": "websocket.receive", kind: rubbish})
        assert await page.message() == {"type": "error", "code": "bad_command"}
        assert await page.closed() == Close.BAD_COMMAND
        await page.resume(START)
        assert await page.socket.receive_nothing(timeout=0.2)
