import pytest

from caseflow.accounts.models import User


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("Сабырова", "Айгүл", "Маратқызы"), "Сабырова\N{NO-BREAK SPACE}А.\N{NO-BREAK SPACE}М."),
        (("Ли", "Давид", ""), "Ли\N{NO-BREAK SPACE}Д."),
        (("Ли", "", ""), "Ли"),
        (("", "Давид", ""), "Д."),
        (("", "", ""), ""),
    ],
)
def test_a_short_name_is_never_parted_over_two_lines(names: tuple[str, str, str], shown: str) -> None:
    last, first, patronymic = names
    assert User(last_name=last, first_name=first, patronymic=patronymic).short_name == shown
