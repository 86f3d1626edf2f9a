"""The frame of the pages in a real browser: axe, keys, the lock with its drafts, both themes, both sizes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.enums import Role
from tests.browser import no_faults, violations
from tests.directory.factories import PASSWORD, MembershipFactory, SchoolFactory, UserFactory

pytestmark = pytest.mark.browser
SIZES = [(1440, 900), (390, 844)]


@pytest.fixture
def person(transactional_db: None) -> str:
    """The login of a psychologist who also teaches."""
    user, school = UserFactory.create(), SchoolFactory.create()
    for role in (Role.PSYCHOLOGIST, Role.TEACHER):
        MembershipFactory.create(user=user, role=role, school=school)
    return str(user.username)


@pytest.fixture
def page(person: str, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    with no_faults(page):
        yield page
    context.close()


@pytest.fixture
def signed_in(page: Page, person: str) -> Page:
    page.goto("/accounts/login/?next=/accounts/profile/")
    page.get_by_label("Login").fill(person)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/accounts/profile/")
    return page


def _lock(page: Page) -> None:
    page.locator("button[popovertarget=user-menu]").click()
    page.get_by_role("button", name="Lock the screen").click()
    expect(page.get_by_role("heading", name="The screen is locked")).to_be_visible()


def _in_every_look(page: Page) -> Iterator[str]:
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            yield f"{theme} {width}"


def test_axe_finds_nothing_on_the_sign_in_page(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".c-error").first).to_be_visible()
    assert {look: violations(page) for look in _in_every_look(page)} == {
        look: [] for look in ("light 1440", "light 390", "dark 1440", "dark 390")
    }


def test_axe_finds_nothing_on_the_profile_with_its_menus_open(signed_in: Page) -> None:
    for look in _in_every_look(signed_in):
        assert (look, violations(signed_in)) == (look, [])
        for menu in ("alerts", "user-menu"):
            signed_in.locator(f"button[popovertarget={menu}]").click()
            expect(signed_in.locator(f"#{menu}")).to_be_visible()
            assert (look, menu, violations(signed_in)) == (look, menu, [])
            signed_in.keyboard.press("Escape")


def test_axe_finds_nothing_on_the_lock(signed_in: Page) -> None:
    _lock(signed_in)
    for look in _in_every_look(signed_in):
        assert (look, violations(signed_in)) == (look, [])


def test_axe_finds_nothing_on_a_page_that_is_not_there(signed_in: Page) -> None:
    signed_in.goto("/nowhere/")
    for look in _in_every_look(signed_in):
        assert (look, violations(signed_in)) == (look, [])


def test_nothing_is_wider_than_a_phone(signed_in: Page) -> None:
    signed_in.set_viewport_size({"width": 390, "height": 844})
    for path in ("/accounts/profile/", "/accounts/password/", "/nowhere/"):
        signed_in.goto(path)
        assert signed_in.evaluate("document.documentElement.scrollWidth") == 390, path


def test_the_theme_switch_works_at_once_and_stays(signed_in: Page) -> None:
    html = signed_in.locator("html")
    with signed_in.expect_response("**/accounts/preferences/"):
        signed_in.get_by_role("button", name="Dark theme").click()
    expect(html).to_have_attribute("data-bs-theme", "dark")
    signed_in.reload()
    expect(html).to_have_attribute("data-bs-theme", "dark")
    expect(signed_in.get_by_role("button", name="Light theme")).to_be_visible()


def test_the_language_switch_stays_on_the_page(signed_in: Page) -> None:
    signed_in.get_by_role("button", name="Қаз").click()
    expect(signed_in.locator("html")).to_have_attribute("lang", "kk")
    expect(signed_in).to_have_url("/accounts/profile/")


def test_what_was_typed_is_there_again_after_the_lock(signed_in: Page) -> None:
    signed_in.route("/accounts/profile/", _with_draft)
    signed_in.reload()
    signed_in.get_by_role("radio", name="Dark").check()
    _lock(signed_in)
    signed_in.get_by_label("Password").fill(PASSWORD)
    signed_in.keyboard.press("Enter")
    expect(signed_in).to_have_url("/accounts/profile/")
    signed_in.reload()  # Playwright does not hand redirected requests to routes
    expect(signed_in.get_by_role("radio", name="Dark")).to_be_checked()


def _with_draft(route: Route) -> None:
    """The profile as if its form kept a draft."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('class="c-form"', 'class="c-form" data-draft="profile"'))


def test_logging_out_forgets_what_was_typed(signed_in: Page) -> None:
    signed_in.evaluate("sessionStorage.setItem('draft:note', '[]')")
    signed_in.locator("button[popovertarget=user-menu]").click()
    signed_in.get_by_role("button", name="Log out").click()
    expect(signed_in).to_have_url("/accounts/login/")
    assert signed_in.evaluate("sessionStorage.getItem('draft:note')") is None


def test_the_list_of_keys_opens_on_a_question_mark_and_closes_on_escape(signed_in: Page) -> None:
    signed_in.keyboard.press("Shift+Slash")
    keys = signed_in.locator("#keys")
    expect(keys).to_be_visible()
    assert violations(signed_in) == []
    signed_in.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_a_slash_goes_to_the_search_unless_one_is_typing(signed_in: Page) -> None:
    signed_in.keyboard.press("Slash")
    expect(signed_in.locator("#search")).to_be_focused()
    signed_in.keyboard.press("Slash")
    expect(signed_in.locator("#search")).to_have_value("/")


def test_single_keys_can_be_turned_off(signed_in: Page) -> None:
    signed_in.get_by_label("Keys without Ctrl").uncheck()
    signed_in.get_by_role("button", name="Save").click()
    expect(signed_in.get_by_text("Saved.")).to_be_visible()
    signed_in.keyboard.press("Slash")
    expect(signed_in.locator("#search")).not_to_be_focused()


def test_no_foreign_host_is_asked_for_anything(page: Page, live_server: LiveServer) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/accounts/login/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert any(url.endswith(".woff2") for url in asked), "the fonts come from here"
