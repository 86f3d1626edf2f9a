"""Whether a signature of GOST R 34.10-2012 (RFC 7091) holds, on the curve of national keys.

Nothing here is secret, so that nothing has to take the same time.
"""

from typing import Final

from caseflow.signing.gost.constants import A, B, P, Q, X, Y
from caseflow.signing.gost.streebog import streebog512

HALF: Final = 64  # bytes of a number
Point = tuple[int, int] | None  # None is the point at infinity
BASE: Final = (X, Y)


def holds(public_key: bytes, signature: bytes, content: bytes) -> bool:
    """Whether whoever has the key signed the content. A key is x and y, each with its least significant byte first; a
    signature r and s in the same way, as national keys write it, or s and r with the most significant one first, as
    RFC 4491 does.
    """
    key = _point(public_key)
    if key is None or len(signature) != 2 * HALF:
        return False
    e = int.from_bytes(streebog512(content), "little") % Q or 1
    return any(_signed(key, r, s, e) for r, s in _numbers(signature))


def _numbers(signature: bytes) -> list[tuple[int, int]]:
    first, second = signature[:HALF], signature[HALF:]
    national = int.from_bytes(first, "little"), int.from_bytes(second, "little")
    return [national, (int.from_bytes(second), int.from_bytes(first))]


def _point(public_key: bytes) -> Point:
    """The key as a point; None where it is none of the curve."""
    if len(public_key) != 2 * HALF:
        return None
    x, y = int.from_bytes(public_key[:HALF], "little"), int.from_bytes(public_key[HALF:], "little")
    return (x, y) if x < P and y < P and (y * y - x * x * x - A * x - B) % P == 0 else None


def _signed(key: Point, r: int, s: int, e: int) -> bool:
    if not (0 < r < Q and 0 < s < Q):
        return False
    inverse = pow(e, -1, Q)
    found = added(times(s * inverse % Q, BASE), times(-r * inverse % Q, key))
    return found is not None and found[0] % Q == r


def times(number: int, point: Point) -> Point:
    """The point so many times. About 40 ms."""
    found: Point = None
    while number:
        if number & 1:
            found = added(found, point)
        point = added(point, point)
        number >>= 1
    return found


def added(one: Point, other: Point) -> Point:
    """The sum of two points."""
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = (3 * x1 * x1 + A) * pow(2 * y1, -1, P) if one == other else (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P
