"""Redis as a broker that may be full for a while.

What Redis refuses for want of memory is an error of the channel to kombu, and one from which a Celery worker does not
recover: it ends. Here it is an error of the connection, which is made anew until there is room.
"""

from kombu.transport import TRANSPORT_ALIASES, redis
from redis.exceptions import OutOfMemoryError


class Transport(redis.Transport):
    connection_errors = (*redis.Transport.connection_errors, OutOfMemoryError)


def register() -> None:
    """Have redis:// and rediss:// mean this transport."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:Transport"
