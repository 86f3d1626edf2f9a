import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from caseflow.accounts.models import Phone, User
from caseflow.accounts.rules import dialled
from caseflow.accounts.selectors import address_of
from caseflow.accounts.services.reaching import set_reach
from caseflow.audit.models import AuditEntry
from caseflow.records.models import DataKey
from tests.directory.factories import UserFactory
from tests.notifications.factories import signed_in

pytestmark = pytest.mark.django_db
PAGE = reverse("accounts:reach")
NUMBER = "+77010000001"


@pytest.fixture
def person() -> User:
    return UserFactory.create(language="en")


@pytest.fixture
def browser(person: User) -> Client:
    return signed_in(person)


@pytest.mark.parametrize("typed", ["+7 701 000 0001", "8 (701) 000-00-01", "7010000001", NUMBER])
def test_a_number_has_one_spelling_however_it_is_typed(typed: str) -> None:
    assert dialled(typed) == NUMBER


@pytest.mark.parametrize("typed", ["12", "phone", "+7 701", ""])
def test_what_nobody_can_dial_is_none(typed: str) -> None:
    assert dialled(typed) is None


def test_both_addresses_are_kept_and_shown_to_their_person(person: User, browser: Client) -> None:
    answer = browser.post(PAGE, {"email": "me@people.example", "phone": "8 701 000 00 01"})
    assert answer.status_code == 302
    assert address_of(person.pk, "email") == "me@people.example"
    assert address_of(person.pk, "sms") == NUMBER
    assert NUMBER in browser.get(PAGE).content.decode()
    assert AuditEntry.objects.filter(action="reach_changed", actor=person.pk).count() == 1


def test_the_number_lies_sealed_in_the_database(person: User) -> None:
    set_reach(person, email="", phone=NUMBER)
    with connection.cursor() as query:
        query.execute("SELECT number_sealed FROM accounts_phone")
        (sealed,) = query.fetchone()
    assert NUMBER.encode() not in bytes(sealed)
    assert len(bytes(sealed)) == len(NUMBER) + 28


def test_what_is_emptied_is_forgotten_with_its_key(person: User) -> None:
    set_reach(person, email="me@people.example", phone=NUMBER)
    set_reach(person, email="", phone="")
    assert (address_of(person.pk, "email"), address_of(person.pk, "sms")) == (None, None)
    assert not Phone.objects.exists()
    assert not DataKey.objects.filter(purpose="phone").exists()


def test_who_may_not_sign_in_any_more_has_no_address(person: User) -> None:
    set_reach(person, email="me@people.example", phone=NUMBER)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert [address_of(person.pk, channel) for channel in ("email", "sms", "push")] == [None, None, None]


def test_what_is_no_address_is_refused(person: User, browser: Client) -> None:
    answer = browser.post(PAGE, {"email": "nobody", "phone": "12"})
    assert answer.status_code == 422
    assert "This is not a telephone number." in answer.content.decode()
    assert address_of(person.pk, "email") != "nobody"
