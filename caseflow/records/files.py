"""Files about persons: sealed on disk, named by nothing but a random id, never served by address."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from caseflow.records.models import DataKey
from caseflow.records.vault import seal_bytes, unseal_bytes

_kept: ContextVar[list[str] | None] = ContextVar("_kept", default=None)


@contextmanager
def files_with_rows() -> Iterator[None]:
    """A transaction whose files stand or fall with it: a rollback removes what `keep_file` wrote meanwhile.

    Inside another one the files go with the outer transaction too.
    """
    outer, names = _kept.get(), list[str]()
    token = _kept.set(names)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for name in names:
            remove_file(name)
        raise
    finally:
        _kept.reset(token)
    if outer is not None:
        outer.extend(names)


def keep_file(key: DataKey, content: bytes, *, dated: datetime | None = None) -> str:
    """Seal `content` with `key` and write it durably. Returns the name under which `read_file` finds it.

    `dated` is the time the file bears, for what came from somebody whose exact time nobody is to know. Belongs into
    `files_with_rows`: no database takes a written file back.
    """
    name = uuid4().hex
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(".part")
    try:
        with beside.open("xb") as out:
            out.write(seal_bytes(key, content, name))
            out.flush()
            os.fsync(out.fileno())
    except OSError:  # a full disk leaves half a file, which nobody would ever look for
        beside.unlink(missing_ok=True)
        raise
    if dated is not None:
        os.utime(beside, (dated.timestamp(), dated.timestamp()))
    beside.rename(path)
    kept = _kept.get()
    if kept is not None:
        kept.append(name)
    return name


def read_file(key: DataKey, name: str) -> bytes:
    """What `keep_file` was given. Raises FileNotFoundError, VaultError."""
    return unseal_bytes(key, _path(name).read_bytes(), name)


def remove_file(name: str) -> None:
    """Remove the file; one that is gone already is no error."""
    _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name[:2] / f"{name}.sealed"
