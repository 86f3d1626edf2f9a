"""Redis as a broker that may be full or away for a while.

What Redis refuses for want of memory is an error of the channel to kombu, and one from which a Celery worker does not
recover: it ends. Here it is an error of the connection, which is made anew until there is room. The same holds of a
task that ends when the connection it came over is closed: its message comes again, and the worker lives on.
"""

from typing import Any

from kombu.transport import TRANSPORT_ALIASES, redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import OutOfMemoryError


class Channel(redis.Channel):
    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 # as kombu calls it
        if getattr(self.connection, "client", None) is None:
            raise RedisConnectionError("the connection is closed")
        parameters: dict[str, Any] = super()._connparams(asynchronous=asynchronous)  # type: ignore[misc] # untyped
        return parameters


class Transport(redis.Transport):
    Channel = Channel
    connection_errors = (*redis.Transport.connection_errors, OutOfMemoryError)


def register() -> None:
    """Have redis:// and rediss:// mean this transport."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:Transport"
