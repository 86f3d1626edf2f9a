"""After a loss in a real browser: axe in both themes and sizes, and the check that answers while somebody writes."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import page_of, problems
from tests.cases.factories import psychologist, pupil_of
from tests.directory.factories import PupilFactory
from tests.postvention.factories import loss_of, message_in, on_list

pytestmark = pytest.mark.browser


def test_steps_pupils_and_a_message_are_in_order_and_the_check_answers(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    who = psychologist()
    event = loss_of(who)
    on_list(who, event, pupil_of(who))
    pupil_of(who, last_name="Нурланова")
    assert event.pupil is not None
    for _ in range(2):
        PupilFactory.create(school_class=event.pupil.school_class)
    row = message_in(who, event)
    page = page_of(browser, live_server, who)
    page.goto(reverse("postvention:event", args=[event.pk]))
    page.get_by_text("Record what was done").first.click()
    assert problems(page) == []
    page.goto(reverse("postvention:affected", args=[event.pk]))
    assert problems(page) == []
    page.get_by_role("button", name="Tick all of this class (2)").click()
    of_class = page.get_by_role("region", name="Same class")
    expect(of_class.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(page).to_have_url(re.compile("affected/$"))
    page.get_by_label("Name or class").fill("Нурланова")
    page.get_by_role("button", name="Find").click()
    found = page.get_by_role("region", name="Add by name")
    found.get_by_role("checkbox").check()
    found.get_by_role("button", name="Put on the list").click()
    expect(found).to_contain_text("Say in your own words why you think of them.")
    expect(found.get_by_role("checkbox")).to_be_checked()
    assert problems(page) == []
    page.goto(reverse("postvention:message", args=[event.pk, row.pk]))
    page.get_by_label("Message", exact=True).fill("Она отравилась. 111, 112")
    expect(page.locator("#findings")).to_contain_text("отравилась")
    assert problems(page) == []


def test_who_has_died_is_found_while_the_name_is_typed(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    who = psychologist()
    lost = pupil_of(who, last_name="Нурланова")
    pupil_of(who, last_name="Серикова")
    page = page_of(browser, live_server, who)
    page.goto(reverse("postvention:new"))
    page.get_by_label("Pupil", exact=True).fill("Нурлан")
    found = page.get_by_role("radio", name=lost.short_name)
    expect(found).to_be_visible()
    expect(page.get_by_role("radio", name="Серикова")).to_have_count(0)
    found.check()
    page.get_by_label("Pupil", exact=True).fill("Серик")
    expect(page.get_by_role("radio", name="Серикова")).to_be_visible()
    expect(found).to_be_checked()
    assert problems(page) == []
    page.get_by_role("button", name="Open the event").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(lost.short_name)
