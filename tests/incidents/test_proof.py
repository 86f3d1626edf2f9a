"""Work that is asked for grows with what arrives, is bounded, and cannot be passed on."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.incidents.rules.proof import LEAST_BITS, MOST_BITS, PUZZLES, bits_for, is_proven, zero_bits

EASY = 4


def solved(challenge: str, bits: int) -> str:
    """The numbers a device finds."""
    found = (
        next(str(number) for number in count() if zero_bits(f"{challenge}:{place}:{number}") >= bits)
        for place in range(PUZZLES)
    )
    return ".".join(found)


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=0, max_value=10**6))
def test_more_reports_never_make_it_easier_and_it_stays_within_its_bounds(few: int, more: int) -> None:
    assert LEAST_BITS <= bits_for(min(few, more)) <= bits_for(max(few, more)) <= MOST_BITS


def test_the_first_report_of_an_hour_is_the_cheapest_and_a_flood_the_dearest() -> None:
    assert (bits_for(0), bits_for(8), bits_for(1000)) == (11, 12, 14)


def test_what_a_device_found_is_a_proof_for_its_own_form_alone() -> None:
    answer = solved("this form", EASY)
    assert is_proven("this form", EASY, answer)
    assert not is_proven("another form", EASY, answer)
    assert not is_proven("this form", 40, answer)


@pytest.mark.parametrize("answer", ["", "0", ".".join("0" * PUZZLES), "1." * 500, "." * (PUZZLES - 1)])
def test_what_was_not_worked_for_is_no_proof(answer: str) -> None:
    assert not is_proven("this form", 16, answer)


def test_a_proof_lacks_no_puzzle_and_has_none_too_many() -> None:
    answer = solved("this form", EASY)
    assert not is_proven("this form", EASY, answer.rpartition(".")[0])
    assert not is_proven("this form", EASY, f"{answer}.0")


def test_zero_bits_are_counted_from_the_front() -> None:
    assert zero_bits("abc") == 0  # FIPS 180-4, example of SHA-256: ba7816bf…
