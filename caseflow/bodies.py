"""No request fills memory or disk: what is larger than a piece of an upload is refused before it is taken in.

Django reads the whole body into a temporary file before any view may say no, so the limit has to stand before it.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

LARGEST_BODY = 17 * 1024**2  # a piece of a lesson video has 16 MiB at most, a list of pupils 10 MB

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


class LimitedBodies:
    """An ASGI application before another: answers 413 to a body of more than `most` bytes, announced or not.

    `larger` are the few addresses, as patterns, that take more, and how much.
    """

    def __init__(
        self, application: Application, most: int = LARGEST_BODY, larger: Mapping[re.Pattern[str], int] | None = None
    ) -> None:
        self.application = application
        self.most = most
        self.larger = larger or {}

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        most = next((size for path, size in self.larger.items() if path.fullmatch(scope["path"])), self.most)
        if announced(scope) > most:
            await refuse(send)
            return
        taken, begun = 0, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return {"type": "http.disconnect"} if taken > most else message

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        await self.application(scope, counted, noted)
        if taken > most and not begun:
            await refuse(send)


def announced(scope: Message) -> int:
    """The length that the request's head names; 0 where it names none or no number."""
    given = dict(scope.get("headers", ())).get(b"content-length", b"")
    return int(given) if given.isdigit() else 0


async def refuse(send: Send) -> None:
    """Answer 413 and close."""
    headers = [(b"content-type", b"text/plain"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
