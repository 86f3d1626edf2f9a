"""A folder of model files, each named by its own sha256: none is ever overwritten by another one."""

import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Final

from analytics.pipeline.errors import ModelMissing
from analytics.pipeline.packaged import verified_bytes

BEGUN: Final = ".begun-"
FORGOTTEN_AFTER_S: Final = 24 * 3600.0  # no file takes as long to be fetched


@dataclass(frozen=True)
class Staged:
    """A file that lies beside the others under a name of its own, and what was found of it."""

    path: Path
    sha256: str
    size_bytes: int


class ModelStore:
    """The files of one installation; `folder` is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path_of(self, sum_: str) -> Path:
        return self._folder / f"{sum_}.onnx"

    def read(self, sum_: str) -> bytes:
        """The file's bytes. Raises ModelMissing or ModelChanged."""
        try:
            return verified_bytes(self.path_of(sum_), sum_)
        except OSError as error:
            raise ModelMissing(f"{self.path_of(sum_).name}: {error.strerror}") from error

    @contextmanager
    def staged(self, blocks: Iterable[bytes]) -> Iterator[Staged]:
        """Write the blocks to the disk under a name of its own; what nobody keeps is gone when the block is left."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._sweep()
        descriptor, name = tempfile.mkstemp(prefix=BEGUN, dir=self._folder)
        path, digest, size = Path(name), sha256(), 0
        try:
            with os.fdopen(descriptor, "wb") as file:
                for block in blocks:
                    file.write(block)
                    digest.update(block)
                    size += len(block)
                file.flush()
                os.fsync(file.fileno())
            yield Staged(path, digest.hexdigest(), size)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, staged: Staged) -> None:
        """Give the file its name; that takes the place of nothing but the same file, or a spoilt one of that name."""
        staged.path.replace(self.path_of(staged.sha256))
        self._flush()

    def remove(self, sum_: str) -> None:
        """Remove the file; one that is gone already is no error."""
        self.path_of(sum_).unlink(missing_ok=True)
        self._flush()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold off whoever else would keep or remove files, until the rows that name them are written."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _sweep(self) -> None:
        """Remove what installations that were killed have left behind."""
        for path in self._folder.glob(f"{BEGUN}*"):
            try:
                if path.stat().st_mtime < time() - FORGOTTEN_AFTER_S:
                    path.unlink()
            except FileNotFoundError:  # another one swept it, or kept it
                continue

    def _flush(self) -> None:
        """The names, too, are on the disk."""
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
