"""The cameras' pages as a person uses them: a camera is linked, seen, unplugged and seen again before the eyes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from analytics.enums import CameraCondition
from analytics.models import CameraHealth, CameraLink
from caseflow.directory.models import Camera
from tests.analytics.cameras.factories import ADDRESS, admin_of, linked
from tests.browser import violations
from tests.directory.factories import CameraFactory, RoomFactory, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def camera(transactional_db: None) -> Camera:
    return CameraFactory.create(room=RoomFactory.create(name="214"))


@pytest.fixture
def context(camera: Camera, browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    look: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
    context = browser.new_context(base_url=live_server.url, locale="en", **look)
    cookie = signed_in(admin_of(camera)).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    yield context
    context.close()


def says(link: CameraLink, **facts: object) -> None:
    """What the process that watches the camera writes down."""
    now = timezone.now()
    CameraHealth.objects.filter(link=link).update(
        **{"worker": "here", "lease_until": now + timedelta(minutes=5), "since": now, "seen_at": now, **facts}
    )


def test_a_camera_is_linked_and_watched_on_the_page(camera: Camera, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/analysis/cameras/")
    page.get_by_role("link", name=str(camera)).click()
    address, folder = page.get_by_label("Address"), page.get_by_label("Folder", exact=True)
    expect(folder).to_be_hidden()
    page.get_by_label("Files that a recorder leaves in a folder").check()
    expect(address).to_be_hidden()
    page.get_by_label("Live, over RTSP").check()
    address.fill("rtsp://8.8.8.8/live")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Its address lies outside of the ranges")).to_be_visible()
    address.fill(ADDRESS)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nobody watches it at this moment")).to_be_visible()

    link = CameraLink.objects.get()
    says(link, condition=CameraCondition.SEEING, pictures_a_second=25.0, width_px=1920, height_px=1080)
    expect(page.get_by_text("25.0 pictures a second, 1920 × 1080")).to_be_visible(timeout=5000)
    says(link, condition=CameraCondition.BLIND, trouble="camera_gone")
    expect(page.get_by_text("It closed the connection.")).to_be_visible(timeout=5000)
    says(link, condition=CameraCondition.FROZEN, trouble="")
    expect(page.get_by_text("Frozen picture")).to_be_visible(timeout=5000)
    page.get_by_role("button", name="Watch it no more").click()
    expect(page.get_by_text("Not watched: switched off")).to_be_visible()
    expect(page.get_by_role("button", name="Watch it again")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_hold_no_barrier_in_either_theme(camera: Camera, context: BrowserContext, width: int) -> None:
    says(linked(camera), condition=CameraCondition.BLIND, trouble="camera_unreachable")
    CameraFactory.create(room=camera.room)
    page: Page = context.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    for address in ("/analysis/cameras/", f"/analysis/cameras/{camera.pk}/"):
        page.goto(address)
        for theme in ("light", "dark"):
            page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
            assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
