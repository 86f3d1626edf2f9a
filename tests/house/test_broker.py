"""A broker that is full or away for a while costs a worker its connection, not its life."""

from typing import Any
from unittest.mock import Mock, patch

import pytest
from celery import Celery
from kombu.message import Message
from redis.exceptions import OutOfMemoryError

from caseflow.celery import app


def test_what_redis_refuses_for_want_of_memory_is_an_error_of_the_connection() -> None:
    assert app.connection_for_read("redis://127.0.0.1:1/0").transport.connection_errors.count(OutOfMemoryError) == 1
    other = Celery("other", broker="rediss://127.0.0.1:1/0", set_as_current=False)
    assert OutOfMemoryError in other.connection_for_read().transport.connection_errors


@pytest.mark.parametrize("closed", ["connection", "client"])
def test_a_task_that_ends_after_its_connection_was_closed_only_leaves_its_message(closed: str) -> None:
    connection = app.connection_for_read("redis://127.0.0.1:1/0")
    transport: Any = connection.transport
    with patch.object(transport.Channel, "__init__", return_value=None):
        channel: Any = transport.Channel()
    channel.connection = None if closed == "connection" else Mock(client=None)
    channel._pool, channel.no_ack_consumers, channel._closed = None, set(), True
    channel._qos = transport.Channel.QoS(channel)
    log = Mock()
    message: Any = Message(channel=channel, delivery_tag="1")
    message.ack_log_error(log, transport.connection_errors)
    assert log.critical.call_count == 1
