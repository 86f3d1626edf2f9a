"""A clip as the psychologist adds and sees it: chosen in the browser, made, pixelated, sharp for a reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from analytics.models import IncidentClip
from analytics.services.clips import make_clip
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.incidents.models import Incident
from tests.analytics.clip_factories import REASON, film, with_sound
from tests.browser import open_browser, violations
from tests.directory.factories import PupilFactory, SchoolFactory, actor, signed_in
from tests.incidents.factories import harmed, reported, teacher_at

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


@pytest.fixture
def psychologist(transactional_db: None) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())


@pytest.fixture
def incident(psychologist: Actor) -> Incident:
    school = psychologist.schools().get()
    return reported(teacher_at(school), harmed(PupilFactory.create(school=school)))


@pytest.fixture
def page(chromium: str, live_server: LiveServer, psychologist: Actor) -> Iterator[Page]:
    cookie = signed_in(psychologist).cookies[settings.SESSION_COOKIE_NAME].value
    with open_browser(chromium) as browser:
        context = browser.new_context(locale="en")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        yield context.new_page()


def test_a_clip_is_added_made_seen_pixelated_and_then_sharp(
    page: Page, live_server: LiveServer, incident: Incident, tmp_path: Path
) -> None:
    path = tmp_path / "VID_0001.mp4"
    path.write_bytes(with_sound(film()))
    page.goto(live_server.url + reverse("incidents:detail", args=[incident.pk]))
    page.get_by_role("link", name="Clips…").click()
    expect(page.get_by_text("No clip")).to_be_visible()
    assert violations(page) == []
    page.set_input_files("#video", path)
    page.get_by_label("Why this clip is needed").fill(REASON)
    assert violations(page) == []
    page.get_by_role("button", name="Make a clip of it").click()
    expect(page.get_by_text("You can leave this page.")).to_be_visible()

    make_clip(IncidentClip.objects.get().pk)

    look = page.get_by_role("link", name="Look at it")
    expect(look).to_be_visible(timeout=10_000)  # the page asks by itself
    assert violations(page) == []
    look.click()
    assert _plays(page)
    assert violations(page) == []
    page.get_by_label("Why it has to be seen who is in the picture").fill(REASON)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Not pixelated", exact=True)).to_be_visible()
    assert _plays(page)
    assert violations(page) == []
    page.get_by_label("Why it is no longer needed").fill(REASON)
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The clip is removed.")).to_be_visible()
    expect(page.get_by_role("link", name="Look at it")).to_have_count(0)


def _plays(page: Page) -> bool:
    """The browser decodes the film: it is as long and as wide as what was sent, and time passes in it."""
    video = page.locator("video")
    video.evaluate("video => video.play()")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.3", timeout=10_000)
    return bool(video.evaluate("video => video.videoWidth === 480 && Math.abs(video.duration - 2) < 0.2"))
