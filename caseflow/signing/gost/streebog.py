"""The digest of 512 bits of GOST R 34.11-2012 («Streebog», RFC 6986).

Written here, since no kept-up library has it; the examples of the standard are its tests. Bytes are in the order of a
file: the first one is the least significant of the standard's numbers.
"""

from typing import Final

from caseflow.signing.gost.constants import PI, ROUNDS, ROWS

BLOCK: Final = 64  # bytes
MODULUS: Final = 1 << 512


def _tables() -> list[list[int]]:
    """What substitution and linear transformation make of each byte at each of eight places."""
    rows = [int.from_bytes(ROWS[place : place + 8]) for place in range(0, len(ROWS), 8)]
    tables = []
    for place in range(8):
        table = []
        for byte in PI:
            made = 0
            for bit in range(8):
                if byte >> bit & 1:
                    made ^= rows[8 * place + bit]
            table.append(made)
        tables.append(table)
    return tables


TABLES: Final = _tables()
CONSTANTS: Final = [int.from_bytes(ROUNDS[place : place + BLOCK], "little") for place in range(0, len(ROUNDS), BLOCK)]


def streebog512(content: bytes) -> bytes:
    """The digest, 64 bytes. About half a megabyte a second."""
    state = length = total = 0
    whole = len(content) // BLOCK * BLOCK
    for place in range(0, whole, BLOCK):
        block = int.from_bytes(content[place : place + BLOCK], "little")
        state = _compressed(state, length, block)
        length += 8 * BLOCK
        total = (total + block) % MODULUS
    rest = content[whole:]
    last = int.from_bytes(rest, "little") | 1 << 8 * len(rest)
    state = _compressed(state, length, last)
    state = _compressed(state, 0, length + 8 * len(rest))
    state = _compressed(state, 0, (total + last) % MODULUS)
    return state.to_bytes(BLOCK, "little")


def _compressed(state: int, length: int, block: int) -> int:
    key, text = _mixed(state ^ length), block
    for constant in CONSTANTS:
        text = _mixed(text ^ key)
        key = _mixed(key ^ constant)
    return text ^ key ^ state ^ block


def _mixed(number: int) -> int:
    """Substitution, transposition and linear transformation at once."""
    data = number.to_bytes(BLOCK, "little")
    zero, one, two, three, four, five, six, seven = TABLES
    return int.from_bytes(
        b"".join(
            (
                zero[data[place]]
                ^ one[data[8 + place]]
                ^ two[data[16 + place]]
                ^ three[data[24 + place]]
                ^ four[data[32 + place]]
                ^ five[data[40 + place]]
                ^ six[data[48 + place]]
                ^ seven[data[56 + place]]
            ).to_bytes(8, "little")
            for place in range(8)
        ),
        "little",
    )
