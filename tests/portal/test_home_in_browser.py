"""The portal in a real browser: giving opens the text first, withdrawing never takes more touches, both sizes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.consent.models import ConsentEvent
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.portal.services import ask
from tests.browser import violations
from tests.directory.factories import PupilFactory, parent_of, signed_in

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture
def pupil(transactional_db: None) -> Pupil:
    return PupilFactory.create()


@pytest.fixture
def parent(pupil: Pupil) -> Actor:
    return parent_of(pupil)


@pytest.fixture
def page(parent: Actor, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url,
        locale="en-GB",
        viewport=PHONE,
        reduced_motion="reduce",
    )
    cookie = signed_in(parent).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/my/")
    yield page
    context.close()
    assert errors == []


def test_a_parent_reads_agrees_and_withdraws_with_as_many_touches(page: Page, pupil: Pupil) -> None:
    mood = page.get_by_role("switch", name="Mood analysis in lessons")
    expect(mood).to_have_attribute("aria-checked", "false")

    mood.click()
    sheet = page.locator("#mood_analysis-sheet")
    agree = sheet.get_by_role("button", name="I have read this and agree")
    expect(agree).to_be_disabled()
    sheet.locator("[data-end]").scroll_into_view_if_needed()
    agree.click()
    expect(mood).to_have_attribute("aria-checked", "true")
    expect(mood).to_be_focused()
    expect(sheet).to_be_hidden()
    assert ConsentEvent.objects.get().is_complete

    mood.click()
    page.locator("#mood_analysis-sheet").get_by_role("button", name="Withdraw").click()
    expect(mood).to_have_attribute("aria-checked", "false")
    expect(page.locator("#mood_analysis-state")).to_contain_text("Withdrawn")
    assert [event.kind for event in ConsentEvent.objects.order_by("at")] == ["given", "withdrawn"]


def test_keeping_the_consent_changes_nothing(page: Page) -> None:
    support = page.get_by_role("switch", name="Psychologist's support")
    support.click()
    page.locator("#psychological_support-sheet").get_by_role("button", name="Decide later").click()

    expect(page.locator("#psychological_support-sheet")).to_be_hidden()
    expect(support).to_have_attribute("aria-checked", "false")
    assert not ConsentEvent.objects.exists()


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.get_by_role("switch", name="Sharing with named agencies").focus()
    page.keyboard.press("Enter")
    text = page.locator("#agency_sharing-sheet .p-text")
    expect(text).to_be_focused()
    page.keyboard.press("End")
    agree = page.locator("#agency_sharing-agree")
    expect(agree).to_be_enabled()
    agree.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("switch", name="Sharing with named agencies")).to_have_attribute("aria-checked", "true")


def test_when_saving_fails_the_switch_stays_as_it_was_and_says_so(page: Page) -> None:
    page.route("**/consents/**", lambda route: route.abort())
    page.get_by_role("switch", name="Routine screening").click()
    page.locator("#routine_screening-sheet").get_by_role("button", name="I do not agree").click()

    expect(page.locator("#purpose-routine_screening .c-fail")).to_be_visible()
    expect(page.get_by_role("switch", name="Routine screening")).to_have_attribute("aria-checked", "false")
    assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_page_holds_in_both_sizes_and_themes(
    page: Page, parent: Actor, pupil: Pupil, theme: str, size: ViewportSize
) -> None:
    ask(parent, pupil_id=pupil.pk, kind="objection", words="Please have a person look at it.")
    type(parent.user).objects.filter(pk=parent.user.pk).update(theme=theme)
    page.set_viewport_size(size)
    page.goto("/my/")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page.get_by_role("switch", name="Mood analysis in lessons").click()
    assert violations(page) == []
