"""From the drawing of seats to the result of an analysis."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.way import lesson
from tests.way.walker import Walker

ANALYSIS_LIMIT_MS = 180_000
PUPILS = ("Асанов Даулет", "Асанова Дария")
"""In the order of the roll; the mother refused for the first and consented for the second."""


def draw_two_seats(psychologist: Walker, folder: Path) -> None:
    still = folder / "room.png"
    lesson.write_still(still)
    psychologist.page.set_viewport_size({"width": 1440, "height": 900})
    page = psychologist.go("/analysis/seat-plans/")
    page.get_by_role("link", name=re.compile("Draw seats.*8 «А»")).click()
    page.locator("[name=picture]").set_input_files(still)
    page.locator("[name=kind][value=empty_room]").check()
    page.get_by_role("button", name="Upload the still").click()
    expect(page.locator("#stage")).to_be_visible()
    psychologist.look()
    for pupil, outline in zip(PUPILS, lesson.outlines(), strict=True):
        _draw(psychologist, pupil, outline)
    psychologist.look()
    page.locator("#save").click()
    expect(page.get_by_text(re.compile(r"[Vv]ersion 1")).first).to_be_visible()


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
    expect(page.get_by_text("Confirmed").first).to_be_visible()


def analyse_the_video(psychologist: Walker, folder: Path, taught: lesson.LessonNow) -> None:
    video = folder / "lesson.mp4"
    taught.write_video(video)
    taught.wait_for_the_recording()
    page = psychologist.go("/analysis/videos/")
    page.locator("#video").set_input_files(video)
    own = page.get_by_role("region", name="lesson.mp4")
    expect(own.get_by_role("button", name="Analyse the lesson")).to_be_visible(timeout=60_000)
    psychologist.look()
    own.get_by_role("button", name="Analyse the lesson").click()
    expect(page).to_have_url(re.compile("/analysis/runs/"))
    expect(page.get_by_role("progressbar", name=re.compile("Waiting for a free worker|Analysing"))).to_be_visible()
    page.evaluate("window.watched = true")
    expect(page.get_by_text("read of the declared length")).to_be_visible(timeout=ANALYSIS_LIMIT_MS)
    assert page.evaluate("window.watched")  # the same page all along: the result came to it
    for figure in ("seat analysed", "seat masked"):
        expect(page.locator("main div").filter(has_text=re.compile(rf"^\s*1\s*{figure}\s*$"))).to_be_visible()
    expect(page.get_by_role("cell", name=PUPILS[1])).to_be_visible()
    expect(page.get_by_text(PUPILS[0])).to_have_count(0)
    psychologist.look()
