"""The process that touches the bytes of an untrusted file. It gets them as standard input and knows no path.

Started by `examining`, never imported by it.
"""

import sys
import zipfile
from io import BytesIO
from typing import BinaryIO

from PIL import Image

from lockdown.files.answers import FileRefused, send_found, send_refused
from lockdown.files.kinds import judge
from lockdown.sandbox import deny_calls, die_with, limit_resources

MEMORY_BYTES = 1 << 30


def warm_up() -> None:
    """Load whatever the libraries load when they are first used: no file can be opened once the sandbox stands."""
    picture = Image.new("RGB", (8, 8))
    for form in ("JPEG", "PNG", "WEBP", "PDF"):
        made = BytesIO()
        picture.save(made, format=form)
        judge(made.getvalue())
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    judge(made.getvalue())
    judge("мәтін".encode("utf-16"))
    judge("текст".encode("cp1251"))


def answer(file: BinaryIO, pipe: BinaryIO) -> None:
    """Say what the file is, or why it is not kept."""
    sent = file.read()
    try:
        found = judge(sent)
    except FileRefused as refused:
        send_refused(pipe, refused.code)
    except (MemoryError, Image.DecompressionBombError):
        send_refused(pipe, "unpacks")
    else:
        send_found(pipe, found, same=found.content is sent)


def main() -> None:
    """Warm up, lock down, answer: the first byte of the file is read after that."""
    parent_pid, cpu_s = int(sys.argv[1]), int(sys.argv[2])
    warm_up()
    die_with(parent_pid)
    limit_resources(MEMORY_BYTES, cpu_s)
    deny_calls()
    answer(sys.stdin.buffer, sys.stdout.buffer)
