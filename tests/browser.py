"""What tests in a real browser share."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.actors import Actor
from tests.directory.factories import signed_in

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

CONTRAST = "color-contrast"


@contextmanager
def open_browser(executable: str) -> Iterator[Browser]:
    """The system's Chromium, headless, without calls home."""
    # Playwright keeps an event loop on this thread, so Django would refuse the tests' own queries here.
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        with suppress(Error):  # it may have died
            browser.close()


@contextmanager
def no_faults(page: Page) -> Iterator[None]:
    """At the end it fails if a script of the page did.

    A listener only notes it: whatever it raises ends Playwright's connection without a word about why.
    """
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield
    assert faults == [], faults


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds on the page, as "rule: element", by all rules or by these.

    No colour is on its way from one theme to the other then.
    """
    page.emulate_media(reduced_motion="reduce")
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def page_of(browser: Browser, live_server: LiveServer, who: Actor) -> Page:
    """A page of somebody who is signed in."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    cookie = signed_in(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return context.new_page()


def page_for(browser: Browser, live_server: LiveServer, who: Actor, language: str) -> Page:
    """A page of somebody who is signed in and reads that language."""
    who.user.language = language
    who.user.save(update_fields=["language"])
    return page_of(browser, live_server, who)


def problems(page: Page) -> list[str]:
    """What axe finds in both themes and sizes, and whether the page is wider than the screen.

    A theme changes colours alone, so in the dark one only those are looked at once more.
    """
    found = []
    themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for theme in themes:
        rules = (CONTRAST,) if theme == "dark" else ()
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found += violations(page, *rules)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"wider than {width}")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found
