"""Staff are found by the beginning of a name, in capitals or not, on either database."""

import pytest

from caseflow.accounts.models import User
from caseflow.directory.rules import is_called
from tests.directory.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["Өтеген", "өтеген", "ӨТЕГЕН", "өт", "айгүл", "смит-о", "Смит-Оспан"])
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    UserFactory.create(last_name="Өтегенова", first_name="Айгүл")
    UserFactory.create(last_name="Смит-Оспанова", first_name="Айгүл")
    UserFactory.create(last_name="Бекова", first_name="Дана")
    found = {user.last_name for user in User.objects.filter(is_called(typed))}
    assert found
    assert "Бекова" not in found
