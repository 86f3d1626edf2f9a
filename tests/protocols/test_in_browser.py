"""High risk in a real browser: axe in both themes and sizes, and the way from the assessment to the first proof."""

from dataclasses import replace

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.enums import RiskLevel
from caseflow.cases.services import ask_to_close, set_risk
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.protocols.models import Flow
from caseflow.protocols.selectors.versions import seen_of, version_of
from caseflow.protocols.services import ask_to_end, new_protocol, save_draft
from tests.browser import page_of, problems
from tests.cases.factories import case_of, lead_over, psychologist
from tests.directory.factories import SchoolFactory, actor
from tests.protocols.factories import flow_of, grave_case, settle_all
from tests.protocols.test_editing import PLAIN

pytestmark = pytest.mark.browser


@pytest.fixture
def who(transactional_db: None) -> Actor:
    return psychologist()


@pytest.fixture
def colleague(who: Actor) -> Actor:
    return psychologist(who.membership.school)


@pytest.fixture
def flow(who: Actor, colleague: Actor) -> Flow:
    return flow_of(grave_case(who))


def opened(browser: Browser, live_server: LiveServer, who: Actor, address: str, shows: str) -> Page:
    page = page_of(browser, live_server, who)
    page.goto(address)
    expect(page.get_by_text(shows).first).to_be_visible()
    return page


def test_a_running_flow_is_in_order_in_both_themes_and_sizes(
    browser: Browser, live_server: LiveServer, who: Actor, flow: Flow
) -> None:
    page = opened(browser, live_server, who, reverse("protocols:flow", args=[flow.pk]), "6 steps are open")
    page.get_by_text("They are not told", exact=True).click()
    assert problems(page) == []


def test_a_flow_whose_end_is_asked_for_is_in_order(
    browser: Browser, live_server: LiveServer, who: Actor, colleague: Actor, flow: Flow
) -> None:
    settle_all(flow, who, colleague)
    ask_to_end(who, flow.pk, reason="Спокойно, поддержка налажена")
    page = opened(browser, live_server, colleague, reverse("protocols:flow", args=[flow.pk]), "Confirm the end")
    assert problems(page) == []


def test_stages_and_the_end_of_a_case_are_in_order(
    browser: Browser, live_server: LiveServer, who: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseflow.cases.keeping._closing", {})  # the flow is tried above; here the page of asking
    case = case_of(who)
    page = opened(browser, live_server, who, reverse("cases:move", args=[case.pk]), "Next stage")
    assert problems(page) == []
    lead = lead_over(case.school)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    page.goto(reverse("cases:close", args=[case.pk]))
    expect(page.get_by_text("two people decide")).to_be_visible()
    assert problems(page) == []
    ask_to_close(who, case.pk, membership_id=lead.membership.pk, reason="Семья переехала")
    answer = opened(browser, live_server, lead, reverse("cases:close", args=[case.pk]), "Agree and close the case")
    assert problems(answer) == []


def test_from_a_high_assessment_to_the_first_proof(
    browser: Browser, live_server: LiveServer, who: Actor, colleague: Actor
) -> None:
    case = case_of(who)
    page = opened(browser, live_server, who, reverse("cases:risk", args=[case.pk]), "Assess the risk")
    page.get_by_label("High", exact=True).check()
    page.get_by_label("What the assessment is based on").fill("Беседа: говорит, что не хочет жить")
    page.get_by_role("button", name="Record the assessment").click()
    expect(page.get_by_text("For high or acute risk, write how you understand it.")).to_be_visible()
    page.get_by_label("How you understand it").fill("Ссора с классом; дома слышат")
    page.get_by_role("button", name="Record the assessment").click()
    page.get_by_role("link", name="To the steps").click()
    first = page.locator(".c-flowstep").first
    first.get_by_label("What was done and when").fill("Мама рядом до вечера")
    first.get_by_role("button", name="Done").click()
    expect(page.get_by_text("5 steps are open")).to_be_visible()
    expect(page.locator(".c-flowstep.is-done").first).to_contain_text("Мама рядом до вечера")


def test_on_a_phone_the_steps_of_a_case_are_reached_without_scrolling(
    browser: Browser, live_server: LiveServer, who: Actor, flow: Flow
) -> None:
    page = opened(browser, live_server, who, reverse("cases:detail", args=[flow.case_id]), "To the steps")
    assert problems(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    nearest = page.get_by_role("link", name="The pupil is not left alone").bounding_box()
    steps = page.get_by_role("link", name="To the steps").bounding_box()
    assert nearest is not None
    assert steps is not None
    assert (nearest["y"] < 844, steps["y"] < 844) == (True, True), (nearest, steps)


def test_the_pages_of_protocols_are_in_order(browser: Browser, live_server: LiveServer, who: Actor) -> None:
    assert who.membership.school
    lead = actor(Role.LEAD_PSYCHOLOGIST, region=who.membership.school.district.region)
    page = opened(browser, live_server, lead, reverse("protocols:list"), "shipped with the product")
    assert problems(page) == []
    page.get_by_role("link", name="High risk").click()
    page.get_by_role("button", name="Write a new version").click()
    expect(page.get_by_role("button", name="Save the draft")).to_be_visible()
    assert problems(page) == []
    page.get_by_label("Where it comes from").fill("[P] область, приказ 12")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="Put into force").click()
    expect(page.get_by_text("The version is in force.")).to_be_visible()


def test_what_a_lead_wrote_on_a_draft_outlives_a_reload_and_what_another_saved(
    browser: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    lead = actor(Role.LEAD_PSYCHOLOGIST, region=SchoolFactory.create().district.region)
    other = actor(Role.LEAD_PSYCHOLOGIST, region=lead.membership.region)
    draft = new_protocol(lead, PLAIN)
    page = opened(browser, live_server, lead, reverse("protocols:edit", args=[draft.pk]), "Procedure")
    page.locator("[name=steps-0-title_ru]").fill("Разговор")
    save_draft(other, draft.pk, replace(PLAIN, source="[P] иное"), seen=seen_of(version_of(other, draft.pk)))
    page.reload()
    expect(page.locator("[name=steps-0-title_ru]")).to_have_value("Разговор")
    page.get_by_role("button", name="Save the draft").click()
    beside = page.get_by_role("region", name="Something was saved while you were writing")
    expect(beside).to_be_visible()
    assert problems(page) == []
    beside.get_by_role("button", name="Take both").click()
    expect(page.locator("[name=source]")).to_have_value("[P] область / [P] иное")
    page.goto(reverse("protocols:edit", args=[draft.pk]))
    expect(page.locator("[name=source]")).to_have_value("[P] область / [P] иное")
    expect(page.locator("[name=steps-0-title_ru]")).to_have_value("Разговор")
