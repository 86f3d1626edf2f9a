"""MP4 and MOV whose index lies, loops, grows or refers elsewhere. Each is a sound video but for what its name says."""

from collections.abc import Callable, Iterator
from functools import partial
from zlib import compress

import cv2
import numpy as np

from bench.hostile.writing import box, edited, h264_parameters, jpeg_of_size, png, poked, u16, u32, u64

BILLION = 10**9
TRACK = (b"moov", b"trak")
MEDIA = (*TRACK, b"mdia")
TABLE = (*MEDIA, b"minf", b"stbl")
KIND = box(b"ftyp", b"isom" + u32(0) + b"isom")
SIZE_IN_ENTRY = 40  # bytes into the description of samples


def tables(h264: bytes) -> Iterator[tuple[str, bytes]]:
    """Tables of samples: counts beyond any file, times and places that cannot be."""
    changes: dict[str, tuple[bytes, bytes]] = {
        "a billion frames in one entry": (b"stts", u32(0, 1, BILLION, 1)),
        "four billion frames in one entry": (b"stts", u32(0, 1, -1, 1)),
        "a billion entries of times": (b"stts", u32(0, BILLION, 1, 1)),
        "frames of no duration": (b"stts", u32(0, 1, 10, 0)),
        "frames of a negative duration": (b"stts", u32(0, 1, 10, -1000)),
        "frames of the longest duration": (b"stts", u32(0, 1, 10, 2**31 - 1)),
        "no times": (b"stts", u32(0, 0)),
        "times cut off": (b"stts", b"\0\0"),
        "a billion frames of one byte": (b"stsz", u32(0, 1, BILLION)),
        "forty million frames of one byte": (b"stsz", u32(0, 1, 40_000_000)),
        "ten million frames of no size": (b"stsz", u32(0, 0, 10_000_000)),
        "frames of two gigabytes": (b"stsz", u32(0, 2**31 - 1, 10)),
        "four billion sizes": (b"stsz", u32(0, 0, -1, 1, 2, 3)),
        "no sizes": (b"stsz", u32(0, 0, 0)),
        "four billion frames a chunk": (b"stsc", u32(0, 1, 1, -1, 1)),
        "chunks numbered backwards": (b"stsc", u32(0, 3, 9, 1, 1, 5, 1, 1, 1, 1, 1)),
        "a chunk of another description": (b"stsc", u32(0, 1, 1, 10, 77)),
        "a billion entries of chunks": (b"stsc", u32(0, BILLION, 1, 1, 1)),
        "a billion chunks": (b"stco", u32(0, BILLION, 0)),
        "chunks behind the end": (b"stco", u32(0, 1, 2**31 - 1)),
        "chunks at the very beginning": (b"stco", u32(0, 10, *[0] * 10)),
        "all chunks in one place": (b"stco", u32(0, 50_000, *[48] * 50_000)),
    }
    for name, (kind, content) in changes.items():
        yield name, edited(h264, (*TABLE, kind), _always(content))
    yield "a billion reorderings", edited(h264, TABLE, _appended(box(b"ctts", u32(0, 1, BILLION, 1))))
    yield "negative reorderings", edited(h264, TABLE, _appended(box(b"ctts", u32(1 << 24, 1, 10, -(2**31)))))
    yield "a billion keyframes", edited(h264, TABLE, _appended(box(b"stss", u32(0, BILLION, 1))))
    yield "a million keyframes", edited(h264, TABLE, _appended(box(b"stss", u32(0, 10**6, *range(10**6)))))
    yield "places beyond four gigabytes", edited(h264, TABLE, _appended(box(b"co64", u32(0, 1) + u64(2**63))))
    for part in (b"stts", b"stsz", b"stsc", b"stco", b"stsd"):
        yield f"no {part.decode()}", edited(h264, TABLE, partial(_without, part))


def clocks(h264: bytes) -> Iterator[tuple[str, bytes]]:
    """Durations, time scales, and lists of edits that show one second again and again."""
    for scale in (0, 1, 2**31 - 1, 2**32 - 1):
        yield (
            f"time scale {scale} of the track",
            edited(h264, (*MEDIA, b"mdhd"), partial(poked, at=12, numbers=u32(scale))),
        )
        yield (
            f"time scale {scale} of the movie",
            edited(h264, (b"moov", b"mvhd"), partial(poked, at=12, numbers=u32(scale))),
        )
    yield "longest duration", edited(h264, (*MEDIA, b"mdhd"), partial(poked, at=16, numbers=u32(-1)))
    wide = u32(1 << 24) + u64(2**63) * 2 + u32(5) + u64(2**63) + u32(0)
    yield "a duration below nothing", edited(h264, (*MEDIA, b"mdhd"), _always(wide))
    yield (
        "made in the year 9999",
        edited(h264, (b"moov", b"mvhd"), _always(u32(1 << 24) + u64(255_611_376_000) * 2 + bytes(92))),
    )
    edits = {
        "one second fifty thousand times": [u32(1000, 0, 1 << 16)] * 50_000,
        "waiting for ever": [u32(-1, -1, 1 << 16), u32(1000, 0, 1 << 16)],
        "backwards": [u32(1000, 9000, 1 << 16), u32(1000, 0, 1 << 16)] * 50,
        "at no speed": [u32(1000, 0, 0)] * 3,
        "at a negative speed": [u32(1000, 0, -(1 << 16))],
        "from before the beginning": [u32(1000, -5000, 1 << 16)],
        "of no length": [u32(0, 0, 1 << 16)] * 1000,
        "from behind the end": [u32(2**31 - 1, 2**31 - 1, 1 << 16)],
    }
    for name, rows in edits.items():
        list_of_edits = box(b"edts", box(b"elst", u32(0, len(rows)), *rows))
        yield f"edits: {name}", edited(edited(h264, TRACK, partial(_without, b"edts")), TRACK, _appended(list_of_edits))
    yield "a billion edits", edited(h264, TRACK, _appended(box(b"edts", box(b"elst", u32(0, BILLION, 1, 0, 1)))))


def sizes(h264: bytes, mjpeg: bytes, drawn: bytes) -> Iterator[tuple[str, bytes]]:
    """Pictures of more points than any memory holds, by the container, by the codec, and by one of their frames."""
    entry = (*TABLE, b"stsd")
    huge = partial(poked, at=SIZE_IN_ENTRY, numbers=u16(65_500) * 2)
    yield "65,500 points each way by the container", edited(h264, entry, huge)
    yield "65,500 points each way by container and pictures", edited(jpeg_of_size(mjpeg, 65_500, 65_500), entry, huge)
    yield "65,500 points each way by the pictures", jpeg_of_size(mjpeg, 65_500, 65_500)
    yield "no points at all", edited(h264, entry, partial(poked, at=SIZE_IN_ENTRY, numbers=u16(0) * 2))
    thin = edited(jpeg_of_size(mjpeg, 65_500, 1), entry, partial(poked, at=SIZE_IN_ENTRY, numbers=u16(65_500) + u16(1)))
    yield "a single line of points", thin
    yield "sixteen thousand points each way", jpeg_of_size(mjpeg, 16_000, 16_000)
    for side in (65_520, 16_384, 4096):
        told = partial(_with_parameters, width=side, height=side)
        yield f"{side} points each way by the parameters", edited(h264, entry, told)
    yield "a parameter set of nothing", edited(h264, entry, partial(_replaced, b"avcC", b"\1\x42\0\x1e\xff\xe0\0"))
    yield (
        "a parameter set that is cut",
        edited(h264, entry, partial(_replaced, b"avcC", b"\1\x42\0\x1e\xff\xff\xff\xff\x67")),
    )
    yield "pictures that grow when unpacked", _exchanged_picture(drawn, png(3000, 3000, compress(bytes(9_003_000), 9)))
    yield (
        "pictures of 65,500 points that are packed",
        _exchanged_picture(drawn, png(65_500, 65_500, compress(bytes(1 << 20)))),
    )
    _, large = cv2.imencode(".jpg", np.zeros((2304, 4096, 3), np.uint8))
    yield "the largest picture twenty thousand times", _repeated(mjpeg, large.tobytes(), 20_000)
    for fourcc in (
        b"xxxx",
        b"\0\0\0\0",
        b"encv",
        b"text",
        b"tty ",
        b"gif ",
        b"SVQ3",
        b"rle ",
        b"8BPS",
        b"tga ",
        b"mp4a",
    ):
        yield f"codec {fourcc!r}", edited(h264, entry, partial(poked, at=12, numbers=fourcc))
    yield "a billion descriptions", edited(h264, entry, partial(poked, at=4, numbers=u32(BILLION)))
    yield "a thousand descriptions", edited(h264, entry, lambda kept: u32(0, 1000) + kept[8:] * 1000)


def elsewhere(h264: bytes, address: str) -> Iterator[tuple[str, bytes]]:
    """Movies whose pictures lie in another file or at another address."""
    reference = (*MEDIA, b"minf", b"dinf", b"dref")
    web = f"http://{address}/a.mp4".encode()
    for name, kind, target in (
        ("of the web", b"url ", web + b"\0"),
        ("of the machine", b"url ", b"file:///etc/passwd\0"),
        ("by a name", b"urn ", b"a\0" + web + b"\0"),
        ("by an alias", b"alis", _alias(b"/etc/passwd")),
        ("by an alias of the web", b"alis", _alias(web)),
        ("by a resource", b"rsrc", _alias(b"/etc/passwd")),
    ):
        yield f"pictures {name}", edited(h264, reference, _always(u32(0, 1) + box(kind, u32(0) + target)))
    yield (
        "a reference movie",
        KIND + box(b"moov", box(b"rmra", box(b"rmda", box(b"rdrf", u32(0) + b"url " + u32(len(web)) + web)))),
    )
    yield "a billion references", edited(h264, reference, _always(u32(0, BILLION) + box(b"url ", u32(1))))


def _always(content: bytes) -> Callable[[bytes], bytes]:
    return lambda _before: content


def _appended(more: bytes) -> Callable[[bytes], bytes]:
    return lambda before: before + more


def _without(kind: bytes, before: bytes) -> bytes:
    """Renamed, so that no place moves."""
    at = before.find(kind)
    return before if at < 0 else poked(before, at, b"free")


def _replaced(kind: bytes, content: bytes, before: bytes) -> bytes:
    """A box within a description of samples exchanged, the size of the description with it."""
    at = before.index(kind) - 4
    size = int.from_bytes(before[at : at + 4], "big")
    whole = before[:at] + box(kind, content) + before[at + size :]
    return poked(whole, 8, u32(len(whole) - 8))


def _with_parameters(before: bytes, width: int, height: int) -> bytes:
    told = h264_parameters(width, height)
    return _replaced(b"avcC", b"\1\x42\0\x33\xff\xe1" + u16(len(told)) + told + b"\1\0\4\x68\xce\x38\x80", before)


def _exchanged_picture(file: bytes, picture: bytes) -> bytes:
    """Every frame becomes that picture: it stands behind everything else."""
    grown = file + box(b"mdat", picture)
    at = len(file) + 8
    tables = ((b"stsz", u32(0, len(picture), 10)), (b"stsc", u32(0, 1, 1, 1, 1)), (b"stco", u32(0, 10, *[at] * 10)))
    for kind, content in tables:
        grown = edited(grown, (*TABLE, kind), _always(content))
    return edited(grown, (*TABLE, b"stco"), _always(u32(0, 10, *[len(grown) - len(picture)] * 10)))


def _repeated(file: bytes, picture: bytes, times: int) -> bytes:
    """One picture shown so many times, three thousandths of a second each."""
    grown = edited(file, TRACK, partial(_without, b"edts")) + box(b"mdat", picture)
    for kind, content in (
        (b"stts", u32(0, 1, times, 30)),
        (b"stsz", u32(0, len(picture), times)),
        (b"stsc", u32(0, 1, 1, 1, 1)),
        (b"stco", u32(0, times, *[0] * times)),
    ):
        grown = edited(grown, (*TABLE, kind), _always(content))
    return edited(grown, (*TABLE, b"stco"), _always(u32(0, times, *[len(grown) - len(picture)] * times)))


def _alias(target: bytes) -> bytes:
    name = target[:27]
    head = bytes(4) + u16(150 + len(target) + 4) + u16(2) + bytes(2) + bytes([len(name)]) + name + bytes(27 - len(name))
    volume = bytes(12) + bytes([len(name)]) + name + bytes(63 - len(name)) + bytes(16) + u16(1) + u16(1) + bytes(16)
    return head + volume + u16(2) + u16(len(target)) + target + b"\xff\xff\0\0"
