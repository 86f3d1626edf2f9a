"""The position of a reader in the stream of alerts."""

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"\d{1,19}", re.ASCII)
_LARGEST = 2**63 - 1


class BadCursorError(ValueError):
    """The text is not a cursor this installation has given out."""


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A position in commit order: everything up to and including it is behind the reader.

    Written as a number; readers treat the text as opaque.
    """

    position: int = 0

    def __str__(self) -> str:
        return str(self.position)

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """The cursor that `str` gave. Raises BadCursorError."""
        if _WRITTEN.fullmatch(text) is None or int(text) > _LARGEST:
            raise BadCursorError(text[:40])
        return cls(int(text))


def is_local_path(url: str) -> bool:
    """Whether `url` is a path of this installation, so that an alert cannot lead elsewhere."""
    return url.startswith("/") and not url.startswith(("//", "/\\"))
