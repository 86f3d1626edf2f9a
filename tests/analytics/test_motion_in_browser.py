"""Unusual motion and the climate of a class in a real browser: both themes, a desk and a phone, by keys alone."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from analytics.enums import DisturbanceAnswer
from analytics.models import Disturbance
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from tests.alarms.factories import centre, operator
from tests.analytics.climate_factories import weeks_of
from tests.analytics.disturbance_factories import corridor_camera, disturbance, looked_at
from tests.analytics.factories import lesson
from tests.browser import violations
from tests.directory.factories import SchoolFactory, actor, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def school(transactional_db: None, settings: Settings, tmp_path: Path) -> School:
    settings.MEDIA_ROOT = tmp_path / "media"
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


def open_as(who: Actor, browser: Browser, server: LiveServer, width: int) -> Page:
    context = browser.new_context(
        base_url=server.url, locale="en", viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    cookie = signed_in(who).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    return context.new_page()


def sound(page: Page, name: str, width: int) -> None:
    """Nothing sticks out and axe finds nothing, in either theme."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    for theme in ("light", "dark"):
        page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
        assert violations(page) == [], f"{name} {theme}"
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=f"{folder}/motion-{name}-{width}-{theme}.png", full_page=True)
    page.evaluate("document.documentElement.dataset.bsTheme = 'light'")


def address(name: str, found: Disturbance) -> str:
    return reverse(f"analytics:{name}", args=[found.pk])


@pytest.mark.parametrize("width", [1440, 390])
def test_a_clip_is_answered_by_one_key_sent_to_the_police_and_closed_by_them(
    school: School, psychologist: Actor, browser: Browser, live_server: LiveServer, width: int
) -> None:
    police = open_as(operator(centre(school.district)), browser, live_server, width)
    page = open_as(psychologist, browser, live_server, width)
    found = looked_at(psychologist, disturbance(corridor_camera(school)))

    page.goto(address("disturbance", found))
    expect(page.get_by_role("heading", name="What does it show?")).to_be_visible()
    sound(page, "clip", width)
    expect(page.locator("video")).to_be_focused()  # so that the space bar plays it
    with page.expect_navigation():
        page.keyboard.press("3")
    expect(page.get_by_role("heading", name="Fight")).to_be_visible()
    found.refresh_from_db()
    assert (found.answer, found.answered_by) == (DisturbanceAnswer.FIGHT, psychologist.user)

    page.get_by_label("The police operator is to see this clip").check()
    page.get_by_role("button", name="Send to the police centre").click()
    expect(page.get_by_text("Sent to the police centre").first).to_be_visible()
    sound(page, "sent", width)

    police.goto(reverse("alarms:list"))
    police.locator(f'a[href="{reverse("alarms:notice", args=[Disturbance.objects.get().notice_id])}"]').first.click()
    expect(police.get_by_text("found by the system").first).to_be_visible()
    sound(police, "notice", width)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_figures_of_the_cameras_and_the_heat_map_of_a_class_hold_no_barrier(
    school: School, psychologist: Actor, browser: Browser, live_server: LiveServer, width: int
) -> None:
    disturbance(corridor_camera(school))
    taught = lesson(pupils=10)
    weeks_of(taught)
    page = open_as(psychologist, browser, live_server, width)
    page.goto(reverse("analytics:disturbance-cameras"))
    expect(page.get_by_text("not enough answers, fewer than 10")).to_be_visible()
    sound(page, "cameras", width)
    page = open_as(taught.psychologist, browser, live_server, width)
    page.goto(reverse("analytics:climate"))
    sound(page, "classes", width)
    page.goto(reverse("analytics:class-climate", args=[taught.school_class.pk]))
    expect(page.get_by_text("computed by the system")).to_be_visible()
    sound(page, "climate", width)
