import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from caseflow.accounts.models import User
from notifications.channels import vapid
from notifications.models import Preferences, Subscription
from notifications.selectors import browsers, wishes
from notifications.services.wishing import set_preferences
from tests.directory.factories import UserFactory
from tests.notifications.factories import signed_in
from tests.notifications.wishes import browser_of

pytestmark = pytest.mark.django_db
PAGE, ENTER, FORGET = (reverse(f"notifications:{name}") for name in ("channels", "enter-browser", "forget-browser"))
ENDPOINT = "https://push.example/secret"


@pytest.fixture
def reader() -> User:
    return UserFactory.create(language="en")


@pytest.fixture
def browser(reader: User) -> Client:
    return signed_in(reader)


def test_wishes_are_kept_and_shown_again(reader: User, browser: Client) -> None:
    wishes = {"email": "on", "quiet_from": "20:00", "quiet_to": "08:00", "working_days_only": "on"}
    assert browser.post(PAGE, wishes).status_code == 302
    kept = Preferences.objects.get(pk=reader.pk)
    assert (kept.email, kept.sms, kept.working_days_only, kept.urgent_always) == (True, False, True, False)
    page = browser.get(PAGE).content.decode()
    assert 'value="20:00"' in page
    assert 'value="08:00"' in page
    browser.post(PAGE, {})
    kept.refresh_from_db()
    assert (kept.email, kept.quiet_from, kept.working_days_only) == (False, None, False)


def test_no_other_wish_is_kept(reader: User) -> None:
    with pytest.raises(ValueError, match="colour"):
        set_preferences(reader.pk, {"email": True, "colour": "red"})
    assert not Preferences.objects.exists()


@pytest.mark.parametrize(
    ("times", "error"),
    [
        ({"quiet_from": "20:00"}, "Give both times, or neither."),
        ({"quiet_from": "08:00", "quiet_to": "08:00"}, "The two times must differ."),
        ({"quiet_from": "25:00", "quiet_to": "08:00"}, "Enter a valid time."),
    ],
)
def test_half_quiet_hours_are_refused(browser: Client, times: dict[str, str], error: str) -> None:
    answer = browser.post(PAGE, times)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Preferences.objects.exists()


def test_a_browser_is_entered_once_and_forgotten(reader: User, browser: Client) -> None:
    for _ in range(2):
        assert browser.post(ENTER, {"endpoint": ENDPOINT}).status_code == 204
    row = Subscription.objects.get()
    assert (row.user, row.endpoint, row.key_id) == (reader, ENDPOINT, vapid.key_id())
    assert browser.post(FORGET, {"endpoint": ENDPOINT}).status_code == 204
    assert not Subscription.objects.exists()


def test_a_browser_is_its_latest_persons(browser: Client) -> None:
    other: User = UserFactory.create()
    signed_in(other).post(ENTER, {"endpoint": ENDPOINT})
    browser.post(ENTER, {"endpoint": ENDPOINT})
    assert not Subscription.objects.filter(user=other).exists()
    assert Subscription.objects.count() == 1


def test_nobody_forgets_a_browser_of_somebody_else(browser: Client) -> None:
    other: User = UserFactory.create()
    browser_of(other, ENDPOINT)
    browser.post(FORGET, {"endpoint": ENDPOINT})
    browser.post(FORGET)
    assert Subscription.objects.get().user == other


def test_all_ones_browsers_are_forgotten_at_once(reader: User, browser: Client) -> None:
    for number in range(3):
        browser_of(reader, f"{ENDPOINT}/{number}")
    assert "You get pushes in 3 browsers." in browser.get(PAGE).content.decode()
    assert browser.post(FORGET).status_code == 302
    assert not Subscription.objects.exists()


def test_a_sixth_browser_makes_the_oldest_leave(reader: User, browser: Client) -> None:
    for number in range(6):
        browser.post(ENTER, {"endpoint": f"{ENDPOINT}/{number}"})
    kept = Subscription.objects.filter(user=reader).values_list("endpoint", flat=True)
    assert set(kept) == {f"{ENDPOINT}/{number}" for number in range(1, 6)}


@pytest.mark.parametrize("endpoint", ["", "http://push.example/", "https://127.0.0.1/", "https://localhost/x"])
def test_an_address_that_leads_inside_is_refused(browser: Client, endpoint: str) -> None:
    assert browser.post(ENTER, {"endpoint": endpoint}).status_code == 400
    assert not Subscription.objects.exists()


def test_the_page_gives_the_key_and_never_an_address_of_a_browser(reader: User, browser: Client) -> None:
    browser_of(reader, ENDPOINT)
    page = browser.get(PAGE).content.decode()
    assert vapid.public_key() in page
    assert ENDPOINT not in page


# The service worker


@pytest.mark.parametrize(("asked", "shown"), [("en", "en"), ("kk", "kk"), ("ru", "ru"), ("xx", "ru"), ("", "ru")])
def test_the_worker_speaks_the_pages_language_to_anybody(client: Client, asked: str, shown: str) -> None:
    answer = client.get(reverse("service-worker"), {"language": asked})
    script = answer.content.decode()
    first = script.partition(";\n")[0].removeprefix("const SHOWN = ")
    assert json.loads(first)["language"] == shown
    assert json.loads(first)["title"].startswith({"en": "Tirek", "kk": "Тірек", "ru": "Тірек"}[shown])
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert reverse("service-worker") == "/sw.js"  # so its scope is the whole installation


def test_the_worker_asks_one_address_and_reads_no_push(client: Client) -> None:
    script = client.get(reverse("service-worker")).content.decode()
    shown, _, source = script.partition(";\n")
    assert json.loads(shown.removeprefix("const SHOWN = "))["ask"] == reverse("notifications:waiting")
    assert source.count("fetch(") == source.count("fetch(SHOWN.ask,") == 1
    for word in ("event.data", "importScripts", "caches", "XMLHttpRequest"):
        assert word not in script


# The key


def test_a_new_key_is_written_and_every_browser_is_to_be_entered_anew(
    reader: User, settings: Any, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = settings.VAPID_KEY_FILE = tmp_path / "vapid.key"
    path.write_text(settings.VAPID_KEY)
    browser_of(reader, ENDPOINT)
    call_command("rotate_push_key", yes=True)
    assert path.read_text() != settings.VAPID_KEY
    assert len(path.read_text()) == 64
    assert path.stat().st_mode & 0o777 == 0o600
    assert not Subscription.objects.exists()
    assert "1 browsers" in capsys.readouterr().out


def test_a_key_of_the_environment_is_not_changed_here(settings: Any, tmp_path: Any) -> None:
    settings.VAPID_KEY_FILE = tmp_path / "vapid.key"
    with pytest.raises(CommandError, match="environment"):
        call_command("rotate_push_key", yes=True)


def test_nothing_changes_without_a_yes(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = settings.VAPID_KEY_FILE = tmp_path / "vapid.key"
    path.write_text(settings.VAPID_KEY)
    monkeypatch.setattr("builtins.input", lambda _question: "")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("rotate_push_key")
    assert path.read_text() == settings.VAPID_KEY


def test_a_browser_entered_for_another_key_is_not_told(reader: User, settings: Any) -> None:
    browser_of(reader, ENDPOINT)
    assert len(browsers(reader.pk)) == 1
    settings.VAPID_KEY = "another"
    assert browsers(reader.pk) == []
    assert wishes({reader.pk})[reader.pk].channels == ()
