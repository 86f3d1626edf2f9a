"""Writing and signing in a real browser: lines that are asked for, a drawn signature, a typed one by keyboard."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.drafts.selectors import own_draft
from caseflow.drafts.services import Written
from caseflow.drafts.services import save_draft as keep
from caseflow.plans.enums import Step, Way
from caseflow.plans.models import Signature
from caseflow.plans.rules import MOST_LINES, Line, fields_of, text_in
from caseflow.plans.selectors.versions import read_version, safety_of
from caseflow.plans.services import save_draft
from tests.browser import violations
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in
from tests.plans.factories import drafted, fresh, text

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


def test_two_who_write_at_once_see_both_texts_and_take_both(page: Page, who: Actor, case: Case) -> None:
    page.goto(reverse("plans:safety", args=[case.pk]))
    seen = safety_of(fresh(who, case)).draft
    assert seen is not None
    save_draft(psychologist(case.school), case.pk, text(alone=[Line("Рисую")]), seen_sha256=seen.sha256)
    own = page.get_by_label("Step 2, line 1", exact=True)
    own.fill("Гуляю с собакой")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved")
    kept = own_draft(who, f"safety-{case.pk}")
    assert kept is not None
    assert kept.fields["seen"] == seen.sha256
    page.reload()
    beside = page.get_by_role("region", name="Something was saved while you were writing")
    expect(beside).to_be_visible()
    expect(own).to_have_value("Гуляю с собакой")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_response("**/api/v1/drafts/**"):
        beside.get_by_role("button", name="Take both").click()
    expect(page.get_by_label("Step 2, line 2", exact=True)).to_have_value("Рисую")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    draft = safety_of(fresh(who, case)).draft
    assert draft is not None
    assert draft.of(Step.ALONE) == (Line("Гуляю с собакой"), Line("Рисую"))
    assert own_draft(who, f"safety-{case.pk}") is None


def test_versions_of_two_devices_with_more_lines_than_the_page_has_are_taken_together(
    page: Page, who: Actor, case: Case
) -> None:
    page.goto(reverse("plans:safety", args=[case.pk]))
    full = text(alone=[Line(f"Строка {number}") for number in range(MOST_LINES)])
    keep(who, Written(f"safety-{case.pk}", fields_of(full), None))
    page.get_by_label("Step 2, line 1", exact=True).fill("Гуляю с собакой")
    versions = page.get_by_role("region", name="This text is kept in two versions")
    with page.expect_navigation():
        versions.get_by_role("button", name="Take both").click()
    expect(page.get_by_label(f"Step 2, line {MOST_LINES + 1}", exact=True)).to_have_value("Строка 5")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved")
    kept = own_draft(who, f"safety-{case.pk}")
    assert kept is not None
    assert (len(text_in(kept.fields).of(Step.ALONE)), kept.other) == (MOST_LINES + 1, None)


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
