"""Matroska and WebM whose elements lie, loop, nest, unpack to gigabytes or refer elsewhere."""

import struct
from collections.abc import Iterator
from zlib import compress

from bench.hostile.writing import UNKNOWN_SIZE, element, jpeg_of_size, number, png, poked, u16

HEAD = element(0x1A45DFA3, number(0x4286, 1) + element(0x4282, b"matroska") + number(0x4287, 4) + number(0x4285, 2))
SEGMENT, INFO, TRACKS, CLUSTER, CUES, SEEK_HEAD = 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0x1C53BB6B, 0x114D9B74
SOUND_INFO = element(INFO, number(0x2AD7B1, 1_000_000))
DEPTH = 20_000


def track(codec: bytes, width: int, height: int, more: bytes = b"", *, place: int = 1) -> bytes:
    picture = element(0xE0, number(0xB0, width) + number(0xBA, height))
    names = number(0xD7, place) + number(0x73C5, place) + number(0x83, 1) + element(0x86, codec)
    return element(0xAE, names + picture + more)


def blocks(contents: list[bytes], *, at: int = 0, apart: int = 200, flags: int = 0x80) -> bytes:
    frames = (
        element(0xA3, b"\x81" + struct.pack(">h", max(-(2**15), min(2**15 - 1, n * apart))) + bytes([flags]) + content)
        for n, content in enumerate(contents)
    )
    return element(CLUSTER, number(0xE7, at) + b"".join(frames))


def file(tracks: bytes, *clusters: bytes, info: bytes = SOUND_INFO) -> bytes:
    return HEAD + element(SEGMENT, info + element(TRACKS, tracks) + b"".join(clusters))


def matroska(frame: bytes, address: str) -> Iterator[tuple[str, bytes]]:
    """`frame` is one sound JPEG of 160 by 96 points."""
    jpeg = track(b"V_MJPEG", 160, 96)
    sound = blocks([frame] * 5)
    yield "a head alone", HEAD
    yield "a segment of nothing", HEAD + element(SEGMENT, b"")
    yield "tracks without pictures", file(jpeg)
    yield "pictures without tracks", HEAD + element(SEGMENT, SOUND_INFO + sound)
    yield "a segment of unknown size", HEAD + element(SEGMENT, SOUND_INFO + element(TRACKS, jpeg) + sound, UNKNOWN_SIZE)
    yield "everything of unknown size", HEAD + element(SEGMENT, element(INFO, b"", UNKNOWN_SIZE) * 5000, UNKNOWN_SIZE)
    yield "tracks of a thousand petabytes", HEAD + element(SEGMENT, element(TRACKS, jpeg, 2**55))
    yield "a head of a gigabyte", element(0x1A45DFA3, bytes(100), 10**9)
    yield "a kind of a hundred megabytes", element(0x1A45DFA3, element(0x4282, b"m" * 100, 10**8))
    yield (
        "sizes of 255 bytes",
        element(0x1A45DFA3, number(0x42F3, 255) + number(0x42F2, 255) + element(0x4282, b"webm")) + HEAD,
    )
    for name, scale in (("no", 0), ("the longest", 2**63 - 1), ("a negative", 2**64 - 1)):
        yield f"{name} time scale", file(jpeg, sound, info=element(INFO, number(0x2AD7B1, scale)))
    for name, length in (("not a number", "nan"), ("endless", "inf"), ("negative", "-1e300"), ("longest", "1e300")):
        told = number(0x2AD7B1, 1_000_000) + element(0x4489, struct.pack(">d", float(length)))
        yield f"a duration that is {name}", file(jpeg, sound, info=element(INFO, told))
    for name, at, apart in (("backwards", 10**6, -200), ("at the end of time", 2**62, 200), ("at once", 0, 0)):
        yield f"pictures {name}", file(jpeg, blocks([frame] * 20, at=at, apart=apart))
    yield "pictures a year apart", file(jpeg, *(blocks([frame], at=n * 31_536_000_000) for n in range(5)))
    yield "no time between pictures", file(track(b"V_MJPEG", 160, 96, number(0x23E383, 0)), sound)
    yield "a nanosecond between pictures", file(track(b"V_MJPEG", 160, 96, number(0x23E383, 1)), sound)
    yield "an age between pictures", file(track(b"V_MJPEG", 160, 96, number(0x23E383, 2**63)), sound)
    yield "a hundred thousand empty pictures", file(jpeg, blocks([b""] * 100_000, apart=0))
    yield "fifty thousand pictures at once", file(jpeg, blocks([frame[:40]] * 50_000, apart=0))
    for kind, laces in (("xiph", 0x82), ("fixed", 0x84), ("ebml", 0x86)):
        yield f"laces by {kind} without an end", file(jpeg, blocks([b"\xff" * 2000] * 5, flags=laces))
    yield from sizes(frame)
    yield from unpacked(frame)
    yield from loops(jpeg, sound, address)
    for codec in (
        b"",
        b"V_NOTHING",
        b"V_MS/VFW/FOURCC",
        b"V_QUICKTIME",
        b"V_MPEG4/ISO/AVC",
        b"A_AAC",
        b"S_TEXT/UTF8",
        b"V_REAL/RV40",
    ):
        yield f"codec {codec!r}", file(track(codec, 160, 96, element(0x63A2, b"\xff" * 60)), sound)
    yield "private words of a gigabyte", file(track(b"V_MJPEG", 160, 96, element(0x63A2, b"a", 10**9)), sound)
    yield "five thousand tracks", file(b"".join(track(b"V_MJPEG", 160, 96, place=n) for n in range(1, 5001)), sound)
    yield (
        "a picture with a secret",
        file(track(b"V_MJPEG", 160, 96, _coding(element(0x5035, number(0x47E1, 5)), 1)), sound),
    )


def sizes(frame: bytes) -> Iterator[tuple[str, bytes]]:
    huge = jpeg_of_size(frame, 65_500, 65_500)
    yield "65,500 points each way by the track", file(track(b"V_MJPEG", 65_500, 65_500), blocks([frame] * 5))
    yield "65,500 points each way by track and pictures", file(track(b"V_MJPEG", 65_500, 65_500), blocks([huge] * 5))
    yield (
        "65,500 points each way from the third picture on",
        file(track(b"V_MJPEG", 160, 96), blocks([frame] * 2 + [huge] * 3)),
    )
    grown = jpeg_of_size(frame, 8000, 8000)
    yield (
        "8,000 points each way from the third picture on",
        file(track(b"V_MJPEG", 160, 96), blocks([frame] * 2 + [grown] * 3)),
    )
    yield "points of four billions", file(track(b"V_MJPEG", 2**32 - 1, 2**32 - 1), blocks([frame] * 5))
    yield "no points", file(track(b"V_MJPEG", 0, 0), blocks([frame] * 5))
    raw = element(0xE0, number(0xB0, 65_500) + number(0xBA, 65_500) + element(0x2EB524, b"BGR\x18"))
    names = number(0xD7, 1) + number(0x73C5, 1) + number(0x83, 1) + element(0x86, b"V_UNCOMPRESSED")
    yield "65,500 points each way of no codec", file(element(0xAE, names + raw), blocks([bytes(1000)] * 5))
    yield "65,536 points each way of vp9", file(track(b"V_VP9", 64, 64), blocks([_vp9(65_536)] * 5))
    yield "16,383 points each way of vp8", file(track(b"V_VP8", 64, 64), blocks([_vp8(16_383)] * 5))
    packed = compress(bytes(9_003_000), 9)
    portrait = element(0x63A2, b"\x28\0\0\0" + bytes(12) + b"\1\0\x18\0MPNG" + bytes(20))
    pictured = track(b"V_MS/VFW/FOURCC", 3000, 3000, portrait)
    yield "pictures that grow when unpacked", file(pictured, blocks([png(3000, 3000, packed)] * 10))


def unpacked(frame: bytes) -> Iterator[tuple[str, bytes]]:
    """Blocks that are packed: with nothing, twice, and to a thousand times their size."""
    bomb = compress(bytes(256 << 20), 9)
    for name, algorithm in (("zlib", 0), ("bzip", 1), ("lzo", 2), ("an unknown way", 9)):
        coded = track(b"V_MJPEG", 160, 96, _coding(element(0x5034, number(0x4254, algorithm)), 0))
        yield f"blocks by {name} that grow", file(coded, blocks([bomb] * 3))
        yield f"blocks by {name} that are none", file(coded, blocks([frame] * 3))
    stripped = element(0x5034, number(0x4254, 3) + element(0x4255, bytes(1 << 20)))
    yield (
        "blocks that each lost a megabyte",
        file(track(b"V_MJPEG", 160, 96, _coding(stripped, 0)), blocks([frame[:9]] * 3000)),
    )


def loops(jpeg: bytes, sound: bytes, address: str) -> Iterator[tuple[str, bytes]]:
    """Directories that lead back to themselves, names within names, and what lies elsewhere."""
    place = len(HEAD) + 12
    itself = element(SEEK_HEAD, element(0x4DBB, element(0x53AB, b"\x11\x4d\x9b\x74") + number(0x53AC, 0)) * 100)
    yield (
        "a directory that leads to itself",
        HEAD + element(SEGMENT, itself + SOUND_INFO + element(TRACKS, jpeg) + sound),
    )
    cues = element(0x4DBB, element(0x53AB, b"\x1c\x53\xbb\x6b") + number(0x53AC, place))
    yield (
        "a directory to nowhere",
        HEAD + element(SEGMENT, element(SEEK_HEAD, cues * 1000) + element(TRACKS, jpeg) + sound),
    )
    point = element(0xBB, number(0xB3, 0) + element(0xB7, number(0xF7, 1) + number(0xF1, 0)))
    yield "a hundred thousand places that are one", file(jpeg, element(CUES, point * 100_000), sound)
    yield "one picture two thousand times", file(jpeg, *[sound] * 400)
    for name, kind in (("segments", SEGMENT), ("clusters", CLUSTER), ("groups", 0xA0), ("tracks", 0xAE)):
        yield f"{name} within {name}", HEAD + element(SEGMENT, _nested(kind, DEPTH))
    yield "names within names", file(jpeg, element(0x1254C367, element(0x7373, _nested(0x67C8, DEPTH))), sound)
    yield "chapters within chapters", file(jpeg, element(0x1043A770, element(0x45B9, _nested(0xB6, DEPTH))), sound)
    web = f"http://{address}/a.mkv".encode()
    linked = element(INFO, number(0x2AD7B1, 1_000_000) + element(0x3EB923, b"\1" * 16) + element(0x3E83BB, web))
    yield "the next part lies on the web", file(jpeg, sound, info=linked)
    attached = (
        element(0x466E, b"../../../etc/passwd") + element(0x4660, b"image/jpeg") + element(0x465C, b"\xff\xd8" * 99)
    )
    yield "an attachment by a path", file(jpeg, element(0x1941A469, element(0x61A7, attached) * 500), sound)
    covered = element(0x466E, b"cover.jpg") + element(0x4660, b"image/jpeg") + element(0x465C, sound)
    yield "a cover and no picture", file(b"", element(0x1941A469, element(0x61A7, covered)))


def _coding(how: bytes, kind: int) -> bytes:
    return element(0x6D80, element(0x6240, number(0x5031, 0) + number(0x5032, 1) + number(0x5033, kind) + how))


def _nested(kind: int, depth: int) -> bytes:
    head = len(element(kind, b""))
    return b"".join(element(kind, b"", head * (depth - level - 1)) for level in range(depth))


def _vp9(side: int) -> bytes:
    bits = int("10000010" + f"{0x498342:024b}" + "0010" + f"{side - 1:016b}" * 2 + "0" * 20, 2)
    return bits.to_bytes(11, "big") + bytes(200)


def _vp8(side: int) -> bytes:
    size = side.to_bytes(2, "little")
    return poked(b"\x10\x02\0\x9d\x01\x2a" + bytes(400), 6, size * 2 + u16(0))
