"""What a browser sends as a file: size and beginning are looked at before it is taken into memory (rule 25)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

BEGINNING = 512
JPEG, PNG, PDF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"


class TooLargeError(Exception):
    """The file is larger than what is asked for."""


class WrongTypeError(Exception):
    """The file does not begin like one of the types that are asked for, whatever its name says."""


def read_received(upload: "UploadedFile[Any]", *, most: int, fits: Callable[[bytes], bool]) -> bytes:
    """The content, of which never more than `most` bytes are held. `fits` is shown the beginning; empty files pass.

    Raises TooLargeError, WrongTypeError.
    """
    if upload.size is None or upload.size > most:
        raise TooLargeError
    beginning = bytes(upload.read(BEGINNING))
    if beginning and not fits(beginning):
        raise WrongTypeError
    return beginning + bytes(upload.read(most - len(beginning)))


def is_webp(beginning: bytes) -> bool:
    """Whether it begins like a WebP picture."""
    return beginning.startswith(b"RIFF") and beginning[8:12] == b"WEBP"
