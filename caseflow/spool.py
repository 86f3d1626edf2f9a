"""The broker of the one-machine mode: a folder, so that nothing has to be installed or kept running.

    <folder>/ready/     messages that wait, one file each, named so that sorting is the order of sending
    <folder>/claimed/   one folder per consumer, locked while its process lives; a message stays until acknowledged
    <folder>/spoiled/   files that are no message, kept for whoever looks for the cause

A message is written beside and then renamed, so a reader never sees half of one. It is claimed by a rename, so two
readers never have the same one. When a consumer dies, the kernel drops its lock and any other consumer puts its
messages back. Needs a local file system: flock and rename are not trustworthy on every network file system.
"""

import fcntl
import logging
import os
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, virtual
from kombu.utils.json import dumps, loads

RECLAIM_INTERVAL_S = 5.0
SUFFIX = ".msg"

logger = logging.getLogger(__name__)
_sequence = count()

Payload = dict[str, Any]


def register() -> None:
    """Make `spool://` a broker address that kombu understands."""
    TRANSPORT_ALIASES["spool"] = "caseflow.spool:Transport"


class Spool:
    """The three folders. Raises OSError when they cannot be made."""

    def __init__(self, folder: Path) -> None:
        self.ready = folder / "ready"
        self.claimed = folder / "claimed"
        self.spoiled = folder / "spoiled"
        for each in (self.ready, self.claimed, self.spoiled):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, queue: str, text: str) -> None:
        """Add a message. Raises OSError, and leaves nothing behind, when it cannot be written whole."""
        name = f"{time.time_ns():020d}-{next(_sequence):06d}-{uuid4().hex}.{queue}{SUFFIX}"
        fresh = self.ready / f".{name}"
        try:
            fresh.touch(mode=0o600)
            fresh.write_text(text, encoding="utf-8")
            fresh.rename(self.ready / name)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise

    def names(self, queue: str) -> list[str]:
        """Names of the waiting messages, oldest first."""
        ending = f".{queue}{SUFFIX}"
        names = (path.name for path in self.ready.iterdir())
        return sorted(name for name in names if name.endswith(ending) and not name.startswith("."))

    def open_claims(self) -> tuple[Path, int]:
        """A folder for one consumer's messages and the descriptor whose lock says that the consumer lives."""
        fresh = self.claimed / f".{uuid4().hex}"
        fresh.mkdir(mode=0o700)
        descriptor = os.open(fresh, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Seen by others only now that it is locked.
        return fresh.rename(self.claimed / f"{os.getpid()}-{uuid4().hex}"), descriptor

    def take_back_from_dead(self) -> int:
        """Make ready again what consumers held that live no more. Returns how many messages."""
        folders = [entry for entry in self.claimed.iterdir() if not entry.name.startswith(".")]
        return sum(self._take_back(folder) for folder in folders)

    def _take_back(self, folder: Path) -> int:
        taken = 0
        for _ in _held_if_dead(folder):
            # A consumer that closes removes its own folder, once it is empty: then nothing is left to take.
            with suppress(FileNotFoundError):
                for path in folder.iterdir():
                    path.rename(self.ready / path.name)
                    taken += 1
                folder.rmdir()
        return taken


def _held_if_dead(folder: Path) -> Iterator[None]:
    """Once, holding the lock, if nobody else holds it and the folder is still there; else not at all."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if folder.exists():
            yield
    except BlockingIOError:
        return
    finally:
        os.close(descriptor)


class QoS(virtual.QoS):
    """Acknowledging removes the file; what is not acknowledged survives the consumer."""

    channel: "Channel"

    def ack(self, delivery_tag: str) -> None:
        self.channel.settle(delivery_tag)
        super().ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:  # noqa: FBT001, FBT002  kombu's signature
        super().reject(delivery_tag, requeue=requeue)
        self.channel.settle(delivery_tag)


class Channel(virtual.Channel):
    QoS = QoS

    def __init__(self, connection: Any, **kwargs: Any) -> None:
        super().__init__(connection, **kwargs)
        options = connection.client.transport_options
        self.spool = Spool(Path(options["folder"]))
        self._reclaim_interval_s = float(options.get("reclaim_interval", RECLAIM_INTERVAL_S))
        self._reclaimed_at = float("-inf")
        self._seen: dict[str, deque[str]] = {}
        self._paths: dict[str, Path] = {}
        self._claims: tuple[Path, int] | None = None

    def settle(self, delivery_tag: str) -> None:
        """Forget a message for good; nothing happens when it was settled or put back before."""
        path = self._paths.pop(delivery_tag, None)
        if path:
            path.unlink(missing_ok=True)

    def basic_get(self, queue: str, no_ack: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002  as above
        message: Any = super().basic_get(queue, no_ack=no_ack, **kwargs)
        if message is not None and no_ack:
            self.settle(message.delivery_tag)
        return message

    def basic_consume(self, queue: str, no_ack: bool, callback: Any, consumer_tag: Any, **kwargs: Any) -> Any:  # noqa: FBT001  as above
        def settled(message: Any) -> Any:
            self.settle(message.delivery_tag)
            return callback(message)

        return super().basic_consume(queue, no_ack, settled if no_ack else callback, consumer_tag, **kwargs)

    def close(self) -> None:
        super().close()
        if self._claims:
            folder, descriptor = self._claims
            self._claims = None
            os.close(descriptor)
            # Not empty, or already taken back by another consumer, who sees the lock gone: nothing is left to do.
            with suppress(OSError):
                folder.rmdir()

    def _put(self, queue: str, message: Payload, **kwargs: Any) -> None:
        try:
            self.spool.put(queue, dumps(message))
        except OSError as error:
            raise ChannelError(f"cannot add a message to {self.spool.ready}: {error.strerror}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Payload:
        self._reclaim_when_due()
        seen = self._seen.get(queue) or deque(self.spool.names(queue))
        self._seen[queue] = seen
        while seen:
            payload = self._claim(seen.popleft())
            if payload is not None:
                return payload
        raise Empty

    def _claim(self, name: str) -> Payload | None:
        """The message, now this channel's; None if another was first or the file is no message."""
        if self._claims is None:
            self._claims = self.spool.open_claims()
        path = self._claims[0] / name
        try:
            (self.spool.ready / name).rename(path)
        except FileNotFoundError:
            return None
        try:
            payload: Payload = loads(path.read_text(encoding="utf-8"))
            self._paths[payload["properties"]["delivery_tag"]] = path
        except (ValueError, KeyError, TypeError):
            path.rename(self.spool.spoiled / name)
            logger.warning("Not a message, moved to %s", self.spool.spoiled / name)
            return None
        return payload

    def _restore(self, message: Any) -> None:
        """Put a claimed message back where it stood in the order."""
        path = self._paths.pop(message.delivery_tag, None)
        if path:
            path.rename(self.spool.ready / path.name)

    def _reclaim_when_due(self) -> None:
        now = time.monotonic()
        if now - self._reclaimed_at < self._reclaim_interval_s:
            return
        self._reclaimed_at = now
        taken = self.spool.take_back_from_dead()
        if taken:
            logger.warning("Took back %d message(s) from a consumer that ended", taken)

    def _size(self, queue: str) -> int:
        return len(self.spool.names(queue))

    def _purge(self, queue: str) -> int:
        names = self.spool.names(queue)
        for name in names:
            (self.spool.ready / name).unlink(missing_ok=True)
        return len(names)


class Transport(virtual.Transport):
    """Options: `folder` (required), `polling_interval` (seconds), `reclaim_interval` (seconds)."""

    Channel = Channel
    driver_type = "spool"
    driver_name = "spool"

    def driver_version(self) -> str:
        return "1"
