"""A browser that stops reading is cut off, costs little meanwhile, and holds up nobody. Through the real server."""

import base64
import json
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import cycle
from time import monotonic

import pytest
from django.test import Client
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.slow_readers import STUCK_S
from notifications.models import Alert
from notifications.selectors import cursor_of
from notifications.services import place
from tests.directory.factories import UserFactory
from tests.notifications.factories import cookie, right_of, settled, signed_in
from tests.notifications.sockets import START
from tests.notifications.test_delivery import ask, message, page_of, serving

pytestmark = pytest.mark.usefixtures("transactional_db")
LISTENING, OVER = "0A", "06"  # states of /proc/net/tcp; the second is TIME_WAIT
MUCH = 3000  # alerts; more than two buffers hold


@pytest.fixture
def server(transactional_db: None) -> Iterator[int]:
    with serving("") as port:
        yield port


@contextmanager
def stuck_page(port: int, browser: Client) -> Iterator[socket.socket]:
    """A page that asks for everything and then reads nothing, with as small a buffer as the system gives."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", port))
    headers = {
        "Host": f"127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Version": "13",
        "Origin": f"http://127.0.0.1:{port}",
        "Cookie": cookie(browser),
    }
    lines = ["GET /ws/alerts/ HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    assert line.recv(12) == b"HTTP/1.1 101"
    line.sendall(masked(json.dumps({"type": "resume", "cursor": START})))
    with line:
        yield line


def masked(text: str) -> bytes:
    """One text frame from a client (RFC 6455, 5.2), masked by zeros."""
    content = text.encode()
    assert len(content) < 126
    return struct.pack("!BB4x", 0x81, 0x80 | len(content)) + content


def much_for(user: User) -> list[int]:
    now = timezone.now()
    rows = [
        Alert(recipient=user, kind="case_assigned", params={"number": n, "school": "x" * 100}, url="/", created_at=now)
        for n in range(MUCH)
    ]
    Alert.objects.bulk_create(rows)
    place()
    return list(Alert.objects.filter(recipient=user).order_by("position").values_list("pk", flat=True))


def connections(port: int) -> int:
    """How many lines to the port the kernel still holds open or half open on the server's side."""
    found = 0
    with open("/proc/net/tcp", encoding="ascii") as table:  # noqa: PTH123  not a file
        for row in table.readlines()[1:]:
            _, local, _, state = row.split()[:4]
            found += int(local.split(":")[1], 16) == port and state not in (LISTENING, OVER)
    return found


def queued_in_kernel(port: int) -> int:
    """The most bytes that wait on the server's side of one line."""
    with open("/proc/net/tcp", encoding="ascii") as table:  # noqa: PTH123  as above
        rows = [row.split() for row in table.readlines()[1:]]
    return max((int(row[4].split(":")[0], 16) for row in rows if int(row[1].split(":")[1], 16) == port), default=0)


def test_a_browser_that_stops_reading_is_cut_off_alone_and_comes_back_for_the_rest(server: int) -> None:
    sleeper, others = UserFactory.create(), [UserFactory.create() for _ in range(20)]
    for user in (sleeper, *others):
        right_of(user)
    sent = much_for(sleeper)
    browser = signed_in(sleeper)
    with ExitStack() as open_pages:
        pages = [open_pages.enter_context(page_of(server, signed_in(user))) for user in others]
        for page in pages:
            ask(page, None)
        with stuck_page(server, browser) as line:
            began, slowest = monotonic(), 0.0
            for page, user in cycle(zip(pages, others, strict=True)):
                if monotonic() - began > STUCK_S + 5 or connections(server) <= len(others):
                    break
                settled(user)
                asked = monotonic()
                assert len(message(page)["items"]) == 1
                slowest = max(slowest, monotonic() - asked)
                assert queued_in_kernel(server) < 512 * 1024
            took_s = monotonic() - began
            assert not still_open(line)
        assert slowest < 2  # on a machine that runs other tests beside it
        assert 2 < took_s < STUCK_S + 5
        assert connections(server) <= len(others)
    seen = Alert.objects.get(pk=sent[99])
    with page_of(server, browser) as page:
        page.send(json.dumps({"type": "resume", "cursor": str(cursor_of(seen))}))
        got: list[int] = []
        while len(got) < MUCH - 100:
            got += [item["id"] for item in message(page)["items"]]
    assert got == sent[100:]


def still_open(line: socket.socket) -> bool:
    """Whether the line goes on after what had arrived before."""
    line.settimeout(3)
    with suppress(ConnectionResetError):
        try:
            while line.recv(65536):
                pass
        except TimeoutError:
            return True
    return False
