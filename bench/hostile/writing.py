"""The building blocks of containers, written with whatever numbers one likes. Pure."""

from collections.abc import Callable, Sequence
from zlib import crc32

NESTING = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf"})
UNKNOWN_SIZE = 2**56 - 1
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def u16(number: int) -> bytes:
    return (number % (1 << 16)).to_bytes(2, "big")


def u32(*numbers: int) -> bytes:
    return b"".join((number % (1 << 32)).to_bytes(4, "big") for number in numbers)


def u64(number: int) -> bytes:
    return (number % (1 << 64)).to_bytes(8, "big")


def le32(*numbers: int) -> bytes:
    return b"".join((number % (1 << 32)).to_bytes(4, "little") for number in numbers)


def box(kind: bytes, *content: bytes) -> bytes:
    """A box of MP4 or MOV."""
    whole = b"".join(content)
    return u32(len(whole) + 8) + kind + whole


def edited(file: bytes, path: Sequence[bytes], change: Callable[[bytes], bytes]) -> bytes:
    """The file with the content of the first box at that path changed and the sizes around it right.

    The index must stand behind the pictures, for places of samples are not moved.
    """
    out, at, done = b"", 0, False
    while at + 8 <= len(file):
        size = int.from_bytes(file[at : at + 4], "big") or len(file) - at
        kind, content = file[at + 4 : at + 8], file[at + 8 : at + size]
        if kind == path[0] and not done:
            done = True
            content = change(content) if len(path) == 1 else edited(content, path[1:], change)
        out += box(kind, content)
        at += size
    if not done:
        raise ValueError(path)
    return out + file[at:]


def poked(content: bytes, at: int, numbers: bytes) -> bytes:
    """The content with some bytes exchanged."""
    return content[:at] + numbers + content[at + len(numbers) :]


def element(name: int, content: bytes, claimed: int | None = None) -> bytes:
    """An element of Matroska; it may claim another size than it has."""
    size = len(content) if claimed is None else claimed
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + (1 << 56 | size).to_bytes(8, "big") + content


def number(name: int, value: int) -> bytes:
    return element(name, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def chunk(name: bytes, content: bytes, claimed: int | None = None) -> bytes:
    """A chunk of AVI; it may claim another size than it has."""
    return name + le32(len(content) if claimed is None else claimed) + content + b"\0" * (len(content) % 2)


def listed(name: bytes, *content: bytes, claimed: int | None = None) -> bytes:
    return chunk(b"LIST", name + b"".join(content), claimed)


def png(width: int, height: int, packed: bytes) -> bytes:
    """A grey picture of that size by its head, whatever was packed."""
    parts = (b"IHDR", u32(width, height) + b"\x08\0\0\0\0"), (b"IDAT", packed), (b"IEND", b"")
    return PNG_SIGNATURE + b"".join(u32(len(what)) + name + what + u32(crc32(name + what)) for name, what in parts)


def jpeg_of_size(file: bytes, width: int, height: int) -> bytes:
    """Every JPEG in the file says that it is of that size."""
    at = file.find(b"\xff\xc0\x00\x11\x08")
    while at >= 0:
        file = poked(file, at + 5, u16(height) + u16(width))
        at = file.find(b"\xff\xc0\x00\x11\x08", at + 9)
    return file


def h264_parameters(width: int, height: int) -> bytes:
    """A sequence parameter set, baseline profile, of whole macroblocks of that size."""
    bits = "".join(map(_golomb, (0, 0, 2, 1))) + "0" + _golomb(width // 16 - 1) + _golomb(height // 16 - 1) + "11001"
    bits += "0" * (-len(bits) % 8)
    return b"\x67\x42\x00\x33" + int(bits, 2).to_bytes(len(bits) // 8, "big")


def _golomb(value: int) -> str:
    code = f"{value + 1:b}"
    return "0" * (len(code) - 1) + code
