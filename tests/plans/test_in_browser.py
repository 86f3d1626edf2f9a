"""Writing and signing in a real browser: lines that are asked for, a drawn signature, a typed one by keyboard."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.plans.enums import Way
from caseflow.plans.models import Signature
from caseflow.plans.rules import Line
from caseflow.plans.selectors.versions import read_version, safety_of
from tests.browser import violations
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in
from tests.plans.factories import drafted, fresh

pytestmark = pytest.mark.browser


@pytest.fixture
def who(transactional_db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    case = case_of(who)
    drafted(who, case)
    return case


@pytest.fixture
def page(who: Actor, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, locale="en-GB", viewport={"width": 820, "height": 1180}, reduced_motion="reduce"
    )
    cookie = signed_in(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def draw(page: Page, area: Locator) -> None:
    """A wave of the mouse over the pad."""
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.5)
    page.mouse.down()
    for step in range(1, 7):
        page.mouse.move(
            box["x"] + box["width"] * (0.2 + step / 10), box["y"] + box["height"] * (0.3 + 0.4 * (step % 2))
        )
    page.mouse.up()


def test_a_step_takes_one_more_line_when_it_is_asked_for(page: Page, who: Actor, case: Case) -> None:
    page.goto(reverse("plans:safety", args=[case.pk]))
    step = page.get_by_role("group", name="1. How I notice that it is getting hard")
    expect(step.get_by_role("textbox")).to_have_count(2)
    step.get_by_role("button", name="One more line").click()
    expect(step.get_by_role("textbox")).to_have_count(3)
    third = step.get_by_label("Step 1, line 3", exact=True)
    expect(third).to_be_focused()
    third.fill("Молчу весь вечер")
    page.reload()
    expect(step.get_by_label("Step 1, line 3", exact=True)).to_have_value("Молчу весь вечер")
    assert violations(page) == []
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    draft = safety_of(fresh(who, case)).draft
    assert draft is not None
    assert draft.steps[0][-1] == Line("Молчу весь вечер")


def test_the_pupil_draws_and_the_psychologist_types_by_keyboard(page: Page, who: Actor, case: Case) -> None:
    page.goto(reverse("plans:sign", args=[case.pk]))
    assert violations(page) == []
    page.get_by_label("I have read the plan aloud together with the pupil").check()
    pupil, own = page.get_by_role("group", name="Pupil"), page.get_by_role("group", name="Psychologist")
    area = pupil.locator("[data-area]")
    draw(page, area)
    pupil.get_by_role("button", name="Clear").click()
    expect(pupil.locator("input[type=hidden]")).to_have_value("")
    draw(page, area)
    own.get_by_role("radio", name="Draw the signature").focus()
    page.keyboard.press("ArrowRight")
    expect(own.locator("[data-area]")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.type("А. М. Тестова")
    assert violations(page) == []
    page.get_by_role("button", name="Sign the plan").click()
    expect(page.get_by_text("The plan is signed.")).to_be_visible()
    drawn = Signature.objects.get(way=Way.DRAWN)
    shown = read_version(fresh(who, case), drawn.version)
    assert shown.signed[0].path.count("M") == 1
    assert shown.signed[0].path.count("L") >= 6
    assert shown.signed[1].typed == "А. М. Тестова"
