"""The office's pages in a real browser: axe in both themes and sizes, and nothing wider than the screen."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.schoolyear.services.turning import prepare_turn
from tests.browser import violations
from tests.directory.factories import SchoolClassFactory, signed_in
from tests.schoolyear.factories import DAY, turning

pytestmark = pytest.mark.browser
NARROW = """(links) => links
  .filter((one) => one.getClientRects().length && getComputedStyle(one).display !== "inline") // links within a sentence
  .filter((one) => Math.min(one.offsetWidth, one.offsetHeight) < 24)
  .map((one) => one.outerHTML.slice(0, 90))"""


def test_pages_hold_in_both_themes_and_sizes(browser: Browser, live_server: LiveServer, transactional_db: None) -> None:
    world = turning(timezone.localdate() + 30 * DAY)
    seventh = world.class_of(7, "Б")
    pupil, teacher = world.pupil(seventh), world.teacher_of(seventh)
    world.pupil(None)
    turn = prepare_turn(world.office)
    now = SchoolClassFactory.create(school=world.school, year=world.old, grade=5)
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    cookie = signed_in(world.office).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    found = []
    for path in (
        "",
        "turn/",
        f"turn/classes/{turn.classes.get().pk}/",
        "moves/",
        f"moves/leave/{pupil.pk}/",
        f"classes/{now.pk}/",
        f"staff/{teacher.user.pk}/",
        "ages/",
    ):
        page.goto(f"/school-year/{path}")
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
            for width in (1440, 390):
                page.set_viewport_size({"width": width, "height": 900})
                found += [f"{path}: {problem}" for problem in violations(page)]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append(f"{path} is wider than {width}")
        narrow = page.locator("main a").evaluate_all(NARROW)
        found += [f"{path}: narrower than 24 px: {one}" for one in narrow]
    assert found == []
