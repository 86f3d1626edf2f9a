"""The resumable upload protocol tus 1.0.0 (tus.io): core, creation, termination, expiration."""

from base64 import b64decode
from binascii import Error as Base64Error
from datetime import datetime, timedelta
from typing import Final

from django.utils.http import http_date

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,termination,expiration"
CHUNK_TYPE: Final = "application/offset+octet-stream"
LARGEST_FILE: Final = 4 * 1024**3
LARGEST_CHUNK: Final = 16 * 1024**2
BLOCK: Final = 1024**2
KEPT_FREE: Final = 512 * 1024**2  # the database and the log still have to be written
EXPIRES_AFTER: Final = timedelta(hours=24)
WRITING_LEASE: Final = timedelta(seconds=60)
LONGEST_NAME: Final = 255


def file_name(metadata: str) -> str:
    """The `filename` of an Upload-Metadata header ("key base64,key base64"); empty when there is none to read."""
    for pair in metadata.split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "filename":
            return _decoded(value)
    return ""


def whole_number(header: str | None) -> int | None:
    """A header that must be a number from 0 on, else None."""
    return int(header) if header and header.isascii() and header.isdigit() and len(header) < 20 else None


def expires_header(moment: datetime) -> str:
    return http_date(moment.timestamp())


def _decoded(value: str) -> str:
    try:
        name = b64decode(value, validate=True).decode()
    except (Base64Error, UnicodeDecodeError):
        return ""
    printable = "".join(sign for sign in name if sign.isprintable())
    return printable[-LONGEST_NAME:]
