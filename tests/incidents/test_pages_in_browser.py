"""A report in a real browser: people found by name, questions that follow, axe in both themes and sizes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.incidents.forms import MINUTES
from caseflow.incidents.models import Incident
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.factories import WORDS, accused, harmed, officer_for, reported, teacher_at
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.browser


@pytest.fixture
def school(transactional_db: None) -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def teacher(school: School, psychologist: Actor) -> Actor:
    return teacher_at(school)


@pytest.fixture
def pupils(school: School) -> list[Pupil]:
    return [pupil_at(school, last_name=name) for name in ("Серікова", "Тасболат")]


@pytest.fixture
def page(live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def enter(page: Page, who: Actor, live_server: LiveServer) -> None:
    cookie = signed_in(who).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def problems(page: Page) -> str:
    """What axe finds in both themes and sizes, and pages wider than the screen."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        for width, height in ((1440, 900), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            violations = Axe().run(page).response["violations"]
            found += [f"{one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"]]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"wider than {width}")
    return "\n".join(found)


def test_a_teacher_reports_with_two_pupils_found_by_name(
    page: Page, teacher: Actor, pupils: list[Pupil], live_server: LiveServer
) -> None:
    enter(page, teacher, live_server)
    page.goto(reverse("incidents:create"))
    page.get_by_label("What happened", exact=True).select_option("violence")
    page.get_by_label("When", exact=True).fill(
        timezone.localtime(timezone.now() - timedelta(hours=1)).strftime(MINUTES)
    )
    page.get_by_label("Where").fill("у раздевалки")
    page.get_by_label("What happened, in the child's words").fill(WORDS)
    page.get_by_role("button", name="Add a person not known").click()
    page.get_by_label("Remove this person").click()
    expect(page.locator("[data-party]")).to_have_count(0)
    for pupil, role in zip(pupils, ("harmed", "said_to_have_harmed"), strict=True):
        page.get_by_label("Add a pupil by name").press_sequentially(pupil.last_name[:4].lower())
        page.get_by_role("button", name=f"Add: {pupil.short_name}").click()
        row = page.locator("[data-party]", has_text=pupil.short_name)
        row.get_by_label("Which part this person had").select_option(role)
    expect(page.get_by_label("Which employee")).to_be_hidden()
    page.get_by_label("It is about an employee of the school").check()
    expect(page.get_by_label("Which employee")).to_be_visible()
    page.get_by_label("It is about an employee of the school").uncheck()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Report no. 1 is sent")).to_be_visible()
    said = {(party.pupil_id, party.role) for party in Incident.objects.get().parties.all()}
    assert said == {(pupils[0].pk, "harmed"), (pupils[1].pk, "said_to_have_harmed")}


def test_nobody_is_added_twice(page: Page, teacher: Actor, pupils: list[Pupil], live_server: LiveServer) -> None:
    enter(page, teacher, live_server)
    page.goto(reverse("incidents:create"))
    for _again in range(2):
        page.get_by_label("Add a pupil by name").press_sequentially(pupils[0].last_name[:5])
        page.get_by_role("button", name=f"Add: {pupils[0].short_name}").click()
        expect(page.get_by_role("button", name=f"Add: {pupils[0].short_name}")).to_have_count(0)
    expect(page.locator("[data-party]", has_text=pupils[0].short_name)).to_have_count(1)


def test_axe_finds_nothing_on_the_reporters_pages(page: Page, teacher: Actor, live_server: LiveServer) -> None:
    incident = reported(teacher)
    enter(page, teacher, live_server)
    for url in (reverse("incidents:create"), reverse("incidents:mine"), reverse("incidents:sent", args=[incident.pk])):
        page.goto(url)
        assert (url, problems(page)) == (url, "")


def test_axe_finds_nothing_on_the_pages_of_those_who_follow(
    page: Page, teacher: Actor, psychologist: Actor, pupils: list[Pupil], school: School, live_server: LiveServer
) -> None:
    incident = reported(teacher, harmed(pupils[0]), accused(pupils[1]))
    enter(page, psychologist, live_server)
    for url in (reverse("incidents:list"), reverse("incidents:detail", args=[incident.pk])):
        page.goto(url)
        assert (url, problems(page)) == (url, "")
    enter(page, officer_for(school), live_server)
    for url in (reverse("incidents:legal"), reverse("incidents:legal-incident", args=[incident.pk])):
        page.goto(url)
        assert (url, problems(page)) == (url, "")
