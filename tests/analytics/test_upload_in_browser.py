"""The upload as a psychologist does it: a file chosen in the browser, a line that breaks, a page that is reloaded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from analytics.models import Upload
from analytics.pipeline.clips import render_clip
from analytics.services.files import video_path
from tests.analytics.factories import Lesson, lesson, lesson_clip
from tests.browser import open_browser, violations
from tests.directory.factories import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]

PADDING = 20 * 1024 * 1024


@pytest.fixture
def where(transactional_db: None) -> Lesson:
    return lesson()


@pytest.fixture
def page(chromium: str, live_server: LiveServer, where: Lesson) -> Iterator[Page]:
    """The psychologist's browser."""
    cookie = signed_in(where.psychologist).cookies[settings.SESSION_COOKIE_NAME].value
    with open_browser(chromium) as browser:
        context = browser.new_context(locale="en")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/analysis/videos/")
        yield page


@pytest.fixture
def film_file(tmp_path: Path, where: Lesson) -> Path:
    """A film that says when it was recorded, with 20 MB behind its end so that it goes in three pieces."""
    path = tmp_path / "lesson.mp4"
    render_clip(path, lesson_clip(duration_s=4, recorded_at=where.recorded_at))
    size = PADDING.to_bytes(4, "big")
    path.write_bytes(path.read_bytes() + size + b"free" + b"\0" * (PADDING - 8))
    return path


def test_a_broken_line_and_a_reload_cost_only_the_piece_under_way(
    page: Page, where: Lesson, film_file: Path, tmp_path: Path
) -> None:
    sent: list[str] = []

    def break_second_piece(route: Route) -> None:
        sent.append(route.request.headers["upload-offset"])
        if len(sent) == 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/analysis/videos/uploads/*/", lambda route: _pieces(route, break_second_piece))
    page.set_input_files("#video", film_file)

    lessons = page.get_by_label("Lesson", exact=True)
    expect(lessons).to_be_visible(timeout=60_000)
    upload = Upload.objects.get()
    assert sent == ["0", str(8 * 1024**2), str(8 * 1024**2), str(16 * 1024**2)]
    assert video_path(upload.pk).read_bytes() == film_file.read_bytes()
    assert lessons.input_value() == f"{where.slot.pk}:{where.plan.camera_id}"

    page.reload()
    expect(lessons).to_be_visible(timeout=30_000)
    assert Upload.objects.count() == 1
    page.get_by_role("button", name="Analyse the lesson").click()
    page.wait_for_url("**/analysis/runs/*/")
    expect(page.get_by_role("heading", name="Waiting for a free worker")).to_be_visible()


def _pieces(route: Route, handle: object) -> None:
    if route.request.method == "PATCH":
        handle(route)  # type: ignore[operator]  # a function of the test
    else:
        route.continue_()


def test_a_letter_is_refused_in_words(page: Page, tmp_path: Path) -> None:
    letter = tmp_path / "lesson.mp4"
    letter.write_bytes(b"%PDF-1.7 a letter to the parents")

    page.set_input_files("#video", letter)

    expect(page.get_by_role("alert").get_by_text("This is not a video.")).to_be_visible(timeout=20_000)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_holds_no_barrier(page: Page, theme: str) -> None:
    page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)

    assert violations(page) == []
