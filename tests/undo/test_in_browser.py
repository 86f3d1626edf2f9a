"""The way back in a real browser: said, shown for five seconds, longer for whoever is about to press it."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.models import Case, Task
from caseflow.directory.actors import Actor
from notifications.models import Alert
from tests.browser import page_of, violations
from tests.cases.factories import case_of, psychologist, task_for
from tests.notifications.factories import settled
from tests.undo.factories import grown_old

pytestmark = pytest.mark.browser
WAITS = 20_000
THUMB = 44


@pytest.fixture
def who(transactional_db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def page(who: Actor, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    page = page_of(browser, live_server, who)
    page.set_viewport_size({"width": 390, "height": 844})
    page.set_default_timeout(WAITS)
    expect.set_options(timeout=WAITS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.context.close()
    assert errors == []


def completed(page: Page, case: Case, who: Actor) -> Task:
    task = task_for(case, who)
    page.goto(reverse("cases:complete", args=[task.pk]))
    page.get_by_label("What came of it").fill("Поговорили")
    page.get_by_role("button", name="Complete the task").click()
    expect(page.get_by_text("The task is completed.").first).to_be_visible()
    return task


def is_done(task: Task) -> bool:
    return Task.objects.get(pk=task.pk).done_at is not None


def test_it_is_said_stands_under_the_thumb_and_goes_by_itself(page: Page, case: Case, who: Actor) -> None:
    task = completed(page, case, who)
    undo = page.get_by_role("button", name="Undo")
    undo.focus()
    box = undo.bounding_box()
    assert box is not None
    assert box["height"] >= THUMB
    assert box["y"] + box["height"] <= 844
    expect(page.locator("#said")).to_have_text("The task is completed. Press Z to undo.")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert violations(page) == []
    page.wait_for_timeout(6_000)
    expect(undo).to_be_visible()
    page.locator("#main").focus()
    expect(undo).to_be_hidden()
    assert is_done(task)


def test_too_late_it_says_so_and_changes_nothing(page: Page, case: Case, who: Actor) -> None:
    task = completed(page, case, who)
    offered = page.locator("[name=offer]")
    page.evaluate("held => { document.querySelector('[name=offer]').value = held }", grown_old(offered.input_value()))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("It cannot be undone any more. Nothing was changed.").first).to_be_visible()
    assert is_done(task)


def test_alerts_marked_by_mistake_are_unseen_again(page: Page, who: Actor) -> None:
    settled(who.user, 1)
    page.goto("/cases/")
    page.locator("#bell").click()
    page.get_by_role("button", name="Mark 1 as seen").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Mark 1 as seen")).to_be_visible()
    assert Alert.objects.get(recipient=who.user).seen_at is None
