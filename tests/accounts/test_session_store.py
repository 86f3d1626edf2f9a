"""A lock holds whatever was under way when it was set (rule 23)."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from caseflow.accounts.rules import ACTIVE_AT, LOCKED
from caseflow.accounts.session_store import SessionStore
from caseflow.directory.enums import Role
from tests.directory.factories import PASSWORD, SchoolFactory, actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return signed_in(actor(Role.PSYCHOLOGIST, school=SchoolFactory.create()))


def test_a_slow_request_that_began_before_the_lock_does_not_undo_it(client: Client) -> None:
    slow = SessionStore(client.session.session_key)
    slow[ACTIVE_AT] = slow.get(ACTIVE_AT, 0) + 1
    client.post(reverse("accounts:lock"), {"action": "lock"})

    slow.save()

    assert SessionStore(slow.session_key)[LOCKED]
    assert client.get("/today/").headers["Location"].startswith(reverse("accounts:lock"))


def test_the_password_takes_the_lock_away(client: Client) -> None:
    client.post(reverse("accounts:lock"), {"action": "lock"})
    assert client.session[LOCKED]

    client.post(reverse("accounts:lock"), {"password": PASSWORD})

    assert LOCKED not in client.session
    assert SESSION_KEY in client.session
    assert client.get("/today/").status_code == 200
