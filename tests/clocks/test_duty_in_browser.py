"""The roster and a call in a real browser: axe in both themes and sizes, one press takes a call."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.browser import open_browser, violations
from tests.clocks.factories import Staffed, called, on_duty, staffed_school
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as browser:
        yield browser


@pytest.fixture
def there(transactional_db: None) -> Staffed:
    return staffed_school()


def page_of(browser: Browser, live_server: LiveServer, who: Actor) -> Page:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    cookie = signed_in(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return context.new_page()


def problems(page: Page) -> list[str]:
    """What axe finds in both themes and sizes, and pages wider than the screen."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found += violations(page)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"wider than {width}")
    return found


def test_axe_finds_nothing_on_the_roster(browser: Browser, there: Staffed, live_server: LiveServer) -> None:
    principal = actor(Role.PRINCIPAL, school=there.school)
    page = page_of(browser, live_server, principal)
    page.goto(reverse("clocks:roster"))
    assert problems(page) == []
    on_duty(there.psychologist, school=there.school)
    page.goto(reverse("clocks:roster"))
    expect(page.get_by_text(there.psychologist.user.short_name).first).to_be_visible()
    assert problems(page) == []


def test_one_press_takes_the_call_from_the_home_page(browser: Browser, there: Staffed, live_server: LiveServer) -> None:
    page = page_of(browser, live_server, there.duty_person)
    called(there.school)
    page.goto(reverse("directory:home"))
    expect(page.get_by_role("button", name="I take it")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="I take it").click()
    expect(page.get_by_text("has it since")).to_be_visible()
    assert problems(page) == []
