"""Without demo data the first visitor creates the first administrator and the first units, once."""

from datetime import date

import pytest
from django.test import Client

from caseflow.accounts.models import User
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, School, SchoolYear
from caseflow.directory.services.setup import AlreadySetUpError, Name, set_up
from tests.directory.factories import UserFactory

pytestmark = pytest.mark.django_db
FORM = {
    "username": "admin",
    "last_name": "Бекжанова",
    "first_name": "Нургуль",
    "password": "three words and a comma",
    "region_kk": "Маңғыстау облысы",
    "region_ru": "Мангистауская область",
    "district_kk": "Ақтау қаласы",
    "district_ru": "Актау",
    "school_kk": "№ 104 мектеп",
    "school_ru": "Школа № 104",
    "school_bin": "000140000001",
    "year_starts_on": "2026-09-01",
    "year_ends_on": "2027-08-31",
}


def test_the_sign_in_page_leads_to_the_set_up_while_nobody_can_sign_in() -> None:
    assert Client().get("/accounts/login/")["Location"] == "/directory/setup/"


def test_one_page_makes_the_administrator_and_the_first_units() -> None:
    client = Client()
    assert client.get("/directory/setup/").status_code == 200
    assert client.post("/directory/setup/", FORM)["Location"] == "/directory/members/"
    assert client.get("/directory/members/").status_code == 200
    membership = Membership.objects.get()
    assert (membership.role, membership.user.username, membership.unit) == (Role.SYSTEM_ADMIN, "admin", None)
    assert School.objects.get().district.region.name_kk == "Маңғыстау облысы"
    assert SchoolYear.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"password": "short"}, {"school_bin": "1"}, {"year_ends_on": "2026-08-31"}, {"region_ru": ""}]
)
def test_a_wrong_entry_creates_nothing(wrong: dict[str, str]) -> None:
    assert Client().post("/directory/setup/", FORM | wrong).status_code == 422
    assert not User.objects.filter(is_active=True).exists()
    assert School.objects.count() == 0


def test_it_closes_as_soon_as_somebody_can_sign_in() -> None:
    UserFactory.create()
    assert Client().get("/directory/setup/").status_code == 302
    assert Client().post("/directory/setup/", FORM).status_code == 302
    assert School.objects.count() == 0


def test_of_two_who_set_it_up_at_the_same_time_the_second_changes_nothing() -> None:
    first = UserFactory.create()
    place = Name("Атау", "Название")

    with pytest.raises(AlreadySetUpError):
        set_up(
            administrator=User(username="second"),
            password="three words and a comma",
            region=place,
            district=place,
            school=place,
            school_bin="000140000001",
            year=(date(2026, 9, 1), date(2027, 8, 31)),
        )

    assert list(User.objects.filter(is_active=True)) == [first]
    assert School.objects.count() == Membership.objects.count() == 0
