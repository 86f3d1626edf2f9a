"""The seat editor as tests in a browser use it."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.actors import Actor
from tests.analytics.factories import consent
from tests.analytics.plan_factories import Room, drawn, room
from tests.browser import no_faults, open_browser
from tests.directory.factories import signed_in

SHAPE = ((0.1, 0.78), (0.17, 0.78), (0.2, 0.86), (0.2, 0.97), (0.07, 0.97), (0.07, 0.86))
LOOKS = [("light", 1440, 900), ("light", 390, 844), ("dark", 1440, 900), ("dark", 390, 844)]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as browser:
        yield browser


@pytest.fixture
def where(transactional_db: None) -> Room:
    made = room(pupils=6)
    consent(made.pupils[0])
    consent(made.pupils[3])
    drawn(made)
    return made


def context_of(who: Actor, browser: Browser, server: LiveServer, **look: Any) -> BrowserContext:
    asked = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"} | look
    context = browser.new_context(base_url=server.url, locale="en-GB", **asked)
    cookie = signed_in(who).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    return context


@pytest.fixture
def page(where: Room, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = context_of(where.admin, browser, live_server)
    page = context.new_page()
    with no_faults(page):
        page.goto(where.url("seat-plan"))
        expect(page.locator("#stage image")).to_have_attribute("href", re.compile("still"))
        yield page
    context.close()


def stage(page: Page) -> Locator:
    return page.locator("#stage")


def at(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a share of the still is on the screen."""
    svg = page.locator("#stage svg")
    svg.scroll_into_view_if_needed()
    box = svg.bounding_box()
    if box is None:
        raise ValueError(svg)
    return box["x"] + box["width"] * x, box["y"] + box["height"] * y


def click_around(page: Page) -> None:
    for x, y in SHAPE:
        page.mouse.click(*at(page, x, y))


def count(page: Page, name: str) -> str:
    return page.locator(f"[data-count={name}]").inner_text()


def row_of(page: Page, where: Room, number: int) -> Locator:
    return page.locator(f'#roll [data-pupil="{where.pupils[number].pk}"]')


def kept(page: Page) -> list[dict[str, Any]]:
    """The seats of the draft in this tab."""
    found = page.evaluate(
        "JSON.parse(Object.entries(sessionStorage).find(([k]) => k.startsWith('draft:seats'))?.[1] ?? 'null')"
    )
    return list(found["seats"]) if found else []


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*at(page, *start))
    page.mouse.down()
    page.mouse.move(*at(page, *[(a + b) / 2 for a, b in zip(start, end, strict=True)]))
    page.mouse.move(*at(page, *end))
    page.mouse.up()


def seen_at(page: Page, x: float, y: float) -> int:
    """How opaque the server's picture is there."""
    script = """async ([x, y]) => {
        const picture = new Image();
        picture.src = document.querySelector("#stage image").getAttribute("href");
        await picture.decode();
        const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
        canvas.drawImage(picture, 0, 0);
        return canvas.getImageData(x * picture.width, y * picture.height, 1, 1).data[3];
    }"""
    return int(page.evaluate(script, [x, y]))


def looks(page: Page) -> Iterator[str]:
    for theme, width, height in LOOKS:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        yield f"{theme} {width}"
        assert page.evaluate("document.documentElement.scrollWidth") == width
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=f"{folder}/{page.url.split('/analysis/')[1].replace('/', '-')}{theme}-{width}.png")
