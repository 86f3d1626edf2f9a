"""The position of a reader in the stream of alerts."""

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"(\d{1,19})\.(\d{1,19})", re.ASCII)
_LARGEST = 2**63 - 1


class BadCursorError(ValueError):
    """The text is not a cursor this installation has given out."""


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A position in commit order: everything up to and including `(xid, id)` is behind the reader.

    Written "xid.id"; readers treat the text as opaque.
    """

    xid: int = 0
    id: int = 0

    def __str__(self) -> str:
        return f"{self.xid}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """The cursor that `str` gave. Raises BadCursorError."""
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise BadCursorError(text[:40])
        xid, row = int(written[1]), int(written[2])
        if max(xid, row) > _LARGEST:
            raise BadCursorError(text)
        return cls(xid, row)


def is_local_path(url: str) -> bool:
    """Whether `url` is a path of this installation, so that an alert cannot lead elsewhere."""
    return url.startswith("/") and not url.startswith(("//", "/\\"))
