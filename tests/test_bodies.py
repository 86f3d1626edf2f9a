"""A request that is too large is refused before anybody reads it."""

import re
from typing import Any

import pytest

from caseflow.bodies import LimitedBodies, Message, Receive, Send

MOST = 100


class Reading:
    """An application that reads the whole body, as Django does, and answers unless the client left."""

    def __init__(self) -> None:
        self.read = 0

    async def __call__(self, _scope: Message, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            self.read += len(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def answer(
    pieces: list[int],
    announced: str | None = None,
    path: str = "/",
    larger: dict[re.Pattern[str], int] | None = None,
) -> tuple[int, int]:
    """The status of the answer, and how many bytes the application was given."""
    application, sent = Reading(), []
    left = [{"type": "http.request", "body": b"x" * size, "more_body": True} for size in pieces]
    left[-1]["more_body"] = False

    async def receive() -> Message:
        return left.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"content-length", announced.encode())] if announced else []
    scope: dict[str, Any] = {"type": "http", "path": path, "headers": headers}
    await LimitedBodies(application, MOST, larger)(scope, receive, send)
    return sent[0]["status"], application.read


@pytest.mark.parametrize(
    ("pieces", "announced", "status", "read"),
    [
        ([100], "100", 200, 100),
        ([50, 50], None, 200, 100),
        ([50, 50], "not a number", 200, 100),
        ([101], "101", 413, 0),
        ([60, 41, 500], None, 413, 60),
        ([60, 41], "90", 413, 60),
    ],
)
async def test_no_more_is_taken_in_than_allowed(
    pieces: list[int], announced: str | None, status: int, read: int
) -> None:
    assert await answer(pieces, announced) == (status, read)


async def test_a_few_addresses_take_more() -> None:
    larger = {re.compile(r"/files/[0-9]+/"): 2 * MOST}
    assert await answer([150], path="/files/7/", larger=larger) == (200, 150)
    assert await answer([201], path="/files/7/", larger=larger) == (413, 0)
    assert await answer([150], path="/files/7/more", larger=larger) == (413, 0)
