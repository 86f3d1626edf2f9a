"""The search of the top bar in a real browser: while typing, by keys alone, said aloud, on a phone, in both themes."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.actors import Actor
from tests.browser import violations
from tests.cases.factories import case_of, psychologist, pupil_of
from tests.directory.factories import signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def who(transactional_db: None) -> Actor:
    who = psychologist()
    pupil = pupil_of(who, last_name="Серікова", first_name="Мадина")
    case_of(who, pupil)
    pupil_of(who, last_name="Серіков", first_name="Әлихан")
    pupil_of(who, last_name="Жақсылық", first_name="Ернар")
    return who


def opened(browser: Browser, live_server: LiveServer, who: Actor, width: int, theme: str) -> Page:
    context = browser.new_context(
        base_url=live_server.url,
        locale="en-GB",
        reduced_motion="reduce",
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
    )
    cookie = signed_in(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return context.new_page()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_pupil_is_found_and_opened_by_keys_alone(
    browser: Browser, live_server: LiveServer, who: Actor, theme: str
) -> None:
    page = opened(browser, live_server, who, 1440, theme)
    page.goto("/directory/pupils/")
    page.keyboard.press("/")
    field, option = page.get_by_role("combobox"), page.get_by_role("option")
    expect(field).to_be_focused()
    page.keyboard.type("s")
    page.keyboard.type("erikov")
    expect(option).to_have_count(4)  # two pupils, a case, all results
    expect(page.locator("[data-said]")).to_have_text("Found: 3. The arrow keys choose.")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(option.nth(1)).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.nth(1).get_attribute("id")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/directory/pupils/*/")
    page.context.close()


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (390, "dark"), (1440, "light")])
def test_the_page_of_the_search_serves_a_phone(
    browser: Browser, live_server: LiveServer, who: Actor, width: int, theme: str
) -> None:
    page = opened(browser, live_server, who, width, theme)
    page.goto("/directory/pupils/")
    if width == 390:
        page.get_by_role("link", name="Search").click()
    else:
        page.goto("/directory/search/")
    main = page.get_by_role("main")
    main.get_by_role("searchbox").fill("Серкова")
    main.get_by_role("searchbox").press("Enter")
    expect(main.get_by_role("link", name="Серікова Мадина").first).to_be_visible()
    assert page.url.endswith("/directory/search/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    main.get_by_role("searchbox").fill("Абвгдеж")
    main.get_by_role("searchbox").press("Enter")
    expect(main.get_by_text("Nothing found")).to_be_visible()
    page.context.close()
