import pytest
from django.test import Client
from django.urls import reverse

from caseflow.accounts.models import User
from caseflow.accounts.rules import ACTIVE_AT, SIGNED_IN_AT
from caseflow.audit.models import AuditEntry
from tests.directory.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def _sign_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> int:
    return client.post(LOGIN, {"username": user.username, "password": password, **more}).status_code


def test_the_right_password_opens_a_session_that_knows_when_it_began(client: Client) -> None:
    user = UserFactory.create()
    response = client.post(LOGIN, {"username": user.username, "password": PASSWORD})
    assert response["Location"] == "/"
    assert int(client.session["_auth_user_id"]) == user.pk
    assert client.session[SIGNED_IN_AT] == client.session[ACTIVE_AT]


def test_signing_in_gives_the_browser_a_new_session_key(client: Client) -> None:
    client.get(LOGIN)
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    assert _sign_in(client, UserFactory.create()) == 302
    assert client.session.session_key != before


def test_one_goes_on_to_the_page_one_came_for(client: Client) -> None:
    user = UserFactory.create()
    response = client.post(LOGIN, {"username": user.username, "password": PASSWORD, "next": "/accounts/profile/"})
    assert response["Location"] == "/accounts/profile/"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:x"])
def test_nobody_is_sent_to_another_host(client: Client, elsewhere: str) -> None:
    user = UserFactory.create()
    response = client.post(LOGIN, {"username": user.username, "password": PASSWORD, "next": elsewhere})
    assert response["Location"] == "/"


@pytest.mark.parametrize("name", ["nobody", ""])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: Client, name: str) -> None:
    user = UserFactory.create()
    wrong = client.post(
        LOGIN, {"username": name or user.username, "password": "not this one"}, headers={"Accept-Language": "en"}
    )
    assert wrong.status_code == 422
    assert "Login or password is wrong." in wrong.content.decode()
    assert "_auth_user_id" not in client.session


def test_what_is_missing_is_said_at_its_field(client: Client) -> None:
    UserFactory.create()
    response = client.post(LOGIN, {"username": "", "password": ""})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"username", "password"}


def test_somebody_who_left_cannot_sign_in(client: Client) -> None:
    UserFactory.create()
    assert _sign_in(client, UserFactory.create(is_active=False)) == 422


def test_after_five_wrong_passwords_even_the_right_one_waits(client: Client) -> None:
    user = UserFactory.create()
    assert [_sign_in(client, user, "wrong") for _try in range(5)] == [422] * 5
    assert _sign_in(client, user) == 429
    assert "_auth_user_id" not in client.session


def test_a_right_password_between_wrong_ones_starts_the_count_anew(client: Client) -> None:
    user = UserFactory.create()
    for password in ["wrong"] * 4 + [PASSWORD]:
        _sign_in(client, user, password)
    client.logout()
    assert _sign_in(client, user, "wrong") == 422


def test_an_installation_without_people_begins_with_its_set_up(client: Client) -> None:
    User.objects.filter(is_active=True).delete()
    assert client.get(LOGIN)["Location"] == reverse("directory:setup")


def test_who_is_in_already_is_not_asked_again(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert client.get(LOGIN)["Location"] == "/"


def test_logging_out_needs_a_post_and_empties_the_session(client: Client) -> None:
    _sign_in(client, UserFactory.create())
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/")["Location"] == LOGIN
    assert list(client.session.keys()) == []


def test_signing_in_and_out_and_a_refusal_are_written_down(client: Client) -> None:
    user = UserFactory.create()
    _sign_in(client, user, "wrong")
    _sign_in(client, user)
    client.post("/accounts/logout/")
    entries = AuditEntry.objects.order_by("pk").values_list("action", "actor_id", "obj")
    assert list(entries) == [
        ("denied", None, f"accounts.User:{user.pk}"),
        ("signed_in", user.pk, f"accounts.User:{user.pk}"),
        ("signed_out", user.pk, f"accounts.User:{user.pk}"),
    ]


def test_a_name_nobody_has_is_not_written_down(client: Client) -> None:
    UserFactory.create()
    client.post(LOGIN, {"username": "a password by mistake", "password": "x"})
    assert not AuditEntry.objects.exists()
