"""The privacy curtain in a real browser: Escape twice covers any page but a console with live alarms."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import page_of, violations
from tests.cases.factories import case_of, psychologist

pytestmark = pytest.mark.browser


def test_escape_twice_covers_the_page_and_its_title_and_once_uncovers_it(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    who = psychologist()
    case = case_of(who)
    page = page_of(browser, live_server, who)
    page.goto(reverse("cases:detail", args=[case.pk]))
    name = page.get_by_text(case.pupil.full_name).first
    expect(name).to_be_visible()
    title, curtain = page.title(), page.locator("#curtain")
    page.keyboard.press("Escape")
    page.wait_for_timeout(700)
    page.keyboard.press("Escape")
    expect(curtain).to_be_hidden()
    page.wait_for_timeout(700)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("Escape")
    expect(curtain).to_be_hidden()
    page.wait_for_timeout(700)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(curtain).to_be_visible()
    assert page.title() == "Page"
    assert page.evaluate("document.elementFromPoint(innerWidth / 2, 200).closest('#curtain') !== null")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(curtain).to_be_hidden()
    assert page.title() == title
    page.wait_for_timeout(700)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    curtain.get_by_role("button").click()
    expect(curtain).to_be_hidden()
    page.wait_for_timeout(700)
    page.evaluate("document.getElementById('main').dataset.locksItself = ''")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(curtain).to_be_hidden()
