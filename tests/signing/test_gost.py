"""The digest and the curve of national keys: the examples of the standards, and what must not hold."""

from secrets import randbelow

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.signing.gost.constants import A, B, P, Q
from caseflow.signing.gost.curve import BASE, HALF, added, holds, times
from caseflow.signing.gost.streebog import streebog512
from tests.signing.national_keys import signature

# RFC 6986, appendix A, in the order of a file; the last is the second message there.
DIGESTS = {
    b"": "8e945da209aa869f0455928529bcae4679e9873ab707b55315f56ceb98bef0a7"
    "362f715528356ee83cda5f2aac4c6ad2ba3a715c1bcd81cb8e9f90bf4c1c1a8a",
    b"012345678901234567890123456789012345678901234567890123456789012": "1b54d01a4af5b9d5cc3d86d68d285462"
    "b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48",
    "Се ветри, Стрибожи внуци, веютъ с моря стрелами на храбрыя плъкы Игоревы".encode("cp1251"): (
        "1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376"
        "035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28"
    ),
}


@pytest.mark.parametrize("message", DIGESTS)
def test_the_examples_of_the_standard_have_their_digests(message: bytes) -> None:
    assert streebog512(message).hex() == DIGESTS[message]


@given(content=st.binary(max_size=200), place=st.integers(0, 199))
@settings(max_examples=40, deadline=None)
def test_another_byte_is_another_digest(content: bytes, place: int) -> None:
    changed = bytearray(content or b"\0")
    changed[place % len(changed)] ^= 1
    assert streebog512(bytes(changed)) != streebog512(content)
    assert streebog512(content + b"\0") != streebog512(content)


def test_the_base_is_a_point_of_the_curve_of_prime_order() -> None:
    x, y = BASE
    assert (y * y - x**3 - A * x - B) % P == 0
    assert times(Q, BASE) is None
    assert added(times(5, BASE), times(7, BASE)) == times(12, BASE)
    assert added(times(3, BASE), None) == times(3, BASE)
    assert added(times(3, BASE), times(Q - 3, BASE)) is None


@pytest.fixture(scope="module")
def secret() -> int:
    return randbelow(Q - 1) + 1


def public(secret: int) -> bytes:
    point = times(secret, BASE)
    assert point is not None
    return b"".join(number.to_bytes(HALF, "little") for number in point)


@pytest.mark.parametrize("rfc", [False, True])
def test_a_signature_holds_for_its_content_and_key_in_both_orders(secret: int, rfc: bool) -> None:
    made, key = signature(secret, b"content", rfc=rfc), public(secret)
    assert holds(key, made, b"content")
    assert not holds(key, made, b"contenu")
    assert not holds(public(secret + 1), made, b"content")
    for place in (0, HALF - 1, HALF, 2 * HALF - 1):
        spoilt = bytearray(made)
        spoilt[place] ^= 1
        assert not holds(key, bytes(spoilt), b"content")


def test_what_is_no_key_or_no_signature_never_holds(secret: int) -> None:
    made, key = signature(secret, b"content"), public(secret)
    nought, most = b"\0" * HALF, Q.to_bytes(HALF, "little")
    for wrong in (nought + made[HALF:], made[:HALF] + nought, most + made[HALF:], made[:HALF] + most, made[:-1], b""):
        assert not holds(key, wrong, b"content")
    for wrong in (key[:-1], b"\0" * 2 * HALF, P.to_bytes(HALF, "little") + key[HALF:], b"\xff" * 2 * HALF):
        assert not holds(wrong, made, b"content")
