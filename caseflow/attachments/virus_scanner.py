"""Asks a ClamAV daemon, where the installation has one, whether a file is known to be harmful.

The protocol is that of clamd's INSTREAM: pieces with their length before them, an empty one at the end, one line back.
Known viruses are a matter of such a list; what a file may do at all is decided in `lockdown.files`.
"""

import socket
import struct
from contextlib import closing
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from caseflow.attachments.rules import AttachmentRefused

PIECE: Final = 1 << 20
PORT: Final = 3310
WAIT_S: Final = 30.0
LONGEST_ANSWER: Final = 4096
CLEAN: Final = b"OK"


# By which every scanner is tried (eicar.org); in two parts, so that none takes this file for it.
EICAR: Final = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def is_set_up() -> bool:
    """Whether the installation has a scanner."""
    return bool(settings.CLAMD)


def refuse_infected(content: bytes) -> None:
    """Where no scanner is set up only the test file of scanners is refused. Raises AttachmentRefused, also when the
    scanner does not answer: a file that could not be looked at is not kept."""
    if EICAR in content:
        raise AttachmentRefused("infected")
    if not is_set_up():
        return
    try:
        said = _ask(settings.CLAMD, content)
    except OSError as error:
        raise AttachmentRefused("unscanned") from error
    if b"FOUND" in said:
        raise AttachmentRefused("infected")
    if not said.endswith(CLEAN):
        raise AttachmentRefused("unscanned")


def _ask(address: str, content: bytes) -> bytes:
    with closing(_connected(address)) as daemon:
        daemon.settimeout(WAIT_S)
        daemon.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), PIECE):
            piece = content[at : at + PIECE]
            daemon.sendall(struct.pack("!L", len(piece)) + piece)
        daemon.sendall(struct.pack("!L", 0))
        return _line(daemon)


def _line(daemon: socket.socket) -> bytes:
    said = b""
    while b"\0" not in said and len(said) < LONGEST_ANSWER:
        piece = daemon.recv(LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said.partition(b"\0")[0].strip()


def _connected(address: str) -> socket.socket:
    """`unix:/path` or `tcp://host:port`."""
    if address.startswith("unix:"):
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        daemon.settimeout(WAIT_S)
        try:
            daemon.connect(address.removeprefix("unix:"))
        except OSError:
            daemon.close()
            raise
        return daemon
    parts = urlsplit(address)
    return socket.create_connection((parts.hostname or "", parts.port or PORT), timeout=WAIT_S)
