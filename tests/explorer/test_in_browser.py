"""The explorer and the public page in a real browser: for every reader, in both themes, on a phone too."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.explorer.models import SavedView
from caseflow.explorer.services import publish
from tests.browser import no_faults, page_of, problems, violations
from tests.explorer.test_open import CHOSEN

pytestmark = pytest.mark.browser
TREND = "/explorer/?indicator=bullying&place=everywhere&period=last-4&rows=place&columns=period"
PUBLIC = "/open/mangystau/?language=en"


@pytest.fixture(autouse=True)
def committed(transactional_db: None) -> None:
    """The server sees what the test wrote."""


@pytest.fixture
def page(released: Region, prosecutor: Actor, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    page = page_of(browser, live_server, prosecutor)
    with no_faults(page):
        yield page
    page.context.close()


@pytest.fixture
def visitor(released: Region, prosecutor: Actor, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    publish(prosecutor, released, CHOSEN)
    context = browser.new_context(base_url=live_server.url, locale="en-GB", java_script_enabled=True)
    yield context.new_page()
    context.close()


def test_a_question_is_asked_by_keyboard_and_kept(page: Page) -> None:
    page.goto("/explorer/")
    page.get_by_label("Events reported", exact=True).focus()
    page.keyboard.press("Space")
    for name in ("Bullying suspected", "Violence at home suspected"):
        page.get_by_role("checkbox", name=name, exact=True).press("Space")
    page.get_by_label("In columns").select_option("period")
    page.get_by_role("button", name="Show", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Fights and physical violence").first).to_be_visible()
    assert "indicator=violence" in page.url
    assert "indicator=events" not in page.url
    page.get_by_label("Name", exact=True).fill("Violence by district")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("The view is saved.")).to_be_visible()
    page.get_by_role("link", name="Saved views 1").click()
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Violence by district", exact=True)).to_be_visible()
    assert SavedView.objects.count() == 1


def test_axe_finds_nothing_in_the_explorer(page: Page) -> None:
    for address in ("/explorer/", TREND, "/explorer/?rows=place&columns=place&indicator=events", "/explorer/views/"):
        page.goto(address)
        assert "\n".join(problems(page)) == ""


def test_what_was_looked_at_is_published_and_withdrawn(page: Page) -> None:
    page.goto("/reports/public/")
    assert "\n".join(problems(page)) == ""
    page.get_by_role("checkbox", name="Events reported", exact=True).check()
    page.get_by_role("button", name="Look at the page").click()
    expect(page.get_by_role("heading", name="Safety of children at schools")).to_be_visible()
    assert "\n".join(seen_by_everybody(page)) == ""
    page.get_by_role("button", name="Publish this page").click()
    expect(page.get_by_text("Published since")).to_be_visible()
    expect(page.locator("#snippet")).to_contain_text('/open/mangystau/embed/?language=kk"')
    assert "\n".join(problems(page)) == ""
    page.get_by_role("button", name="Withdraw the page").click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("Nothing is published")).to_be_visible()


def test_axe_finds_nothing_on_the_public_page(visitor: Page) -> None:
    for address in (PUBLIC, "/open/mangystau/embed/?language=kk", "/open/nowhere/"):
        visitor.goto(address)
        assert "\n".join(seen_by_everybody(visitor)) == ""
    assert visitor.context.cookies() == []


def test_the_public_page_stands_in_a_frame_of_another_site(visitor: Page, live_server: LiveServer) -> None:
    frames = "".join(
        f'<iframe src="{live_server.url}{path}"></iframe>' for path in ("/open/mangystau/embed/?language=en", PUBLIC)
    )
    with another_site(frames) as address:
        visitor.goto(address)
        meant, other = visitor.frame_locator("iframe").first, visitor.frame_locator("iframe").last
        expect(meant.get_by_role("heading", name="Safety of children at schools")).to_be_visible()
        expect(other.get_by_role("heading", name="Safety of children at schools")).to_have_count(0)


@contextmanager
def another_site(page: str) -> Iterator[str]:
    """A server of its own with one page; its address. Chromium lets no made-up site frame one of this machine."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_args: object) -> None:
            """Nothing of it is worth a line."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def seen_by_everybody(page: Page) -> list[str]:
    """As `problems`, of pages that follow the theme of the device."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found += violations(page)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"wider than {width}")
    return found
