"""What is no file, and sound videos with names that mean something to a shell, a library or a page."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.hostile.writing import box, u32, u64

SPARSE = 3 << 30  # bytes, of which hardly any lie on the disk
NAMES = (
    "-i.mp4", "--help", "a\nb.mp4", "a'\"b.mp4", "$(touch gone).mp4", "`touch gone`", "%d%s%n.mp4", "http:a.mp4",
    "file:a.mp4", "concat:a|b", "pipe:0", "data:,a", "subfile,,start,0,end,9,,:a", "*.mp4", " ", "...", "\u202e4pm.exe",
    "сабақ.mp4", "a" * 250, os.fsdecode(b"\xff\xfe.mp4"), "\x1b[2J.mp4", "<script>alert(1)<!--", "con", "lesson.m3u8",
)  # fmt: skip


def names(content: bytes) -> Iterator[tuple[str, Callable[[Path], Path]]]:
    for name in NAMES:
        yield f"named {name[:30]!r}", _written_as(name, content)


def places(content: bytes) -> Iterator[tuple[str, Callable[[Path], Path]]]:
    yield "a pipe nobody writes to", _pipe
    yield "a socket", _socket
    yield "a folder", _folder
    yield "a link to a sound video", _link_to(content)
    yield "a link to the list of users", lambda folder: _link(folder, Path("/etc/passwd"))
    yield "a link to itself", lambda folder: _link(folder, folder / "link")
    for device in ("null", "zero", "random", "tty", "stdin"):
        yield f"the device {device}", _device(device)
    yield "its own memory", lambda _folder: Path("/proc/self/mem")
    yield "its own environment", lambda _folder: Path("/proc/self/environ")
    head = box(b"ftyp", b"isom" + u32(0) + b"isom")
    yield "three gigabytes of nothing as pictures", _sparse(head + u32(1) + b"mdat" + u64(SPARSE))
    yield "three gigabytes of nothing behind a head", _sparse(head)
    yield "three gigabytes of nothing as matroska", _sparse(bytes.fromhex("1a45dfa3 80 18538067 01ffffffffffffff"))
    yield "three gigabytes of nothing as avi", _sparse(b"RIFF" + bytes(4) + b"AVI LIST" + b"\xff\xff\xff\x7fmovi")
    yield "three gigabytes of nothing behind a video", _sparse(content)


def _written_as(name: str, content: bytes) -> Callable[[Path], Path]:
    def lay(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return lay


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def _socket(folder: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(folder / "socket"))
    return folder / "socket"


def _folder(folder: Path) -> Path:
    (folder / "lesson.mp4").mkdir()
    return folder / "lesson.mp4"


def _link(folder: Path, target: Path) -> Path:
    (folder / "link").symlink_to(target)
    return folder / "link"


def _link_to(content: bytes) -> Callable[[Path], Path]:
    return lambda folder: _link(folder, _written_as("sound.mp4", content)(folder))


def _device(name: str) -> Callable[[Path], Path]:
    return lambda _folder: Path("/dev") / name


def _sparse(content: bytes) -> Callable[[Path], Path]:
    def lay(folder: Path) -> Path:
        with (folder / "sparse").open("wb") as file:
            file.write(content)
            file.truncate(SPARSE)
        return folder / "sparse"

    return lay
