"""A broker that is full for a while costs a worker its connection, not its life."""

from celery import Celery
from redis.exceptions import OutOfMemoryError

from caseflow.celery import app


def test_what_redis_refuses_for_want_of_memory_is_an_error_of_the_connection() -> None:
    assert app.connection_for_read("redis://127.0.0.1:1/0").transport.connection_errors.count(OutOfMemoryError) == 1
    other = Celery("other", broker="rediss://127.0.0.1:1/0", set_as_current=False)
    assert OutOfMemoryError in other.connection_for_read().transport.connection_errors
