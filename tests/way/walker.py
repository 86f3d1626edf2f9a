"""Somebody at a browser: signs in, walks, and holds every page against WCAG in both themes."""

import os
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser import violations


class Walker:
    """One person in a browser window of their own."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        context = browser.new_context(base_url=base_url, locale="en-GB", reduced_motion="reduce")
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def sign_in(self, login: str, password: str) -> Page:
        """Sign in and choose English in the header."""
        self.page.goto("/accounts/login/?next=/accounts/profile/")
        self.look()
        self.page.locator("[name=username]").fill(login)
        self.page.locator("[name=password]").fill(password)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("[name=password]")).to_have_count(0)
        self.page.locator(".c-lang button[value=en]").first.click()
        expect(self.page.locator("html")).to_have_attribute("lang", "en")
        self.look()
        return self.page

    def look(self) -> None:
        """axe finds nothing on the page as it is, in the light and in the dark theme."""
        self.page.wait_for_load_state("networkidle")
        for theme in ("light", "dark"):
            self.page.emulate_media(color_scheme=theme)
            expect(self.page.locator("html")).to_have_attribute("data-bs-theme", theme)
            assert (self.page.url, theme, violations(self.page)) == (self.page.url, theme, [])
        self.page.emulate_media(color_scheme="light")
        assert self.faults == []

    def picture(self, name: str) -> None:
        """Keep what is seen as `name`.png where PICTURES names a folder: `make pictures`."""
        if folder := os.environ.get("PICTURES"):
            self.page.set_viewport_size({"width": 1440, "height": 900})
            self.page.evaluate("scrollTo(0, 0)")
            self.page.screenshot(path=Path(folder) / f"{name}.png")

    def go(self, path: str) -> Page:
        """Open a page and look at it."""
        self.page.goto(path)
        self.look()
        return self.page
