"""Somebody at a page whose clicks and keys are counted; what is written, ticked or chosen is not."""

from collections.abc import Callable
from typing import Self

from playwright.sync_api import Locator, Page, expect

from caseflow.keys.acts import Act

PRESSED = {"Slash": "/"}


class Hands:
    """Walks an act by clicks or by the keys of the list, and knows how many it took."""

    def __init__(self, page: Page, act: Act, *, keys: bool) -> None:
        self.page, self.act, self.keys = page, act, keys
        self.clicks = 0
        self.pressed: list[str] = []

    def at(self, path: str) -> Self:
        self.page.goto(path)
        return self

    def do(self, where: Locator, key: str = "") -> None:
        """One step: a click on it, or its key where the act is walked by keys."""
        expect(where).to_be_visible()
        if self.keys and key:
            self.pressed.append(key)
            self.page.wait_for_load_state()  # a key that is pressed before the scripts have come does nothing
            self.page.keyboard.press(PRESSED.get(key, key))
        else:
            self.clicks += 1
            where.click()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name).first

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name).first

    def told(self) -> tuple[int, tuple[str, ...]]:
        return self.clicks, tuple(self.pressed)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait at most twenty seconds for what the act does in the database."""
        for _attempt in range(200):
            if holds():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(self.page.locator("main").inner_text())
