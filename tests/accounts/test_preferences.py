import pytest
from django.test import Client

from caseflow.accounts.models import User
from caseflow.accounts.services.settings import set_preferences
from caseflow.audit.models import AuditEntry
from tests.directory.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
PREFERENCES = "/accounts/preferences/"
PROFILE = "/accounts/profile/"
PASSWORD_PAGE = "/accounts/password/"
NEW = "three unlikely words"


@pytest.fixture
def person(client: Client) -> User:
    user: User = UserFactory.create(language="ru")
    client.force_login(user)
    return user


def _language_of(client: Client, **headers: str) -> str:
    return client.get("/accounts/login/", headers=headers)["Content-Language"]


def test_a_switch_is_kept_with_the_person(client: Client, person: User) -> None:
    response = client.post(PREFERENCES, {"language": "kk", "theme": "dark", "next": PROFILE})
    person.refresh_from_db()
    assert (response["Location"], person.language, person.theme) == (PROFILE, "kk", "dark")


def test_a_visitors_switch_is_kept_on_the_device(client: Client) -> None:
    UserFactory.create()
    client.post(PREFERENCES, {"language": "kk", "theme": "dark"})
    page = client.get("/accounts/login/")
    assert page["Content-Language"] == "kk"
    assert 'data-bs-theme="dark"' in page.content.decode()


@pytest.mark.parametrize("sent", [{"language": "de"}, {"theme": "pink"}, {}])
def test_a_language_or_theme_that_does_not_exist_is_refused(client: Client, person: User, sent: dict[str, str]) -> None:
    assert client.post(PREFERENCES, sent).status_code == 400
    person.refresh_from_db()
    assert (person.language, person.theme) == ("ru", "auto")


def test_preferences_change_by_post_alone(client: Client) -> None:
    assert client.get(PREFERENCES).status_code == 405


def test_ones_own_language_wins_over_the_browsers(client: Client, person: User) -> None:
    assert client.get(PROFILE, headers={"Accept-Language": "en"})["Content-Language"] == "ru"


@pytest.mark.parametrize(
    ("asked", "given"), [("kk-KZ,ru;q=0.8", "kk"), ("en-GB", "en"), ("de,fr;q=0.5", "ru"), ("", "ru")]
)
def test_a_visitor_reads_what_the_browser_asks_for_else_russian(client: Client, asked: str, given: str) -> None:
    UserFactory.create()
    assert _language_of(client, **{"Accept-Language": asked}) == given


def test_no_other_field_of_a_person_can_be_set_as_a_preference(person: User) -> None:
    with pytest.raises(ValueError, match="is_superuser"):
        set_preferences(person, {"theme": "dark", "is_superuser": True})
    person.refresh_from_db()
    assert person.theme == "auto"


def test_the_profile_opens_with_what_is_in_force(client: Client, person: User) -> None:
    form = client.get(PROFILE).context["form"]
    assert form.initial == {"language": "ru", "theme": "auto", "single_keys": True}


def test_the_profile_saves_all_three(client: Client, person: User) -> None:
    response = client.post(PROFILE, {"language": "en", "theme": "light"}, follow=True)
    person.refresh_from_db()
    assert (person.language, person.theme, person.single_keys) == ("en", "light", False)
    assert "Saved." in response.content.decode()


def test_an_incomplete_profile_is_shown_again(client: Client, person: User) -> None:
    response = client.post(PROFILE, {"language": "xx", "theme": "light"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["language"]


def test_the_profile_is_not_for_visitors(client: Client) -> None:
    assert client.get(PROFILE)["Location"] == f"/accounts/login/?next={PROFILE}"


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client: Client, person: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(person)
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    response = client.post(PASSWORD_PAGE, {"old": PASSWORD, "new": NEW, "again": NEW, "next": PROFILE})
    person.refresh_from_db()
    assert response["Location"] == PROFILE
    assert person.check_password(NEW)
    assert not person.must_change_password
    assert client.get(PROFILE).status_code == 200
    assert elsewhere.get(PROFILE).status_code == 302
    assert AuditEntry.objects.get().action == "password_changed"


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"old": "not mine", "new": NEW, "again": NEW}, ["old"]),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, ["new"]),
        ({"old": PASSWORD, "new": "short", "again": "short"}, ["new"]),
        ({"old": PASSWORD, "new": NEW, "again": "another long one"}, ["again"]),
        ({}, ["old", "new", "again"]),
    ],
)
def test_a_password_that_will_not_do_is_refused_at_its_field(
    client: Client, person: User, sent: dict[str, str], wrong: list[str]
) -> None:
    response = client.post(PASSWORD_PAGE, sent)
    person.refresh_from_db()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == wrong
    assert person.check_password(PASSWORD)
