"""The page of the channels in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.enums import Role
from tests.browser import no_faults, violations
from tests.directory.factories import PASSWORD, MembershipFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def page(transactional_db: None, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    user = UserFactory.create(language="en")
    MembershipFactory.create(user=user, role=Role.PSYCHOLOGIST, school=SchoolFactory.create())
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    context.grant_permissions(["notifications"])
    page = context.new_page()
    with no_faults(page):
        page.goto("/accounts/login/?next=/alerts/channels/")
        page.get_by_label("Login").fill(str(user.username))
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url("/alerts/channels/")
        yield page
    context.close()


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_have_no_barriers(page: Page, size: tuple[int, int], theme: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for address in ("/alerts/channels/", "/accounts/reach/"):
        page.goto(address)
        page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_wishes_are_set_by_keyboard(page: Page) -> None:
    box = page.get_by_label("Tell me by e-mail")
    box.focus()
    page.keyboard.press("Space")
    page.get_by_label("Quiet from").fill("20:00")
    page.get_by_label("Quiet until").fill("08:00")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_label("Tell me by e-mail")).to_be_checked()


def test_nothing_is_asked_of_the_browser_before_the_person_chooses(page: Page) -> None:
    expect(page.get_by_role("button", name="Turn push on in this browser")).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
