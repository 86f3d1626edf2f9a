"""Spoils a sound video as a broken disk, a broken network and a fuzzer do. Pure: the same dice, the same file."""

import re
from collections.abc import Callable, Sequence
from itertools import chain
from random import Random
from typing import TypeAlias

Mutation: TypeAlias = Callable[[bytearray, bytes, Random], None]
"""Changes the file in place; the second file is another sound one to take parts of."""

MOST_AT_ONCE = 3
# Where sizes, counts and dimensions lie: boxes of MP4, chunks of AVI, elements of Matroska.
STRUCTURE = re.compile(
    rb"ftyp|moov|mvhd|trak|tkhd|edts|elst|mdia|mdhd|hdlr|minf|dinf|dref|stbl|stsd|stts|ctts|stss|stsc|stsz|stco|co64|"
    rb"mdat|moof|mfhd|traf|tfhd|tfdt|trun|sidx|mvex|trex|udta|meta|avc1|avcC|hvc1|hvcC|mp4v|esds|RIFF|LIST|avih|strl|"
    rb"strh|strf|JUNK|movi|idx1|indx|00dc|"
    rb"\x1a\x45\xdf\xa3|\x18\x53\x80\x67|\x11\x4d\x9b\x74|\x15\x49\xa9\x66|\x16\x54\xae\x6b|\x1f\x43\xb6\x75|"
    rb"\x1c\x53\xbb\x6b|\x2a\xd7\xb1|\x44\x89|\x23\xe3\x83|\x63\xa2"
)
INTERESTING = (0, 1, 2, 7, 8, 15, 16, 127, 128, 255, 256, 32767, 32768, 65500, 65535, 65536, 10**9, 2**31 - 1, 2**31,
               2**32 - 2, 2**32 - 1, 2**32, 2**63 - 1, 2**63, 2**64 - 1)  # fmt: skip
WIDTHS = (1, 2, 4, 8)


def mutated(seeds: Sequence[bytes], dice: Random) -> tuple[bytes, str]:
    """One of the seeds, spoilt, and how."""
    content, other = bytearray(dice.choice(seeds)), dice.choice(seeds)
    mutations = dice.choices(MUTATIONS, k=dice.randint(1, MOST_AT_ONCE))
    for mutation in mutations:
        mutation(content, other, dice)
        if not content:
            break
    return bytes(content), "+".join(mutation.__name__ for mutation in mutations)


def flip_bits(content: bytearray, _other: bytes, dice: Random) -> None:
    for _ in range(dice.choice((1, 2, 4, 16, 64, 512))):
        content[_place(content, dice)] ^= 1 << dice.randrange(8)


def overwrite_run(content: bytearray, _other: bytes, dice: Random) -> None:
    start, end = _block(content, dice)
    filling = dice.choice((b"\0", b"\xff", b"A", dice.randbytes(1), dice.randbytes(16)))
    content[start:end] = (filling * (end - start))[: end - start]


def scramble(content: bytearray, _other: bytes, dice: Random) -> None:
    start, end = _block(content, dice)
    content[start:end] = dice.randbytes(end - start)


def copy_block(content: bytearray, _other: bytes, dice: Random) -> None:
    start, end = _block(content, dice)
    to = _place(content, dice)
    content[to : to + end - start] = content[start:end]


def duplicate_block(content: bytearray, _other: bytes, dice: Random) -> None:
    start, end = _block(content, dice)
    content[end:end] = content[start:end] * dice.choice((1, 1, 2, 30))


def delete_block(content: bytearray, _other: bytes, dice: Random) -> None:
    start, end = _block(content, dice)
    del content[start:end]


def insert_rubbish(content: bytearray, _other: bytes, dice: Random) -> None:
    at = _place(content, dice)
    content[at:at] = dice.randbytes(dice.choice((1, 3, 8, 200, 5000)))


def truncate(content: bytearray, _other: bytes, dice: Random) -> None:
    del content[dice.randrange(len(content)) :]


def lose_the_rest(content: bytearray, _other: bytes, dice: Random) -> None:
    """As a download does that reserved its place first."""
    start = dice.randrange(len(content))
    content[start:] = bytes(len(content) - start)


def exchange_number(content: bytearray, _other: bytes, dice: Random) -> None:
    """A number of the container becomes one at the edge of what fits."""
    width = dice.choice(WIDTHS)
    at = max(0, _structural(content, dice) + dice.randrange(-8, 64))
    number = dice.choice(INTERESTING) % (1 << 8 * width)
    content[at : at + width] = number.to_bytes(width, dice.choice(("big", "little")))


def nudge_number(content: bytearray, _other: bytes, dice: Random) -> None:
    at = max(0, _structural(content, dice) + dice.randrange(-4, 40))
    for place in range(at, min(at + dice.choice(WIDTHS), len(content))):
        content[place] = (content[place] + dice.choice((-1, 1, 16, -16))) % 256


def exchange_size(content: bytearray, _other: bytes, dice: Random) -> None:
    """The size of a box or chunk: in MP4 it stands before the name, elsewhere behind it."""
    at = _structural(content, dice) + dice.choice((-4, 4))
    content[max(0, at) : at + 4] = (dice.choice(INTERESTING) % (1 << 32)).to_bytes(4, dice.choice(("big", "little")))


def rename(content: bytearray, _other: bytes, dice: Random) -> None:
    """One box gets the name of another."""
    here, there = _structural(content, dice), _structural(content, dice)
    content[here : here + 4] = content[there : there + 4]


def splice(content: bytearray, other: bytes, dice: Random) -> None:
    del content[dice.randrange(len(content)) :]
    content += other[dice.randrange(len(other)) :]


def exchange_body(content: bytearray, other: bytes, dice: Random) -> None:
    """The head of one with the body of the other."""
    at, there = _structural(content, dice), _structural(bytearray(other), dice)
    content[at:] = other[there:]


def swap_blocks(content: bytearray, _other: bytes, dice: Random) -> None:
    places = sorted(_place(content, dice) for _ in range(4))
    a, b, c, d = places
    content[a:d] = content[c:d] + content[b:c] + content[a:b]


MUTATIONS: tuple[Mutation, ...] = (
    flip_bits, flip_bits, overwrite_run, scramble, copy_block, duplicate_block, delete_block, insert_rubbish, truncate,
    lose_the_rest, exchange_number, exchange_number, exchange_number, nudge_number, nudge_number, exchange_size,
    exchange_size, rename, splice, exchange_body, swap_blocks,
)  # fmt: skip


def _place(content: bytearray, dice: Random) -> int:
    """Anywhere, but half of the time where the container describes itself."""
    if dice.random() < 0.5:
        return min(max(0, _structural(content, dice) + dice.randrange(-8, 96)), len(content) - 1)
    return dice.randrange(len(content))


def _structural(content: bytearray, dice: Random) -> int:
    return dice.choice([*chain((0,), (found.start() for found in STRUCTURE.finditer(content)))])


def _block(content: bytearray, dice: Random) -> tuple[int, int]:
    start = _place(content, dice)
    return start, min(len(content), start + dice.choice((1, 4, 16, 64, 256, 2000)))
