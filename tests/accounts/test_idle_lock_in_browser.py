"""The screen locks by itself when nobody touches it, and what was being written is there again afterwards."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.drafts.selectors import own_draft
from tests.browser import page_of
from tests.cases.factories import case_of, lead_over, psychologist
from tests.directory.factories import PASSWORD

pytestmark = pytest.mark.browser
WAITS = 20_000
TYPED = "Мама просит не звонить до шести"


@pytest.fixture
def who(transactional_db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def page(who: Actor, case: Case, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    page = page_of(browser, live_server, who)
    page.set_default_timeout(WAITS)
    expect.set_options(timeout=WAITS)
    yield page
    page.context.close()


def left_alone(page: Page) -> None:
    """Nobody has touched any tab since long ago; the page looks every five seconds."""
    page.evaluate("localStorage.setItem('last-touch', '0')")
    expect(page.locator("[data-locked]")).to_be_attached()


def unlocked(page: Page) -> None:
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").first.click()
    expect(page.locator("[data-locked]")).to_have_count(0)


def test_what_was_typed_a_moment_before_is_there_again(page: Page, case: Case) -> None:
    path = reverse("cases:detail", args=[case.pk])
    page.goto(path)
    page.locator("[name=text]").fill(TYPED)
    left_alone(page)
    assert TYPED not in page.content()
    assert case.pupil.last_name not in page.content()
    unlocked(page)
    page.wait_for_url(f"**{path}")
    expect(page.locator("[name=text]")).to_have_value(TYPED)


def test_what_was_kept_by_the_server_is_there_on_another_device_too(page: Page, case: Case, who: Actor) -> None:
    page.goto(reverse("cases:risk", args=[case.pk]))
    page.locator("[name=basis]").fill(TYPED)
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved")
    left_alone(page)
    kept = own_draft(who, f"risk-{case.pk}")
    assert kept is not None
    assert kept.fields["basis"] == TYPED
    unlocked(page)
    expect(page.locator("[name=basis]")).to_have_value(TYPED)


def test_a_form_that_only_the_tab_keeps_is_filled_again(page: Page, case: Case) -> None:
    page.goto(reverse("cases:assign", args=[case.pk]))
    picked = page.locator("form.c-form select").first
    picked.select_option(index=0)
    left_alone(page)
    unlocked(page)
    page.wait_for_url(f"**{reverse('cases:assign', args=[case.pk])}")
    expect(picked).to_be_visible()


def test_words_beside_a_search_and_words_that_came_back_refused_are_there_again(page: Page, case: Case) -> None:
    path = reverse("relations:add", args=[case.pk])
    page.goto(path)
    page.locator("[name=note]").fill(TYPED)
    with page.expect_response("**/find/**"):
        page.locator("#people-query").press_sequentially("Тес")
    left_alone(page)
    unlocked(page)
    page.wait_for_url(f"**{path}")
    expect(page.locator("[name=note]")).to_have_value(TYPED)
    page.locator("main form.c-form button.btn-primary").click()
    expect(page.locator(".c-error").first).to_be_visible()
    left_alone(page)
    unlocked(page)
    page.wait_for_url(f"**{path}")
    expect(page.locator("[name=note]")).to_have_value(TYPED)


def test_each_of_several_boxes_is_ticked_as_it_was(
    case: Case, who: Actor, browser: Browser, live_server: LiveServer
) -> None:
    other = case_of(who)
    psychologist(case.school)
    page = page_of(browser, live_server, lead_over(case.school))
    path = reverse("supervision:work", args=[case.school_id, who.user.pk])
    page.goto(path)
    page.locator(f"[name=case][value='{case.pk}']").check()
    page.locator("[name=reason]").fill(TYPED)
    left_alone(page)
    unlocked(page)
    page.wait_for_url(f"**{path}")
    expect(page.locator("[name=reason]")).to_have_value(TYPED)
    expect(page.locator(f"[name=case][value='{case.pk}']")).to_be_checked()
    expect(page.locator(f"[name=case][value='{other.pk}']")).not_to_be_checked()
    page.context.close()


def test_an_offer_of_undo_does_not_outlive_the_lock(page: Page, case: Case) -> None:
    page.goto(reverse("cases:detail", args=[case.pk]))
    left_alone(page)
    assert page.locator("[data-undo-offer]").count() == 0
