"""A hand at a browser that counts: keys pressed, clicks made, letters written are not counted."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

PAD_WAVE = 6


class Hand:
    """One person at a page; `acts` are the keys and clicks since the latest `within`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts = 0

    @contextmanager
    def within(self, most: int) -> Iterator[None]:
        """What is done takes `most` keys and clicks at most."""
        self.acts = 0
        yield
        assert self.acts <= most, f"{self.acts} keys and clicks where {most} have to do"

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.acts += 1

    def click(self, target: Locator) -> None:
        target.click()
        self.acts += 1

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)

    def write_in(self, field: Locator, words: str) -> None:
        """A click into the field, then the words."""
        self.click(field)
        self.write(words)

    def draw(self, area: Locator) -> None:
        """A wave of the mouse over a pad."""
        area.scroll_into_view_if_needed()
        box = area.bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.5)
        self.page.mouse.down()
        for step in range(1, PAD_WAVE + 1):
            x, y = 0.2 + step / 10, 0.3 + 0.4 * (step % 2)
            self.page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        self.page.mouse.up()
        self.acts += 1

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()
