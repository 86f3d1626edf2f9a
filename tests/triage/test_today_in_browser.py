"""Today in a real browser: keys, decisions, undo, what colleagues do meanwhile, both themes, both sizes."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.models import Case
from caseflow.cases.services import open_case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.services import decide
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.triage.factories import item_at

pytestmark = pytest.mark.browser
REASON: dict[str, Any] = {"decision": "dismiss", "reason_code": "not_confirmed", "reason": "Старая ссора"}
TYPED = "Поговорила с классом"


@pytest.fixture
def school(transactional_db: None) -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def items(school: School) -> list[TriageItem]:
    """Three items, the nearest deadline first; the pupil of the second one has an open case."""
    codes = ("psych_assessment_acute", "psych_assessment_moderate", "psych_assessment_low")
    return [item_at(school, psych_code=code) for code in codes]


@pytest.fixture
def page(psychologist: Actor, items: list[TriageItem], live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    cookie = signed_in(psychologist).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/today/")
    yield page
    context.close()
    assert errors == []


def row(page: Page, item: TriageItem) -> str:
    return f"#item-{item.pk}"


def focus(page: Page, item: TriageItem) -> None:
    page.locator(row(page, item)).focus()
    expect(page.locator(f"{row(page, item)} [data-loaded]")).to_be_visible()


def state(item: TriageItem) -> str:
    return TriageItem.objects.get(pk=item.pk).state


def look_again(page: Page) -> None:
    page.evaluate("document.body.dispatchEvent(new CustomEvent('alert:new', { detail: {} }))")


def test_key_1_opens_a_case_and_the_next_row_has_the_focus(page: Page, items: list[TriageItem]) -> None:
    focus(page, items[0])
    page.keyboard.press("Digit1")
    expect(page.get_by_text("Case no. 1 opened").first).to_be_visible()
    expect(page.locator(row(page, items[1]))).to_be_focused()
    assert state(items[0]) == ItemState.CASE_OPENED
    expect(page.locator(row(page, items[0]))).to_be_hidden(timeout=9000)


def test_key_2_links_to_the_open_case_of_the_pupil(page: Page, items: list[TriageItem], psychologist: Actor) -> None:
    pupil = items[1].pupil
    assert pupil is not None
    case = open_case(psychologist, pupil_id=pupil.pk, reason="Раньше")
    page.locator(row(page, items[0])).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(row(page, items[1]))).to_be_focused()
    expect(page.get_by_text("Link to case no. 1")).to_be_visible()
    page.keyboard.press("Digit2")
    expect(page.get_by_text("Linked to case no. 1").first).to_be_visible()
    assert TriageItem.objects.get(pk=items[1].pk).case == case


def test_key_2_offers_the_open_cases_of_the_school(page: Page, items: list[TriageItem], psychologist: Actor) -> None:
    other = items[2].pupil
    assert other is not None
    case = open_case(psychologist, pupil_id=other.pk, reason="Раньше")
    focus(page, items[1])
    page.keyboard.press("Digit2")
    page.locator(row(page, items[1])).get_by_label("Open case of the school").select_option(str(case.pk))
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Linked to case no. 1").first).to_be_visible()


def test_key_3_dismisses_with_reason_and_the_key_before_typing_does_nothing(
    page: Page, items: list[TriageItem]
) -> None:
    focus(page, items[0])
    page.keyboard.press("Digit3")
    form = page.locator(f"{row(page, items[0])} [data-chosen=reason]")
    form.get_by_label("Not confirmed").check()
    explanation = form.get_by_label("Explanation, kept with the decision")
    explanation.fill("")
    explanation.press("Digit1")
    assert state(items[0]) == ItemState.NEW
    explanation.fill(TYPED)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Dismissed").first).to_be_visible()
    assert state(items[0]) == ItemState.DISMISSED


def test_a_digit_chooses_the_reason_and_leads_to_the_explanation(page: Page, items: list[TriageItem]) -> None:
    focus(page, items[0])
    page.keyboard.press("Digit3")
    form = page.locator(f"{row(page, items[0])} [data-chosen=reason]")
    expect(form.locator("[name=reason_code]").first).to_be_focused()
    page.keyboard.press("Digit3")
    expect(form.get_by_label("Not confirmed")).to_be_checked()
    expect(form.get_by_label("Explanation, kept with the decision")).to_be_focused()
    page.keyboard.type(TYPED)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Dismissed").first).to_be_visible()
    assert TriageItem.objects.get(pk=items[0].pk).reason_code == "not_confirmed"


def test_an_unfinished_dismissal_says_what_is_missing_and_does_nothing(page: Page, items: list[TriageItem]) -> None:
    focus(page, items[0])
    page.keyboard.press("Digit3")
    form = page.locator(f"{row(page, items[0])} [data-chosen=reason]")
    confirm = form.get_by_role("button", name="Dismiss")
    explain = "Explain in a few words why you dismiss it"
    expect(confirm).not_to_have_class("btn btn-primary")
    expect(confirm).to_have_attribute("aria-disabled", "true")
    expect(confirm).to_have_accessible_description(f"Choose why you dismiss it · {explain}")

    page.keyboard.press("Control+Enter")
    expect(form.locator(".c-error")).to_have_text(["Choose why you dismiss it", explain])
    first = form.locator("[name=reason_code]").first
    expect(first).to_be_focused()
    expect(first).to_have_accessible_description("Choose why you dismiss it")
    explanation = form.get_by_label("Explanation, kept with the decision")
    expect(explanation).to_have_attribute("aria-invalid", "true")
    expect(explanation).to_have_accessible_description(explain)
    assert form.evaluate("form => form.noValidate")
    assert state(items[0]) == ItemState.NEW

    form.get_by_label("Not confirmed").check()
    expect(form.locator(".c-error")).to_have_text([explain])
    expect(confirm).to_have_accessible_description("")  # said beside the field by now
    explanation.fill(TYPED)
    expect(form.locator(".c-error")).to_have_count(0)
    expect(confirm).to_have_class("btn btn-primary")
    confirm.click()
    expect(page.get_by_text("Dismissed").first).to_be_visible()


def test_a_link_without_a_case_says_so(page: Page, items: list[TriageItem], psychologist: Actor) -> None:
    other = items[2].pupil
    assert other is not None
    open_case(psychologist, pupil_id=other.pk, reason="Раньше")
    focus(page, items[1])
    page.keyboard.press("Digit2")
    page.keyboard.press("Control+Enter")
    chooser = page.locator(row(page, items[1])).get_by_label("Open case of the school")
    expect(chooser).to_be_focused()
    expect(chooser).to_have_accessible_description("Choose an open case of the school")
    assert state(items[1]) == ItemState.NEW


def test_escape_goes_back_to_the_three_actions(page: Page, items: list[TriageItem]) -> None:
    focus(page, items[0])
    page.keyboard.press("Digit3")
    page.keyboard.press("Escape")
    expect(page.locator(row(page, items[0]))).to_be_focused()
    expect(page.get_by_role("button", name="Open a case")).to_be_visible()


def test_undo_brings_the_row_back(page: Page, items: list[TriageItem]) -> None:
    focus(page, items[0])
    page.keyboard.press("Digit1")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"{row(page, items[0])} [data-loaded]")).to_be_visible()
    assert state(items[0]) == ItemState.NEW
    assert Case.objects.get().stage == "closed"


def test_news_arrive_without_touching_focus_and_text(page: Page, items: list[TriageItem], school: School) -> None:
    focus(page, items[1])
    page.keyboard.press("Digit3")
    explanation = page.locator(row(page, items[1])).get_by_label("Explanation, kept with the decision")
    page.locator(row(page, items[1])).get_by_label("Other").check()
    explanation.fill(TYPED)
    fresh = item_at(school, psych_code="psych_assessment_acute")
    look_again(page)
    expect(page.locator(row(page, fresh))).to_be_visible()
    expect(explanation).to_be_focused()
    expect(explanation).to_have_value(TYPED)
    order = page.locator("[data-row]").evaluate_all("rows => rows.map(row => row.id)")
    assert order == [f"item-{item.pk}" for item in (items[0], fresh, items[1], items[2])]
    expect(page.locator("#queue-chips .c-count").first).to_have_text("4")


def test_a_row_decided_by_a_colleague_says_so(page: Page, items: list[TriageItem], school: School) -> None:
    focus(page, items[0])
    colleague = actor(Role.PSYCHOLOGIST, school=school)
    decide(colleague, item_id=items[0].pk, **REASON)
    decide(colleague, item_id=items[2].pk, **REASON)
    look_again(page)
    expect(page.locator(row(page, items[0])).get_by_text(colleague.user.short_name)).to_be_visible()
    expect(page.locator(row(page, items[2]))).to_have_count(0)


def test_who_comes_second_is_told_at_once(page: Page, items: list[TriageItem], school: School) -> None:
    focus(page, items[0])
    colleague = actor(Role.PSYCHOLOGIST, school=school)
    decide(colleague, item_id=items[0].pk, **REASON)
    page.keyboard.press("Digit1")
    expect(page.locator(row(page, items[0])).get_by_text(colleague.user.short_name)).to_be_visible()
    assert not Case.objects.exists()


def test_when_everything_is_handled_the_page_says_so(page: Page, items: list[TriageItem], school: School) -> None:
    colleague = actor(Role.PSYCHOLOGIST, school=school)
    for item in items[1:]:
        decide(colleague, item_id=item.pk, **REASON)
    look_again(page)
    for item in items[1:]:  # else the focus goes on to one of them, and what somebody reads stays where it is
        expect(page.locator(row(page, item))).to_be_hidden()
    focus(page, items[0])
    page.keyboard.press("Digit1")
    expect(page.get_by_text("Everything is handled")).to_be_visible(timeout=40000)


def test_axe_finds_nothing_in_either_theme_and_size(page: Page, items: list[TriageItem]) -> None:
    focus(page, items[0])
    page.keyboard.press("Digit3")
    expect(page.get_by_text("Next due")).to_be_visible()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        for width, height in ((1440, 900), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            found = Axe().run(page).response["violations"]
            problems = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
            assert "\n".join(problems) == ""
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_header_counts_what_the_queue_counts(page: Page, items: list[TriageItem], psychologist: Actor) -> None:
    in_header = page.locator("#count-today")
    expect(in_header).to_have_text("3")
    decide(psychologist, item_id=items[2].pk, **REASON)
    page.evaluate("document.body.dispatchEvent(new CustomEvent('alert:new'))")
    expect(in_header).to_have_text("2")
    page.goto("/cases/")
    decide(psychologist, item_id=items[0].pk, **REASON)
    page.evaluate("document.body.dispatchEvent(new CustomEvent('alert:new'))")
    expect(in_header).to_have_text("1")


def test_scripts_show_times_as_the_pages_do_wherever_the_browser_is(
    live_server: LiveServer, browser: Browser, psychologist: Actor
) -> None:
    context = browser.new_context(base_url=live_server.url, locale="en-US", timezone_id="America/New_York")
    cookie = signed_in(psychologist).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto("/today/")
    said = page.evaluate(
        """async () => {
            const { dayTime } = await import("/static/js/moments.js");
            const now = new Date("2026-11-28T19:30:00Z"); // 00:30 of the next day in Almaty
            return [dayTime(new Date("2026-11-28T19:09:00Z"), now), dayTime(new Date("2026-11-28T18:09:00Z"), now)];
        }"""
    )
    context.close()
    assert said == ["00:09", "28.11, 23:09"]
