"""After a loss in a real browser: axe in both themes and sizes, and the check that answers while somebody writes."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import page_of, problems
from tests.cases.factories import psychologist, pupil_of
from tests.postvention.factories import loss_of, message_in, on_list

pytestmark = pytest.mark.browser


def test_steps_pupils_and_a_message_are_in_order_and_the_check_answers(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    who = psychologist()
    event = loss_of(who)
    on_list(who, event, pupil_of(who))
    row = message_in(who, event)
    page = page_of(browser, live_server, who)
    page.goto(reverse("postvention:event", args=[event.pk]))
    page.get_by_text("Record what was done").first.click()
    assert problems(page) == []
    page.goto(reverse("postvention:affected", args=[event.pk]))
    assert problems(page) == []
    page.goto(reverse("postvention:message", args=[event.pk, row.pk]))
    page.get_by_label("Message", exact=True).fill("Она отравилась. 111, 112")
    expect(page.locator("#findings")).to_contain_text("отравилась")
    assert problems(page) == []
