"""MP4 and MOV whose boxes do not end, hold one another without end, or are all there is."""

from collections.abc import Iterator
from zlib import compress

from bench.hostile.crafted_movies import BILLION, KIND
from bench.hostile.writing import box, poked, u32, u64

DEPTH = 20_000


def boxes(h264: bytes, fragmented: bytes) -> Iterator[tuple[str, bytes]]:
    at = h264.index(b"moov") - 4
    index, before = h264[at:], h264[:at]
    yield "a kind alone", KIND
    yield "a kind and pictures", KIND + box(b"mdat", bytes(1000))
    yield "an index alone", KIND + index
    yield "an empty index", KIND + box(b"moov")
    yield "an index without tracks", KIND + box(b"moov", box(b"mvhd", bytes(100)))
    yield "five hundred indices", before + index * 500
    yield "two thousand tracks", KIND + box(b"moov", box(b"mvhd", bytes(100)), *[box(b"trak", index[116:400])] * 2000)
    yield "pictures without an end", poked_size(h264, b"mdat", 0)
    yield "pictures longer than any disk", KIND + u32(1) + b"mdat" + u64(2**63 - 1) + bytes(100) + index
    yield "pictures of a negative length", KIND + u32(1) + b"mdat" + u64(-1) + bytes(100) + index
    for size in (0, 1, 7, 8, 15, 2**31 - 1, 2**31, 2**32 - 1):
        yield f"an index of size {size}", poked_size(h264, b"moov", size)
        yield f"a track of size {size}", poked_size(h264, b"trak", size)
    yield "a hundred thousand boxes of nothing", KIND + box(b"free") * 100_000 + before[len(KIND) :] + index
    for kind in (b"moov", b"trak", b"udta", b"meta", b"wave", b"moof"):
        yield f"{DEPTH} times {kind.decode()} within itself", KIND + nested(kind, DEPTH)
    bomb = compress(bytes(64 << 20), 9)
    packed = box(b"dcom", b"zlib")
    yield "a packed index that grows", KIND + box(b"moov", box(b"cmov", packed, box(b"cmvd", u32(64 << 20) + bomb)))
    yield (
        "a packed index of two gigabytes",
        KIND + box(b"moov", box(b"cmov", packed, box(b"cmvd", u32(2**31 - 1) + bomb))),
    )
    again = box(b"moov", box(b"cmov", packed, box(b"cmvd", u32(len(index)) + compress(index))))
    yield "a packed index", before + again
    yield "words of a gigabyte", before + _with_words(index, u32(BILLION) + b"\xa9nam" + bytes(50))
    yield "words of nothing", before + _with_words(index, box(b"\xa9nam", b"\xff\xff\0\0") * 5000)
    yield (
        "a picture of the cover that is none",
        before + _with_words(index, box(b"meta", u32(0) + _cover(b"\xff\xd8" * 50))),
    )
    yield "a still in the way of telephones", _still()
    yield from fragments(fragmented)


def fragments(fragmented: bytes) -> Iterator[tuple[str, bytes]]:
    at = fragmented.index(b"moof") - 4
    head, rest = fragmented[:at], fragmented[at:]
    yield "fragments without an index", KIND + rest
    yield "an index of no fragment", head
    yield "the same fragment two hundred times", head + rest * 200
    yield "fragments of no size", head + box(b"moof") * 20_000
    runs = {
        "a billion frames in one fragment": u32(1, BILLION, 0),
        "a billion frames of their own size": u32(0x301, BILLION, 0),
        "a hundred million frames of nothing": u32(0, 100_000_000),
    }
    for name, run in runs.items():
        track = box(b"traf", box(b"tfhd", u32(0x38, 1, 1, 1, 0)), box(b"trun", run))
        yield name, head + box(b"moof", box(b"mfhd", u32(0, 1)), track) + box(b"mdat", bytes(100))
    of_track = rest.index(b"tfhd") + 8
    yield "fragments of a foreign track", head + poked(rest, of_track, u32(99))
    yield "fragments in the last of times", head + _last_times(rest)
    index = box(b"sidx", u32(0, 1, 1000, 0, 0) + u32(0xFFFF) + u32(0x80000000, 1, 0) * 0xFFFF)
    yield "an index of itself", head + index + rest
    yield (
        "a random access of itself",
        fragmented + box(b"mfra", box(b"tfra", u32(1 << 24, 1, 0x3F, BILLION)), box(b"mfro", u32(0, 16))),
    )


def nested(kind: bytes, depth: int) -> bytes:
    """Boxes in boxes, each of the right size."""
    return b"".join(u32(8 * (depth - level)) + kind for level in range(depth))


def poked_size(file: bytes, kind: bytes, size: int) -> bytes:
    at = file.index(kind) - 4
    return file[:at] + u32(size) + file[at + 4 :]


def _with_words(index: bytes, words: bytes) -> bytes:
    return box(b"moov", index[8:], box(b"udta", words))


def _cover(picture: bytes) -> bytes:
    handler = box(b"hdlr", u32(0, 0) + b"mdirappl" + bytes(9))
    return handler + box(b"ilst", box(b"covr", box(b"data", u32(13, 0) + picture)) * 200)


def _last_times(rest: bytes) -> bytes:
    at = rest.index(b"tfdt") + 4
    return rest[:at] + u32(1 << 24) + u64(2**63 - 1) + rest[at + 12 :]


def _still() -> bytes:
    kind = box(b"ftyp", b"heic" + u32(0) + b"mif1heic")
    places = box(b"iloc", u32(1 << 24) + b"\x44\0\xff\xff" + u32(0, 0, 0, 0) * 2000)
    pictures = box(b"iinf", u32(0) + b"\xff\xff" + box(b"infe", u32(2 << 24) + b"\0\1\0\0hvc1\0") * 2000)
    grid = box(b"iref", u32(0), box(b"dimg", b"\0\1\xff\xff" + b"\0\1" * 5000))
    head = box(b"hdlr", u32(0, 0) + b"pict" + bytes(13))
    return kind + box(b"meta", u32(0), head, box(b"pitm", u32(0) + b"\0\1"), places, pictures, grid)
