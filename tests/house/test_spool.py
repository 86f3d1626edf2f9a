"""The broker folder: nothing lost, nothing twice, whoever dies."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from tests.house import spool_probe as probe
from tests.house.processes import wait_until

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "spool"


@pytest.fixture
def connection(folder: Path) -> Iterator[Connection]:
    with probe.connected(folder) as opened:
        yield opened


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_messages_come_in_the_order_of_sending_and_leave_no_file(connection: Connection, folder: Path) -> None:
    probe.send(connection, range(20))
    assert probe.drain(connection) == list(range(20))
    assert files(folder) == []


def test_several_senders_and_several_readers_lose_nothing_and_double_nothing(folder: Path) -> None:
    with ProcessPoolExecutor(6, mp_context=SPAWN) as pool:
        readers = [pool.submit(probe.drain_in_process, folder) for _ in range(3)]
        senders = [pool.submit(probe.send_from_process, folder, range(n * 200, (n + 1) * 200)) for n in range(3)]
        for sender in senders:
            sender.result()
        got = [reader.result() for reader in readers]
    got.append(probe.drain_in_process(folder))  # a reader that gave up before a slow sender began
    assert sorted(number for part in got for number in part) == list(range(600))


def test_what_is_not_acknowledged_comes_back_when_the_reader_closes(folder: Path) -> None:
    with probe.connected(folder) as first:
        probe.send(first, range(2))
        assert first.SimpleQueue(probe.QUEUE).get(timeout=1).payload == {"number": 0}
    with probe.connected(folder) as second:
        assert probe.drain(second) == [0, 1]


def test_a_rejected_message_keeps_its_place(connection: Connection) -> None:
    probe.send(connection, range(2))
    message = connection.SimpleQueue(probe.QUEUE).get(timeout=1)
    message.requeue()
    connection.close()
    assert probe.drain(connection) == [0, 1]


def test_a_message_rejected_for_good_is_gone(connection: Connection, folder: Path) -> None:
    probe.send(connection, range(1))
    connection.SimpleQueue(probe.QUEUE).get(timeout=1).reject()
    assert files(folder) == []


def test_a_reader_that_does_not_acknowledge_has_the_message_at_once(connection: Connection, folder: Path) -> None:
    probe.send(connection, range(1))
    assert connection.SimpleQueue(probe.QUEUE, no_ack=True).get(timeout=1).payload == {"number": 0}
    assert files(folder) == []


def test_messages_of_a_killed_reader_are_delivered_again(folder: Path) -> None:
    probe.send_from_process(folder, range(1))
    reader = SPAWN.Process(target=probe.take_and_die, args=(folder,))
    reader.start()
    reader.join(30)
    assert reader.exitcode == -signal.SIGKILL
    assert [path.split("/")[0] for path in files(folder)] == ["claimed"]
    assert probe.drain_in_process(folder) == [0]
    assert list((folder / "claimed").iterdir()) == []


def test_messages_of_a_living_reader_stay_with_it(connection: Connection, folder: Path) -> None:
    probe.send(connection, range(1))
    held = connection.SimpleQueue(probe.QUEUE).get(timeout=1)
    with probe.connected(folder) as other, pytest.raises(Empty):
        other.SimpleQueue(probe.QUEUE).get(timeout=0.5)
    held.ack()


def test_a_half_written_message_is_not_read(connection: Connection, folder: Path) -> None:
    probe.send(connection, range(1))
    (written,) = (folder / "ready").iterdir()
    written.rename(written.with_name(f".{written.name}"))
    assert probe.drain(connection) == []


@pytest.mark.parametrize("content", [b"", b'{"half":', b"[]", b"{}", b"\xff\xfe", b"null"])
def test_a_file_that_is_no_message_is_put_aside_and_the_next_one_read(
    connection: Connection, folder: Path, content: bytes
) -> None:
    probe.send(connection, range(2))
    first, _ = sorted((folder / "ready").iterdir())
    first.write_bytes(content)
    assert probe.drain(connection) == [1]
    assert files(folder) == [f"spoiled/{first.name}"]


def test_a_file_that_vanished_is_passed_over(connection: Connection, folder: Path) -> None:
    probe.send(connection, range(3))
    queue = connection.SimpleQueue(probe.QUEUE)
    queue.get(timeout=1).ack()
    first, _ = sorted((folder / "ready").iterdir())
    first.unlink()
    assert queue.get(timeout=1).payload == {"number": 2}


def test_a_full_disk_is_an_error_for_the_sender_and_leaves_nothing(
    connection: Connection, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, *args: object, **kwargs: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ChannelError, match="No space left on device"):
        probe.send(connection, range(1))
    assert files(folder) == []


def test_a_queue_is_counted_and_emptied_alone(connection: Connection) -> None:
    probe.send(connection, range(3))
    channel: Any = connection.default_channel
    assert channel.queue_declare("quick").message_count == 3
    assert channel.queue_purge("video") == 0
    assert channel.queue_purge("quick") == 3
    assert channel.queue_declare("quick").message_count == 0


@pytest.fixture
def worker(folder: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts Celery workers on the folder, each in a process group of its own."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "tests.house.spool_probe",
            "worker",
            "-c",
            "1",
            "-l",
            "WARNING",
        ]
        # Celery takes BROKER_URL from the environment before what the app says.
        environment = {**os.environ, "PROBE_FOLDER": str(folder), "BROKER_URL": "spool://"}
        started.append(subprocess.Popen(command, env=environment, start_new_session=True))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ask_for_note(folder: Path, path: Path, wait_s: float) -> None:
    with probe.connected(folder) as connection:
        probe.note.apply_async(args=(str(path), wait_s), producer=connection.Producer())


def test_a_task_whose_child_is_killed_is_done_by_the_next_child(
    worker: Callable[[], subprocess.Popen[bytes]], folder: Path, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    said.touch()
    worker()
    ask_for_note(folder, said, 1.0)
    wait_until(lambda: "start" in said.read_text())
    os.kill(int(said.read_text().split()[1]), signal.SIGKILL)
    wait_until(lambda: "done" in said.read_text())
    assert said.read_text().count("start") == 2
    assert said.read_text().count("done") == 1


def test_a_task_whose_worker_is_killed_is_done_by_the_next_worker(
    worker: Callable[[], subprocess.Popen[bytes]], folder: Path, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    said.touch()
    first = worker()
    ask_for_note(folder, said, 1.0)
    wait_until(lambda: "start" in said.read_text())
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    worker()
    wait_until(lambda: "done" in said.read_text())
    assert said.read_text().count("start") == 2
    wait_until(lambda: files(folder) == [])


def test_a_worker_that_is_told_to_stop_ends_its_task_first(
    worker: Callable[[], subprocess.Popen[bytes]], folder: Path, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    said.touch()
    process = worker()
    ask_for_note(folder, said, 1.0)
    wait_until(lambda: "start" in said.read_text())
    process.terminate()
    process.wait(30)
    assert said.read_text().split()[-1] == "done"
    assert files(folder) == []
