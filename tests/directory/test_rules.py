"""What a valid entry of the roll is."""

import pytest

from caseflow.directory.rules import national_number_is_valid, phone_of_text


@pytest.mark.parametrize("number", ["130305655556", "130305655102"], ids=["first weights", "second weights"])
def test_a_national_number_carries_its_check_digit(number: str) -> None:
    others = [number[:11] + digit for digit in "0123456789" if digit != number[11]]

    assert national_number_is_valid(number)
    assert not any(national_number_is_valid(other) for other in others)


def test_a_national_number_without_a_check_digit_was_never_issued() -> None:
    assert not any(national_number_is_valid(f"13030565514{digit}") for digit in range(10))


@pytest.mark.parametrize("number", ["", "13030565555", "1303056555566", "13030565555x", "130305 655556"])
def test_anything_but_twelve_digits_is_no_national_number(number: str) -> None:
    assert not national_number_is_valid(number)


@pytest.mark.parametrize("text", ["+7 701 000 00 01", "8 (701) 000-00-01", "77010000001", "7010000001"])
def test_one_telephone_number_has_one_spelling(text: str) -> None:
    assert phone_of_text(text) == "+7 701 000 0001"


def test_a_number_of_another_country_keeps_it() -> None:
    assert phone_of_text("+996 555 123456") == "+996 555 123 456"
