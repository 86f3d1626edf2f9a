"""The psychologist's pages in a corridor, at 390 pixels: what is pressed is as high as a thumb, nothing sticks out."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.appointments.factories import begun
from tests.browser import page_of, violations
from tests.cases.factories import case_of, psychologist, task_for
from tests.protocols.factories import grave_case
from tests.triage.factories import item_at

pytestmark = pytest.mark.browser
WAITS = 20_000
# Links within a sentence are excepted (WCAG 2.5.8), and what only a keyboard reaches.
LOW = """() => {
  const hidden = ".visually-hidden, .visually-hidden-focusable, [popover]";
  const height = (one) => one.getBoundingClientRect().height;
  return [...document.querySelectorAll("a[href], button, select, summary, input:not([type=hidden])")]
    .filter((one) => one.getClientRects().length && !one.disabled && !one.closest(hidden))
    .map((one) => one.closest("label") ?? one)
    .filter((one) => getComputedStyle(one).display !== "inline" && height(one) < 43.5)
    .map((one) => `${one.tagName} ${one.className}: ${one.textContent.trim().slice(0, 40)} ${height(one)}`);
}"""
COVERED = """() => [...document.querySelectorAll("body *")]
  .filter((one) => ["fixed", "sticky"].includes(getComputedStyle(one).position))
  .filter((one) => one.getBoundingClientRect().height > 120)
  .map((one) => one.className)"""


def test_pages_of_the_day_are_used_with_one_thumb(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    who = psychologist()
    case = case_of(who)
    task, appointment = task_for(case, who), begun(who, case.pupil)
    item_at(case.school)
    page = page_of(browser, live_server, who)
    page.set_default_timeout(WAITS)
    page.set_viewport_size({"width": 390, "height": 844})
    found: list[str] = []
    for path in (
        "/today/",
        reverse("cases:list"),
        reverse("cases:detail", args=[case.pk]),
        reverse("cases:complete", args=[task.pk]),
        reverse("cases:risk", args=[case.pk]),
        reverse("appointments:calendar"),
        reverse("appointments:detail", args=[appointment.pk]),
        reverse("appointments:new"),
        reverse("directory:pupils"),
        reverse("keys:keys"),
    ):
        page.goto(path)
        expect(page.locator("main [aria-busy=true]")).to_have_count(0, timeout=WAITS)
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            found.append(f"{path}: wider than the screen")
        found += [f"{path}: {one}" for one in (*page.evaluate(LOW), *page.evaluate(COVERED))]
    page.context.close()
    assert found == []


def test_what_a_high_risk_wants_is_read_in_lines_and_more_is_there_without_being_sought(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    who = psychologist()
    grave_case(who)
    page = page_of(browser, live_server, who)
    page.set_default_timeout(WAITS)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/today/")
    banner = page.locator(".c-ownflow")
    words, button = banner.locator(".grow").bounding_box(), banner.locator(".btn").bounding_box()
    assert words is not None
    assert button is not None
    assert words["width"] > 250
    assert button["height"] < 60
    more = page.locator(".c-further").bounding_box()
    assert more is not None
    assert more["x"] + more["width"] <= 390
    page.context.close()


def test_the_help_page_and_the_list_of_keys_hold_no_barrier(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    page = page_of(browser, live_server, psychologist())
    page.set_default_timeout(WAITS)
    page.goto(reverse("keys:keys"))
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert violations(page) == []
    page.keyboard.press("Shift+Slash")
    expect(page.get_by_role("dialog", name="Keys of this page")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="All keys and clicks").click()
    expect(page.locator("h1")).to_have_text("Keys and clicks")
    page.context.close()
