"""A worker keeps its connection to the database from one task to the next, and parts with one that is of no use."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from caseflow.celery import app
from caseflow.kept_connections import Fixup, KeptConnections


@pytest.fixture
def worker(transactional_db: None, on_postgresql: None) -> Iterator[KeptConnections]:
    connection.close()  # an older one may have been told to last otherwise
    yield KeptConnections(app)
    connection.close()


def task(worker: KeptConnections) -> int:
    """What Celery does around each, and which of PostgreSQL's processes answered in it."""
    sender: Any = SimpleNamespace(request=SimpleNamespace(is_eager=False))
    worker.on_task_prerun(sender)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (answered,) = cursor.fetchone()
    worker.on_task_postrun(sender)
    return int(answered)


def ended(backend: int) -> None:
    own: Any = connection.get_connection_params()
    with psycopg.connect(
        **{name: own[name] for name in own if name in ("dbname", "user", "host", "port", "password")}
    ) as one:
        one.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def test_tasks_share_a_connection(worker: KeptConnections) -> None:
    assert task(worker) == task(worker)


def test_one_that_is_old_ends(worker: KeptConnections, monkeypatch: pytest.MonkeyPatch) -> None:
    first = task(worker)
    monkeypatch.setattr(connection, "close_at", 0)
    assert task(worker) != first


def test_one_that_the_server_ended_between_tasks_is_replaced(worker: KeptConnections) -> None:
    first = task(worker)
    ended(first)
    assert task(worker) != first


def test_one_that_broke_in_a_task_is_replaced_for_the_next(worker: KeptConnections) -> None:
    first = task(worker)
    worker.close_database()
    with connection.cursor() as cursor:
        ended(first)
        with pytest.raises(OperationalError):
            cursor.execute("SELECT 1")
    assert task(worker) != first


def test_workers_have_it() -> None:
    (fixup,) = app._fixups  # type: ignore[attr-defined]  # not in its stubs
    assert isinstance(fixup, Fixup)
    assert isinstance(fixup.worker_fixup, KeptConnections)
