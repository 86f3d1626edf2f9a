"""What the service worker shows when a push comes, in a real browser."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.accounts.models import User
from caseflow.directory.enums import Role
from notifications import selectors
from notifications.enums import AlertKind, Waiting
from notifications.services import alert
from tests.browser import no_faults
from tests.directory.factories import PASSWORD, MembershipFactory, SchoolFactory, UserFactory
from tests.notifications.wishes import browser_of

pytestmark = pytest.mark.browser
NEWS = "Tirek: something new waits for you"
ALARM_PAGE = "/alerts/channels/?alarm=5d0f3b1e"
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 80; tries += 1) {
    const all = await registration.getNotifications();
    if (all.length) {
      return all.map(({ title, body, tag, lang, requireInteraction, renotify, vibrate, data }) => (
        { title, body, tag, lang, requireInteraction, renotify, shakes: vibrate.length > 0, url: data.url }
      ));
    }
    await new Promise((done) => { setTimeout(done, 100); });
  }
  return [];
}"""
CLICK = """async (tag) => {
  const opened = [];
  self.clients.openWindow = async (url) => opened.push(url);
  const [notification] = await self.registration.getNotifications({ tag });
  const event = new NotificationEvent("notificationclick", { notification });
  let done;
  event.waitUntil = (promise) => { done = promise; };
  self.dispatchEvent(event);
  await done.catch(() => undefined);
  return opened;
}"""


@pytest.fixture
def reader(transactional_db: None) -> User:
    user: User = UserFactory.create(language="en")
    MembershipFactory.create(user=user, role=Role.PSYCHOLOGIST, school=SchoolFactory.create())
    browser_of(user, "https://push.example/one")
    return user


@pytest.fixture
def page(reader: User, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    """The page of the channels, signed in."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    context.grant_permissions(["notifications"])
    page = context.new_page()
    with no_faults(page):
        page.goto("/accounts/login/?next=/alerts/channels/")
        page.get_by_label("Login").fill(str(reader.username))
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url("/alerts/channels/")
        yield page
    context.close()


@pytest.fixture
def push(page: Page, live_server: LiveServer) -> Callable[[], list[dict[str, Any]]]:
    """Deliver one empty push; returns what is on the screen then."""
    wire = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    wire.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    wire.send("ServiceWorker.enable")
    worker = page.locator("#push").get_attribute("data-worker")
    page.evaluate("url => navigator.serviceWorker.register(url, {scope: '/'})", worker)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_timeout(500)
    number = next(each["registrationId"] for each in found if each["scopeURL"] == f"{live_server.url}/")

    def deliver() -> list[dict[str, Any]]:
        wire.send("ServiceWorker.deliverPushMessage", {"origin": live_server.url, "registrationId": number, "data": ""})
        return list(page.evaluate(SHOWN))

    return deliver


def ring(user: User) -> None:
    alert(recipients=[(user.pk, None)], kind=AlertKind.ALARM, params={}, url=ALARM_PAGE)


def clicked(page: Page, tag: str) -> list[str]:
    """Touch what is shown; returns which pages would open."""
    (worker,) = page.context.service_workers
    return list(worker.evaluate(CLICK, tag))


def test_an_alarm_stays_shakes_and_opens_its_page(
    page: Page, reader: User, push: Callable[[], list[dict[str, Any]]]
) -> None:
    ring(reader)
    assert push() == [
        {
            "title": "Tirek: alarm",
            "body": "Touch this to open it",
            "tag": "tirek-alarm",
            "lang": "en",
            "requireInteraction": True,
            "renotify": True,
            "shakes": True,
            "url": ALARM_PAGE,
        }
    ]
    assert clicked(page, "tirek-alarm") == [ALARM_PAGE]


def test_news_show_the_fixed_sentence_and_go_by_themselves(
    page: Page, reader: User, push: Callable[[], list[dict[str, Any]]]
) -> None:
    alert(recipients=[(reader.pk, None)], kind=AlertKind.CASE_ASSIGNED, params={"number": 4}, url="/cases/4/")
    (shown,) = push()
    assert (shown["title"], shown["body"], shown["tag"], shown["url"]) == (NEWS, "", "tirek", "/")
    assert (shown["requireInteraction"], shown["shakes"]) == (False, False)
    assert clicked(page, "tirek") == []  # the page that is open comes to the front


def test_whoever_is_signed_out_gets_the_fixed_sentence(
    page: Page, reader: User, push: Callable[[], list[dict[str, Any]]]
) -> None:
    ring(reader)
    page.context.clear_cookies()
    (shown,) = push()
    assert (shown["title"], shown["tag"]) == (NEWS, "tirek")


def test_a_server_that_does_not_answer_is_waited_for_three_seconds(
    page: Page, reader: User, push: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(_user_id: int) -> tuple[Waiting, str]:
        time.sleep(5)
        return Waiting.ALARM, ALARM_PAGE

    monkeypatch.setattr(selectors, "waiting_for", slowly)
    began = time.monotonic()
    (shown,) = push()
    assert (shown["title"], shown["tag"]) == (NEWS, "tirek")
    assert 2.5 < time.monotonic() - began < 4.9
    page.wait_for_timeout(2500)  # the request of the test's server ends before its database does


def test_a_fault_of_the_server_shows_the_fixed_sentence(
    push: Callable[[], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_user_id: int) -> tuple[Waiting, str]:
        raise RuntimeError

    monkeypatch.setattr(selectors, "waiting_for", broken)
    (shown,) = push()
    assert (shown["title"], shown["tag"]) == (NEWS, "tirek")
