"""Lesson videos on the disk: named by a random id, never in memory, gone after their run."""

import os
import shutil
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

from analytics.rules.refusals import RefusedError
from analytics.rules.tus import BLOCK, KEPT_FREE


class Readable(Protocol):
    """A request's body."""

    def read(self, size: int, /) -> bytes: ...


def video_path(upload_id: UUID) -> Path:
    """Where the upload's bytes lie."""
    return Path(settings.MEDIA_ROOT) / "uploads" / f"{upload_id.hex}.video"


def require_space(length: int) -> None:
    """Raises RefusedError("no_space") unless `length` more bytes fit, with some left for everything else."""
    folder = video_path(UUID(int=0)).parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(folder).free < length + KEPT_FREE:
        raise RefusedError("no_space")


def create_empty(upload_id: UUID) -> None:
    """Make the file, readable to this user alone."""
    path = video_path(upload_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)


def write_at(upload_id: UUID, offset: int, body: Readable, most: int) -> int:
    """Write at most `most` bytes of `body` from `offset` on, durably. Returns how many, also when the body broke off.

    Raises RefusedError("no_space") when the disk is full.
    """
    written = 0
    try:
        with video_path(upload_id).open("r+b") as file:
            file.seek(offset)
            while written < most and (block := _next_block(body, min(BLOCK, most - written))):
                file.write(block)
                written += len(block)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise RefusedError("no_space") from error
    return written


def remove_video(upload_id: UUID) -> None:
    """Remove the file; one that is gone already is no error."""
    video_path(upload_id).unlink(missing_ok=True)


def _next_block(body: Readable, size: int) -> bytes:
    """The next block, empty when the body ends or the connection breaks: what came before it stays."""
    try:
        return body.read(size)
    except OSError:  # UnreadablePostError is one
        return b""
