"""Fetches a file from the disk or over https, in blocks, within bounds of size and time. Nothing is believed of it."""

import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from time import monotonic
from typing import IO, Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request

from analytics.pipeline.errors import ModelTooLarge, SourceNotSecure, SourceTooSlow, SourceUnreachable

BLOCK_BYTES: Final = 1 << 18
LARGEST_BYTES: Final = 128 << 20  # the largest of EmotiEffLib has 31 MB
SILENCE_S: Final = 30.0
PATIENCE_S: Final = 900.0
REDIRECTS: Final = 3  # GitHub needs one


def is_address(where: str) -> bool:
    """Whether that is an address rather than the name of a file."""
    return "://" in where


def read_file(path: Path) -> Iterator[bytes]:
    """Raises SourceUnreachable or ModelTooLarge."""
    try:
        with path.open("rb") as file:
            yield from _blocks(file, monotonic() + PATIENCE_S)
    except OSError as error:
        raise SourceUnreachable(str(error)) from error


def download(address: str, context: ssl.SSLContext | None = None, patience_s: float = PATIENCE_S) -> Iterator[bytes]:
    """Raises SourceNotSecure, SourceUnreachable, SourceTooSlow or ModelTooLarge; `context` says whom to trust."""
    _require_https(address)
    opener = urllib.request.OpenerDirector()  # none of the default handlers: no file:, no ftp:, no http:
    trusted = urllib.request.HTTPSHandler(context=context or ssl.create_default_context())
    for handler in (
        trusted,
        _Redirects(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    until = monotonic() + patience_s
    try:
        answer = opener.open(Request(address, headers={"Accept-Encoding": "identity"}), timeout=SILENCE_S)  # noqa: S310 # https alone
        with closing(answer) as body:
            yield from _blocks(body, until)
    except TimeoutError as error:
        raise SourceTooSlow(address) from error
    except (HTTPException, URLError, OSError, ValueError) as error:
        raise SourceUnreachable(f"{address}: {error}") from error


def _blocks(source: IO[bytes], until: float) -> Iterator[bytes]:
    size = 0
    while block := source.read(BLOCK_BYTES):
        size += len(block)
        if size > LARGEST_BYTES:
            raise ModelTooLarge(f"more than {LARGEST_BYTES >> 20} MB")
        if monotonic() > until:
            raise SourceTooSlow
        yield block


def _require_https(address: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise SourceNotSecure(address) from error
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise SourceNotSecure(address)


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = REDIRECTS
    max_repeats = 1

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        _require_https(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
