"""What tests in a real browser share."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


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


def violations(page: Page) -> list[str]:
    """What axe finds on the page, as "rule: element"."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
