"""From the drawing of seats to the result of an analysis."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import APIResponse, Page, Route, expect

from tests.way import lesson
from tests.way.product import Product
from tests.way.walker import Walker

ANALYSIS_LIMIT_MS = 180_000
WAITS, RUNS = "Waiting for a free worker", "Analysing"
PROGRESS = re.compile("/analysis/runs/.*/progress/")
PUPILS = ("Асанов Даулет", "Асанова Дария")
"""In the order of the roll; the mother refused for the first and consented for the second."""


def draw_two_seats(psychologist: Walker, folder: Path) -> None:
    still = folder / "room.png"
    lesson.write_still(still)
    psychologist.page.set_viewport_size({"width": 1440, "height": 900})
    page = psychologist.go("/analysis/seat-plans/")
    page.get_by_role("link", name=re.compile("Draw seats.*8 «А»")).click()
    expect(page.get_by_role("button", name="Upload the still")).to_be_visible()
    psychologist.look()
    page.locator("[name=picture]").set_input_files(still)
    page.locator("[name=kind][value=empty_room]").check()
    page.get_by_role("button", name="Upload the still").click()
    expect(page.locator("#stage")).to_be_visible()
    psychologist.look()
    for pupil, outline in zip(PUPILS, lesson.outlines(), strict=True):
        _draw(psychologist, pupil, outline)
    psychologist.look()
    page.locator("#save").click()
    expect(page.get_by_text("Version 1 is saved")).to_be_visible()
    psychologist.look()


def _draw(psychologist: Walker, pupil: str, outline: list[tuple[float, float]]) -> None:
    page = psychologist.page
    page.locator("#roll").get_by_role("button", name=re.compile(pupil)).click()
    expect(page.locator("#seat-now")).to_contain_text(pupil)
    box = page.locator("#stage svg").bounding_box()
    assert box is not None
    inside = [(min(max(x, 0.01), 0.99), min(max(y, 0.01), 0.99)) for x, y in outline]
    for x, y in inside:
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.keyboard.press("Enter")
    height_px = lesson.DESKS[0].face_height_share * lesson.CLIP.height_px
    page.locator("#seat-face").fill(str(round(height_px)))
    page.locator("#seat-face").press("Tab")


def confirm_who_sat_where(teacher: Walker) -> None:
    page = teacher.go("/analysis/lessons/")
    page.locator("li", has_text="8 «А»").get_by_role("link").first.click()
    teacher.look()
    page.get_by_role("button", name="Everybody sat as drawn").click()
    expect(page.get_by_text("Confirmed. Thank you.")).to_be_visible()
    teacher.look()


def upload_the_video(psychologist: Walker, folder: Path, taught: lesson.LessonNow) -> None:
    video = folder / "lesson.mp4"
    taught.write_video(video)
    taught.wait_for_the_recording()
    page = psychologist.go("/analysis/videos/")
    page.locator("#video").set_input_files(video)
    expect(page.get_by_role("button", name="Analyse the lesson")).to_be_visible(timeout=60_000)
    psychologist.look()


def watch_the_analysis(psychologist: Walker, product: Product) -> None:
    """It waits, it runs, and its result comes, all on one page that nobody touches."""
    page = psychologist.page
    with product.nobody_analyses() as begin, held_while_it_runs(page, begin):
        page.get_by_role("region", name="lesson.mp4").get_by_role("button", name="Analyse the lesson").click()
        expect(page).to_have_url(re.compile("/analysis/runs/"))
        expect(page.get_by_role("progressbar", name=WAITS)).to_be_visible()
        page.evaluate("window.watched = true")
        expect(page.get_by_role("progressbar", name=RUNS)).to_be_visible(timeout=ANALYSIS_LIMIT_MS)
        psychologist.look()
    expect(page.get_by_text("read of the declared length")).to_be_visible(timeout=ANALYSIS_LIMIT_MS)
    assert page.evaluate("window.watched")
    see_the_result(psychologist)


@contextmanager
def held_while_it_runs(page: Page, begin: Callable[[], None]) -> Iterator[None]:
    """The analysis begins when the page asks how far it is. It is told so once it runs, and always the same from then
    on, so that it stays as it is until it was looked at: an analysis this short ends between two questions."""
    running: list[APIResponse] = []

    def answer(route: Route) -> None:
        begin()
        while not running:
            response = route.fetch()
            if WAITS in response.text():
                time.sleep(0.05)
            else:
                running.append(response)
        route.fulfill(response=running[0])

    page.route(PROGRESS, answer)
    yield
    page.unroute(PROGRESS, answer)


def see_the_result(psychologist: Walker) -> None:
    page = psychologist.page
    for figure in ("seat analysed", "seat masked"):
        expect(page.locator("main div").filter(has_text=re.compile(rf"^\s*1\s*{figure}\s*$"))).to_be_visible()
    expect(page.get_by_role("cell", name=PUPILS[1])).to_be_visible()
    expect(page.get_by_text(PUPILS[0])).to_have_count(0)
    psychologist.look()
