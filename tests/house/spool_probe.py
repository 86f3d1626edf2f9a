"""What the spool's tests run in processes of their own."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from celery import Celery
from kombu import Connection, Queue

from caseflow import spool

QUEUE = "quick"
spool.register()


@contextmanager
def connected(folder: Path, **options: Any) -> Iterator[Connection]:
    settings = {"folder": str(folder), "polling_interval": 0.01, "reclaim_interval": 0.0, **options}
    with Connection("spool://", transport_options=settings) as connection:
        yield connection


def send(connection: Connection, numbers: range) -> None:
    queue = Queue(QUEUE, routing_key=QUEUE)
    producer = connection.Producer()
    for number in numbers:
        producer.publish({"number": number}, routing_key=QUEUE, exchange="", declare=[queue])


def drain(connection: Connection, *, quiet_s: float = 0.3) -> list[int]:
    """Numbers received and acknowledged until nothing came for `quiet_s`."""
    got: list[int] = []

    def take(body: dict[str, int], message: Any) -> None:
        got.append(body["number"])
        message.ack()

    with connection.Consumer([Queue(QUEUE, routing_key=QUEUE)], callbacks=[take]):
        try:
            while True:
                connection.drain_events(timeout=quiet_s)
        except TimeoutError:
            return got


def send_from_process(folder: Path, numbers: range) -> None:
    with connected(folder) as connection:
        send(connection, numbers)


def drain_in_process(folder: Path) -> list[int]:
    with connected(folder) as connection:
        return drain(connection, quiet_s=2.0)


def take_and_die(folder: Path) -> None:
    with connected(folder) as connection:
        connection.SimpleQueue(QUEUE).get(timeout=5)
        os.kill(os.getpid(), signal.SIGKILL)


# No Django: what is tried is the broker. Not the current app: the product's own must stay that in the tests beside.
app = Celery("probe", broker="spool://", fixups=[], set_as_current=False)
app.conf.update(
    broker_transport_options={
        "folder": os.environ.get("PROBE_FOLDER", ""),
        "polling_interval": 0.05,
        "reclaim_interval": 0.5,
    },
    task_default_queue=QUEUE,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
)


@app.task(name="probe.note")
def note(path: str, wait_s: float) -> None:
    """Add this process's pid to the file, wait, then say that it is done."""
    with Path(path).open("a") as file:
        file.write(f"start {os.getpid()}\n")
    time.sleep(wait_s)
    with Path(path).open("a") as file:
        file.write("done\n")
