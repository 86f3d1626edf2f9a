"""What can be wrong with the place the product runs in, said in one line each. Standard library only."""

import errno
import os
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIB = 1024 * 1024

EXPLAINED = {
    errno.ENOSPC: "The disk is full",
    errno.EDQUOT: "The disk quota is used up",
    errno.EACCES: "No right to write",
    errno.EPERM: "No right to write",
    errno.EROFS: "The file system is read-only",
}


class Trouble(Exception):  # noqa: N818  said to a person, not to a programmer
    """Something the person at the terminal can mend. The text is one line and says what to do."""


def one_line(main: Callable[[], int]) -> int:
    """The exit code of `main`; a Trouble becomes one line on standard error and 1, Ctrl-C becomes 130."""
    try:
        return main()
    except Trouble as trouble:
        print(f"tirek: {trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno not in EXPLAINED:
            raise
        print(f"tirek: {EXPLAINED[error.errno]}: {error.filename or ROOT}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("tirek: stopped", file=sys.stderr)
        return 130


def check_writable(folder: Path) -> None:
    """Raises Trouble unless files can be made in `folder` or, where it is missing, in what would hold it."""
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if not nearest.is_dir():
        raise Trouble(f"{nearest} is in the way: a folder is needed there")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise Trouble(f"No right to write in {nearest}: run as its owner, or copy the project to a folder of yours")


def check_space(folder: Path, *, needed_mib: int) -> None:
    """Raises Trouble unless `needed_mib` are free where `folder` lies."""
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    free_mib = shutil.disk_usage(nearest).free // MIB
    if free_mib < needed_mib:
        raise Trouble(f"The disk is too full: {needed_mib} MB are needed in {nearest}, {free_mib} MB are free")


def check_port(host: str, port: int) -> None:
    """Raises Trouble unless the port can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Trouble(f"Port {port} needs root: choose one above 1023, as in: make run PORT=8001") from error
        except OSError as error:
            raise Trouble(f"Port {port} is taken: choose another, as in: make run PORT={port + 1}") from error


def port_from(text: str) -> int:
    """Raises Trouble unless `text` is a port number."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Trouble(f"PORT must be a number from 1 to 65535, not {text!r}")
    return int(text)
