"""Files in a real browser: one by one with their own answers, and looked at page by page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, FilePayload, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from tests.browser import violations
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in
from tests.lockdown.files import made

pytestmark = pytest.mark.browser


@pytest.fixture
def who(transactional_db: None, tmp_path: Path, settings: Any) -> Actor:
    settings.MEDIA_ROOT = tmp_path
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def page(who: Actor, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    cookie = signed_in(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def test_each_file_has_its_own_answer_and_is_shown_page_by_page(page: Page, case: Case) -> None:
    page.goto(reverse("attachments:case", args=[case.pk]))
    page.get_by_label("Files, up to 20 at a time").set_input_files(
        [
            FilePayload(name="Справка.pdf", mimeType="application/pdf", buffer=made.pdf(2)),
            FilePayload(name="run.pdf", mimeType="application/pdf", buffer=b"MZ\x90\x00"),
        ]
    )
    page.get_by_role("button", name="Attach").click()
    queue = page.locator("[data-queue] li")
    expect(queue.nth(0)).to_contain_text("attached", timeout=30_000)
    expect(queue.nth(1)).to_contain_text("This is a program.", timeout=30_000)
    kept = page.locator("#files").get_by_role("link", name="Справка.pdf", exact=True)
    expect(kept).to_be_visible()
    assert violations(page) == []
    kept.press("Enter")
    second = page.get_by_role("img", name="Page 2 of 2")
    second.scroll_into_view_if_needed()
    page.wait_for_function("() => [...document.images].every((image) => image.complete && image.naturalWidth > 0)")
    assert violations(page) == []


def test_a_file_that_was_chosen_before_the_script_came_is_sent_too(page: Page, case: Case) -> None:
    held: list[Route] = []
    page.route("**/attachments/drop.js*", lambda route: held.append(route))
    page.goto(reverse("attachments:case", args=[case.pk]), wait_until="commit")
    chosen = FilePayload(name="Справка.pdf", mimeType="application/pdf", buffer=made.pdf(1))
    page.get_by_label("Files, up to 20 at a time").set_input_files([chosen])
    with page.expect_response("**/attachments/drop.js*"):
        held[0].continue_()
    page.wait_for_load_state()
    page.get_by_role("button", name="Attach").click()
    expect(page.locator("[data-queue] li").first).to_contain_text("attached", timeout=30_000)
