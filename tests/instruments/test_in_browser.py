"""The sheet on the psychologist's screen in a real browser, on a slow line."""

import time
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.instruments import services
from caseflow.instruments.models import Administration
from caseflow.instruments.selectors.administrations import read_answers
from caseflow.instruments.services import save_answers
from tests.browser import no_faults, page_of, problems
from tests.cases.factories import case_of, psychologist
from tests.instruments.factories import on_screen

pytestmark = pytest.mark.browser
SLOW, PAUSE = 0.7, 400  # seconds until a post is answered, milliseconds between two changes


@pytest.fixture
def who(transactional_db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def slow_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*args: Any, **kwargs: Any) -> Any:
        kept = save_answers(*args, **kwargs)
        time.sleep(SLOW)
        return kept

    monkeypatch.setattr(services, "save_answers", late)


def sheet_of(browser: Browser, live_server: LiveServer, who: Actor, one: Administration) -> Page:
    page = page_of(browser, live_server, who)
    page.goto(reverse("instruments:sheet", args=[one.pk]))
    expect(page.get_by_role("button", name="Finish and score")).to_be_visible()
    return page


def test_every_answer_changed_on_a_slow_line_is_kept_and_stands_on_the_page(
    browser: Browser, live_server: LiveServer, who: Actor, case: Case, slow_line: None
) -> None:
    one = on_screen(who, case, "gad-7")
    save_answers(who, one.pk, {str(number): 0 for number in range(1, 8)})
    page = sheet_of(browser, live_server, who, one)
    wanted = {str(number): 1 + number % 3 for number in range(1, 8)}
    with no_faults(page):
        for question, value in wanted.items():
            page.locator(f"#q-{question}-{value}").check()
            page.wait_for_timeout(PAUSE)
        expect(page.locator("[data-kept]")).to_have_text("Kept")
    assert read_answers(one) == wanted
    for question, value in wanted.items():
        expect(page.locator(f"#q-{question}-{value}")).to_be_checked()
    assert problems(page) == []


def test_what_is_finished_while_a_post_is_on_its_way_is_scored_with_the_last_change(
    browser: Browser, live_server: LiveServer, who: Actor, case: Case, slow_line: None
) -> None:
    one = on_screen(who, case, "gad-7")
    save_answers(who, one.pk, {str(number): 0 for number in range(1, 8)})
    page = sheet_of(browser, live_server, who, one)
    page.locator("#q-1-3").check()
    page.locator("#q-7-3").check()
    page.get_by_role("button", name="Finish and score").click()
    page.wait_for_url(f"**{reverse('instruments:administration', args=[one.pk])}")
    one.refresh_from_db()
    assert (one.is_open, read_answers(one)["1"], read_answers(one)["7"]) == (False, 3, 3)
    expect(page.get_by_text("6 / 21")).to_be_visible()


def test_an_alarm_is_shown_at_once_although_more_is_entered(
    browser: Browser, live_server: LiveServer, who: Actor, case: Case, slow_line: None
) -> None:
    one = on_screen(who, case, "asq")
    page = sheet_of(browser, live_server, who, one)
    page.locator("#q-1-1").check()
    page.locator("#q-2-0").check()
    page.wait_for_timeout(PAUSE)
    page.locator("#q-3-0").check()
    expect(page.get_by_role("alert").get_by_text("An answer needs a person at once.")).to_be_visible()
    expect(page.locator("#q-3-0")).to_be_checked()
    expect(page.locator("#q-5-1")).to_be_visible()  # the fifth is asked after a yes
    assert read_answers(one) == {"1": 1, "2": 0, "3": 0}
