import pytest
from django.test import Client
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.accounts.rules import ACTIVE_AT, LOCKED, SIGNED_IN_AT, WATCHES
from caseflow.accounts.selectors import open_sessions
from tests.directory.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
PROFILE = "/accounts/profile/"
LOCK_THEN_PROFILE = "/accounts/lock/?next=%2Faccounts%2Fprofile%2F"
MINUTE = 60
HOUR = 3600


@pytest.fixture
def person() -> User:
    user: User = UserFactory.create()
    return user


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.post("/accounts/login/", {"username": person.username, "password": PASSWORD})
    return client


def age(client: Client, *, idle_s: float = 0, signed_in_s: float = 0) -> None:
    """Let the client's session be that old."""
    session, now = client.session, timezone.now().timestamp()
    session[ACTIVE_AT], session[SIGNED_IN_AT] = now - idle_s, now - max(signed_in_s, idle_s)
    session.save()


def test_an_active_session_shows_its_pages(signed_in: Client) -> None:
    age(signed_in, idle_s=14 * MINUTE)
    assert signed_in.get(PROFILE).status_code == 200


def test_after_15_idle_minutes_a_page_answers_with_the_lock_and_remembers_itself(signed_in: Client) -> None:
    age(signed_in, idle_s=15 * MINUTE)
    assert signed_in.get(PROFILE)["Location"] == LOCK_THEN_PROFILE


def test_the_lock_page_shows_no_menu_and_asks_for_the_password_alone(signed_in: Client) -> None:
    age(signed_in, idle_s=15 * MINUTE)
    page = signed_in.get(PROFILE, follow=True)
    assert list(page.context["form"].fields) == ["password"]
    assert "data-locked" in page.content.decode()
    assert 'id="user-menu"' not in page.content.decode()


def test_the_right_password_opens_the_page_one_was_on(signed_in: Client) -> None:
    age(signed_in, idle_s=15 * MINUTE)
    signed_in.get(PROFILE)
    response = signed_in.post("/accounts/lock/", {"password": PASSWORD, "next": PROFILE})
    assert response["Location"] == PROFILE
    assert signed_in.get(PROFILE).status_code == 200


def test_a_wrong_password_leaves_it_locked(signed_in: Client) -> None:
    age(signed_in, idle_s=15 * MINUTE)
    signed_in.get(PROFILE)
    response = signed_in.post("/accounts/lock/", {"password": "wrong", "next": PROFILE})
    assert response.status_code == 422
    assert response.context["form"].errors["password"] == ["The password is wrong."]
    assert signed_in.get(PROFILE)["Location"] == LOCK_THEN_PROFILE


def test_five_wrong_passwords_close_the_lock_for_a_while(signed_in: Client) -> None:
    signed_in.post("/accounts/lock/", {"action": "lock"})
    tries = [signed_in.post("/accounts/lock/", {"password": "wrong"}).status_code for _try in range(5)]
    assert tries == [422] * 5
    assert signed_in.post("/accounts/lock/", {"password": PASSWORD}).status_code == 429
    assert signed_in.session[LOCKED] is True


def test_one_can_lock_the_screen_oneself(signed_in: Client) -> None:
    signed_in.post("/accounts/lock/", {"action": "lock", "next": PROFILE})
    assert signed_in.get(PROFILE)["Location"] == LOCK_THEN_PROFILE


def test_the_lock_page_of_an_open_session_leads_back(signed_in: Client) -> None:
    assert signed_in.get(LOCK_THEN_PROFILE)["Location"] == PROFILE


def test_a_visitor_at_the_lock_goes_to_the_sign_in_page(client: Client) -> None:
    assert client.get(LOCK_THEN_PROFILE)["Location"] == "/accounts/login/?next=/accounts/profile/"


def test_a_fragment_moves_the_whole_page_to_the_lock(signed_in: Client) -> None:
    age(signed_in, idle_s=15 * MINUTE)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/accounts/profile/?tab=2#top"}
    response = signed_in.get("/alerts/bell/", headers=headers)
    assert response.status_code == 401
    assert response["HX-Redirect"] == "/accounts/lock/?next=%2Faccounts%2Fprofile%2F%3Ftab%3D2"


def test_a_form_sent_too_late_leads_back_to_its_page(signed_in: Client) -> None:
    age(signed_in, idle_s=15 * MINUTE)
    response = signed_in.post(PROFILE, {"theme": "dark"}, headers={"Referer": f"http://testserver{PROFILE}"})
    assert response["Location"] == LOCK_THEN_PROFILE
    assert User.objects.get(pk=signed_in.session["_auth_user_id"]).theme == "auto"


def test_a_page_of_another_host_is_not_where_one_comes_back_to(signed_in: Client) -> None:
    age(signed_in, idle_s=15 * MINUTE)
    response = signed_in.post(PROFILE, headers={"Referer": "https://example.org/accounts/profile/"})
    assert response["Location"] == "/accounts/lock/?next=%2F"


@pytest.mark.parametrize(("path", "accept"), [("/api/v1/schema/", "text/html"), ("/alerts/", "application/json")])
def test_programs_get_401_from_a_locked_session(signed_in: Client, path: str, accept: str) -> None:
    age(signed_in, idle_s=15 * MINUTE)
    response = signed_in.get(path, headers={"Accept": accept})
    assert response.status_code == 401
    assert response.json() == {"detail": "The session is locked or over. Sign in again."}


def test_after_12_hours_one_signs_in_anew_however_active(signed_in: Client) -> None:
    age(signed_in, signed_in_s=12 * HOUR)
    assert signed_in.get(PROFILE)["Location"] == "/accounts/login/?next=%2Faccounts%2Fprofile%2F"
    assert "_auth_user_id" not in signed_in.session


def test_unlocking_does_not_lengthen_the_12_hours(signed_in: Client) -> None:
    age(signed_in, idle_s=15 * MINUTE, signed_in_s=11 * HOUR)
    began = signed_in.session[SIGNED_IN_AT]
    signed_in.get(PROFILE)
    signed_in.post("/accounts/lock/", {"password": PASSWORD})
    assert signed_in.session[SIGNED_IN_AT] == began


def test_polling_does_not_keep_a_session_awake(signed_in: Client) -> None:
    age(signed_in, idle_s=10 * MINUTE)
    before = signed_in.session[ACTIVE_AT]
    signed_in.get("/alerts/", headers={"X-Passive": "1"})
    assert signed_in.session[ACTIVE_AT] == before


def test_typing_on_an_open_page_does(signed_in: Client) -> None:
    age(signed_in, idle_s=10 * MINUTE)
    assert signed_in.post("/accounts/touch/").status_code == 204
    assert timezone.now().timestamp() - signed_in.session[ACTIVE_AT] < MINUTE


def test_activity_is_written_at_most_once_a_minute(signed_in: Client) -> None:
    age(signed_in, idle_s=30)
    before = signed_in.session[ACTIVE_AT]
    signed_in.get(PROFILE)
    assert signed_in.session[ACTIVE_AT] == before


def test_a_locked_session_may_still_change_language_and_log_out(signed_in: Client) -> None:
    signed_in.post("/accounts/lock/", {"action": "lock"})
    assert signed_in.post("/accounts/preferences/", {"language": "kk", "next": "/"})["Location"] == "/"
    assert signed_in.post("/accounts/logout/")["Location"] == "/accounts/login/"


def test_a_password_set_by_somebody_else_is_changed_before_anything_else(signed_in: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    assert signed_in.get(PROFILE)["Location"] == "/accounts/password/?next=%2Faccounts%2Fprofile%2F"
    assert signed_in.get("/accounts/password/").status_code == 200


def test_only_open_sessions_may_have_a_socket() -> None:
    now = timezone.now().timestamp()
    sessions = {
        "open": (1, {SIGNED_IN_AT: now, ACTIVE_AT: now}),
        "locked": (1, {SIGNED_IN_AT: now, ACTIVE_AT: now, LOCKED: True}),
        "idle": (2, {SIGNED_IN_AT: now - HOUR, ACTIVE_AT: now - 15 * MINUTE}),
        "over": (3, {SIGNED_IN_AT: now - 12 * HOUR, ACTIVE_AT: now}),
        "locked console": (4, {SIGNED_IN_AT: now, ACTIVE_AT: now, LOCKED: True, WATCHES: True}),
        "console that is over": (5, {SIGNED_IN_AT: now - 12 * HOUR, ACTIVE_AT: now, WATCHES: True}),
    }
    assert open_sessions(sessions) == {"open", "locked console"}
