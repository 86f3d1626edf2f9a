"""The way of an alert through the real server: uvicorn in a process of its own, a real socket over loopback."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

import pytest
import redis
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from caseflow.accounts.models import User
from caseflow.cases.services import assign_case
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from notifications.enums import AlertKind
from notifications.fanout import Close
from ops.children import WS
from tests.cases.factories import case_of
from tests.conftest import needs_outside
from tests.directory.factories import SchoolFactory, UserFactory, actor
from tests.notifications.factories import cookie, right_of, settled, signed_in
from tests.triage.factories import item_at

pytestmark = pytest.mark.usefixtures("transactional_db")
REDIS = "redis://127.0.0.1:6379/0"
START_S = 60
Act = Callable[[], object]
Prepare = Callable[[School, Actor], Act]


@pytest.fixture
def reader(transactional_db: None) -> User:
    return UserFactory.create()


@pytest.fixture
def browser(reader: User) -> Client:
    right_of(reader)
    return signed_in(reader)


@pytest.fixture(scope="module", params=["", REDIS], ids=["database", "redis"])
def woken_by(request: pytest.FixtureRequest) -> str:
    """CHANNEL_URL: what wakes the server, the database itself or Redis."""
    if request.param:
        needs_outside("Redis", present=redis_answers())
    return str(request.param)


@pytest.fixture(scope="module")
def running(woken_by: str, django_db_setup: None) -> Iterator[int]:
    with serving(woken_by) as port:
        yield port


@pytest.fixture
def server(running: int, woken_by: str, settings: LazySettings) -> int:
    """The port of a server on the tests' database."""
    settings.CHANNEL_URL = woken_by
    return running


def redis_answers() -> bool:
    try:
        return bool(redis.Redis.from_url(REDIS).ping())
    except redis.RedisError:
        return False


@contextmanager
def serving(channel_url: str, **also: str) -> Iterator[int]:
    port = free_port()
    arguments = ["-m", "uvicorn", "caseflow.asgi:application", "--port", str(port), "--log-level", "warning"]
    arguments += ["--ws", WS]
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "CHANNEL_URL": channel_url,
        "DJANGO_SETTINGS_MODULE": "caseflow.settings",
        **also,
    }
    process = subprocess.Popen([sys.executable, *arguments], env=environment)
    try:
        wait_until_it_answers(port, process)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    """DATABASE_URL of the database this test writes to."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    person = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}@" if given["USER"] else ""
    place = f"{given['HOST']}:{given['PORT']}" if given["PORT"] else given["HOST"]
    return f"postgres://{person}{place}/{given['NAME']}"


def wait_until_it_answers(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = monotonic() + START_S
    while True:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=START_S)) as asked:
                asked.request("GET", "/alerts/")
                assert asked.getresponse().status == 401
        except ConnectionRefusedError:
            assert process.poll() is None, "the server did not start"
            assert monotonic() < deadline, "the server did not answer in time"
            sleep(0.1)
        else:
            return


@contextmanager
def page_of(port: int, browser: Client, origin: str | None = None) -> Iterator[ClientConnection]:
    address = f"127.0.0.1:{port}"
    headers = {"Cookie": cookie(browser), "Origin": origin or f"http://{address}"}
    with connect(f"ws://{address}/ws/alerts/", additional_headers=headers, open_timeout=10) as page:
        yield page


def ask(page: ClientConnection, cursor: str | None) -> dict[str, Any]:
    page.send(json.dumps({"type": "resume", "cursor": cursor}))
    return message(page)


def message(page: ClientConnection) -> dict[str, Any]:
    received: dict[str, Any] = json.loads(page.recv(timeout=10))
    return received


def test_an_alert_is_in_the_browser_within_a_second(server: int, reader: User, browser: Client) -> None:
    delays_s = []
    with page_of(server, browser) as page:
        ask(page, None)
        for number in range(10):
            sleep(0.03 * number)  # at different moments of the second
            row = settled(reader, number)
            readable_at = monotonic()
            assert [item["id"] for item in message(page)["items"]] == [row.pk]
            delays_s.append(monotonic() - readable_at)
    assert max(delays_s) < 1


def a_new_item(school: School, _who: Actor) -> Act:
    return lambda: item_at(school)


def an_assignment(school: School, who: Actor) -> Act:
    colleague = actor(Role.PSYCHOLOGIST, school=school)
    case = case_of(colleague)
    return lambda: assign_case(colleague, case.pk, who.user.pk)


def a_nearing_deadline(school: School, _who: Actor) -> Act:
    nears_at = item_at(school).psych_clock.warn_at + timedelta(seconds=1)
    return lambda: sweep(nears_at)


@pytest.mark.parametrize(
    ("prepare", "kind"),
    [
        (a_new_item, AlertKind.TRIAGE_ITEM_NEW),
        (an_assignment, AlertKind.CASE_ASSIGNED),
        (a_nearing_deadline, AlertKind.DEADLINE_NEAR),
    ],
)
def test_what_the_rooms_tell_is_in_the_browser_within_a_second(server: int, prepare: Prepare, kind: AlertKind) -> None:
    _stranger, warm_up = somebody_to_tell(prepare)
    warm_up()  # what a process does for the first time takes longer
    who, act = somebody_to_tell(prepare)
    with page_of(server, signed_in(who.user)) as page:
        ask(page, None)
        began = monotonic()
        act()
        items = message(page)["items"]
        took_s = monotonic() - began
    assert [item["kind"] for item in items] == [kind]
    assert took_s < 1


def somebody_to_tell(prepare: Prepare) -> tuple[Actor, Act]:
    school = SchoolFactory.create()
    who = actor(Role.PSYCHOLOGIST, school=school)
    return who, prepare(school, who)


def test_a_page_that_comes_back_gets_what_it_missed_once(server: int, reader: User, browser: Client) -> None:
    with page_of(server, browser) as page:
        ask(page, None)
        seen = settled(reader, 1)
        first = message(page)
        assert [item["id"] for item in first["items"]] == [seen.pk]
    missed = [settled(reader, number).pk for number in (2, 3)]
    with page_of(server, browser) as page:
        assert [item["id"] for item in ask(page, first["cursor"])["items"]] == missed
        assert ask(page, first["cursor"])["items"] == []


def test_the_server_turns_foreign_pages_and_visitors_away(server: int, browser: Client) -> None:
    for who, origin in ((browser, "https://evil.example"), (Client(), None)):
        with pytest.raises(InvalidStatus) as refused, page_of(server, who, origin):
            pass
        assert refused.value.response.status_code == 403


def test_signing_out_closes_the_socket_within_two_seconds(server: int, browser: Client) -> None:
    with page_of(server, browser) as page:
        ask(page, None)
        browser.logout()
        began = monotonic()
        with pytest.raises(ConnectionClosed) as closed:
            page.recv(timeout=10)
        took_s = monotonic() - began
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == Close.SESSION_OVER
    assert took_s < 2
