"""Keys whose cards come after the page: one pressed before waits for its card."""

import re

import pytest
from playwright.sync_api import Browser, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import page_of
from tests.cases.factories import case_of, psychologist, pupil_of
from tests.keys.walks import Desk

pytestmark = pytest.mark.browser
CARDS = re.compile("/calendar/case/|/card/")


@pytest.mark.parametrize(("key", "led_to"), [("KeyA", "/calendar/new/"), ("KeyF", "/attachments/"), ("KeyQ", "/give/")])
def test_a_key_pressed_before_its_card_has_come_is_kept_for_it(
    key: str, led_to: str, browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    who = psychologist()
    desk, held = Desk(who, case_of(who, pupil_of(who))), list[Route]()
    page = page_of(browser, live_server, who)
    page.route(CARDS, lambda route: held.append(route))
    page.goto(desk.case_page())
    page.wait_for_load_state()
    page.keyboard.press(key)
    assert held
    for route in held:
        route.continue_()
    page.wait_for_url(re.compile(led_to))
    page.context.close()


def test_a_key_that_waits_is_forgotten_when_something_else_is_done(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    who = psychologist()
    desk, held = Desk(who, case_of(who, pupil_of(who))), list[Route]()
    page = page_of(browser, live_server, who)
    page.route(CARDS, lambda route: held.append(route))
    page.goto(desk.case_page())
    page.wait_for_load_state()
    page.keyboard.press("KeyA")
    page.keyboard.press("KeyN")
    expect(page.locator("[data-key=KeyN]")).to_be_focused()
    assert held
    for route in held:
        route.continue_()
    expect(page.locator("[data-key=KeyA]")).to_be_visible()
    assert page.url.endswith(desk.case_page())
    page.context.close()
