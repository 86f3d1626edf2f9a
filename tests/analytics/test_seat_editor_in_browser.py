"""Drawing seats in a real browser: mouse, touch, keys, warnings, and the mask."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from analytics.models import Seat, SeatPlan
from tests.analytics.plan_factories import HEIGHT, WIDTH, Room
from tests.analytics.seat_editor import (
    SHAPE,
    at,
    browser,
    click_around,
    context_of,
    count,
    drag,
    kept,
    page,
    row_of,
    save,
    seen_at,
    stage,
    where,
)

pytestmark = pytest.mark.browser
LIGHTNESS = """shape => {
  const paint = document.createElement("canvas").getContext("2d");
  paint.fillStyle = getComputedStyle(shape).stroke;
  paint.fillRect(0, 0, 1, 1);
  const [red, green, blue] = paint.getImageData(0, 0, 1, 1).data;
  return 0.2 * red + 0.7 * green + 0.1 * blue;
}"""
__all__ = ["browser", "page", "where"]  # fixtures


class TestDrawing:
    def test_a_pupil_six_points_and_a_click_on_the_first_make_a_seat(self, page: Page, where: Room) -> None:
        row_of(page, where, 3).get_by_role("button").click()
        expect(page.locator("#seat-now")).to_contain_text(where.pupils[3].short_name)
        click_around(page)
        page.mouse.click(*at(page, *SHAPE[0]))
        expect(page.locator("#draft-state")).to_have_text("draft, 1 change")
        assert [count(page, name) for name in ("pupils", "open", "drawn", "closed", "without", "overlaps")] == [
            *("6", "2", "4", "2", "2", "0"),
        ]  # fmt: skip
        save(page)
        expect(page.get_by_text("Version 2 is saved and in force from today.")).to_be_visible()

        seat = Seat.objects.get(plan__version=2, pupil=where.pupils[3])
        assert seat.polygon == pytest.approx([pytest.approx([x * WIDTH, y * HEIGHT], abs=1.5) for x, y in SHAPE])
        assert kept(page) == []

    def test_everything_goes_by_keys_alone(self, page: Page, where: Room) -> None:
        stage(page).focus()
        page.keyboard.press("n")
        for step, times in (("ArrowLeft", 40), ("ArrowDown", 22)):
            for _ in range(times):
                page.keyboard.press(f"Shift+{step}")
        page.keyboard.press("Enter")
        expect(page.locator("#seat-now")).to_contain_text(where.pupils[3].short_name)
        before = kept(page)[-1]["polygon"]
        page.keyboard.press("Tab")
        expect(page.locator("#seat-now")).to_contain_text("Point 1 of 6")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Shift+ArrowUp")
        moved = kept(page)[-1]["polygon"]
        assert moved[0] == [before[0][0] + 1, before[0][1] - 10]
        assert moved[1:] == before[1:]
        page.keyboard.press("Control+s")
        expect(page.get_by_text("Version 2 is saved")).to_be_visible()
        assert Seat.objects.get(plan__version=2, pupil=where.pupils[3]).polygon == moved

    def test_points_are_set_at_the_cross_and_taken_back(self, page: Page) -> None:
        stage(page).focus()
        page.keyboard.press("n")
        page.keyboard.press("Space")
        for key in ("Shift+ArrowRight", "Space", "Shift+ArrowDown", "Space", "Backspace", "Enter"):
            page.keyboard.press(key)
        expect(page.locator("#seat-now")).to_contain_text("Click around")
        page.keyboard.press("Escape")
        expect(page.locator("#draft-state")).to_have_text("no changes")

    def test_tab_goes_through_the_points_and_then_out(self, page: Page) -> None:
        stage(page).focus()
        page.keyboard.press("PageDown")
        for number in range(1, 7):
            page.keyboard.press("Tab")
            expect(page.locator("#seat-now")).to_contain_text(f"Point {number} of 6")
        page.keyboard.press("Tab")
        expect(stage(page)).not_to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(stage(page)).to_be_focused()

    def test_a_point_and_a_whole_seat_are_dragged(self, page: Page) -> None:
        saved = [seat.polygon for seat in Seat.objects.order_by("pk")]
        page.mouse.click(*at(page, 0.5, 0.35))
        x, y = saved[1][0][0] / WIDTH, saved[1][0][1] / HEIGHT
        drag(page, (x, y), (x - 0.02, y - 0.02))
        assert kept(page)[1]["polygon"][0] == pytest.approx([saved[1][0][0] - 19.2, saved[1][0][1] - 10.8], abs=1.5)
        drag(page, (0.5, 0.35), (0.5, 0.45))
        lower = [corner[1] for corner in kept(page)[1]["polygon"][2:]]
        assert lower == pytest.approx([corner[1] + 54 for corner in saved[1][2:]], abs=1.5)
        expect(page.locator("#draft-state")).to_have_text("draft, 1 change")

    def test_a_seat_cannot_be_pushed_out_of_the_picture(self, page: Page) -> None:
        page.mouse.click(*at(page, 0.5, 0.35))
        drag(page, (0.5, 0.35), (0.5, 0.999))
        assert max(y for _, y in kept(page)[1]["polygon"]) == HEIGHT

    def test_deleting_undoing_and_redoing(self, page: Page) -> None:
        stage(page).focus()
        page.keyboard.press("PageDown")
        page.keyboard.press("Delete")
        assert count(page, "drawn") == "2"
        page.keyboard.press("Control+z")
        assert (count(page, "drawn"), page.locator("#draft-state").inner_text()) == ("3", "no changes")
        page.keyboard.press("Control+Shift+z")
        assert count(page, "drawn") == "2"
        page.keyboard.press("Control+z")
        page.keyboard.press("PageDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Delete")
        assert len(kept(page)[0]["polygon"]) == 5

    def test_single_keys_are_quiet_when_the_person_switched_them_off(self, page: Page, where: Room) -> None:
        where.admin.user.single_keys = False
        where.admin.user.save()
        page.reload()
        stage(page).focus()
        page.keyboard.press("n")
        expect(page.locator("[data-tool=draw]")).to_have_attribute("aria-pressed", "false")

    def test_letters_typed_into_a_field_are_only_letters(self, page: Page) -> None:
        page.mouse.click(*at(page, 0.5, 0.35))
        page.locator("#seat-name").fill("")
        page.locator("#seat-name").press_sequentially("Nm1")
        page.keyboard.press("Tab")
        assert kept(page)[1]["name"] == "Nm1"
        expect(page.locator("#mask")).not_to_be_checked()


class TestWarnings:
    def test_an_overlap_is_named_at_once_and_counted(self, page: Page) -> None:
        page.mouse.click(*at(page, 0.5, 0.35))
        drag(page, (0.5, 0.35), (0.3, 0.35))
        expect(page.locator("[data-overlap-said]")).to_contain_text("Overlaps with: 1.")
        assert count(page, "overlaps") == "1"
        expect(page.locator("[data-overlaps]")).to_have_text("1 and 2")

    def test_a_face_below_72_points_is_named(self, page: Page) -> None:
        page.mouse.click(*at(page, 0.5, 0.35))
        expect(page.locator("#face-said")).to_contain_text("px, the analysis needs 72 px.")
        page.locator("#seat-face").fill("60")
        page.keyboard.press("Tab")
        expect(page.locator("#face-said")).to_contain_text("About 60 px: too small, the analysis needs 72 px.")

    def test_what_the_server_refuses_leads_to_the_seat(self, page: Page) -> None:
        page.mouse.click(*at(page, 0.5, 0.35))
        x, y = Seat.objects.order_by("pk")[1].polygon[0]
        drag(page, (x / WIDTH, y / HEIGHT), (0.5, 0.62))
        drag(page, (0.5, 0.62), (0.62, 0.62))
        save(page)
        problem = page.locator("#seat-trouble")
        expect(problem).to_contain_text("Seat 1-2: The outline crosses itself.")
        page.mouse.click(*at(page, 0.01, 0.99))
        problem.get_by_role("button", name="Show").click()
        expect(page.locator("#seat-name")).to_have_value("1-2")
        assert SeatPlan.objects.count() == 1


class TestMask:
    def test_it_is_the_servers_picture_and_follows_the_drawing(self, page: Page) -> None:
        stage(page).focus()
        with page.expect_response("**/preview/") as first:
            page.keyboard.press("m")
        assert first.value.headers["content-type"] == "image/png"
        expect(page.locator("svg.is-seen")).to_be_visible()
        assert seen_at(page, 0.17, 0.35) > 0
        assert seen_at(page, 0.5, 0.35) == 0
        stage(page).focus()
        page.keyboard.press("PageDown")
        with page.expect_response("**/preview/"):
            page.keyboard.press("Delete")
        page.wait_for_function("!document.getElementById('stage').hasAttribute('aria-busy')")
        assert seen_at(page, 0.17, 0.35) == 0
        page.keyboard.press("m")
        expect(page.locator("svg.is-seen")).to_have_count(0)


def test_a_finger_draws_a_seat(where: Room, browser: Browser, live_server: LiveServer) -> None:
    look = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = context_of(where.admin, browser, live_server, **look).new_page()
    page.goto(where.url("seat-plan"))
    row_of(page, where, 3).get_by_role("button").tap()
    for x, y in (*SHAPE, SHAPE[0]):
        page.touchscreen.tap(*at(page, x, y))
    expect(page.locator("#draft-state")).to_have_text("draft, 1 change")
    assert len(kept(page)[-1]["polygon"]) == 6


class TestLook:
    def test_choosing_a_seat_moves_nothing_in_the_list(self, page: Page, where: Room) -> None:
        roll, details = page.locator("#roll"), page.locator("#seat-details")
        before = roll.bounding_box()
        assert before is not None
        expect(page.get_by_label("Row and place", exact=True)).to_be_hidden()
        row_of(page, where, 0).get_by_role("button").click()
        expect(page.get_by_label("Row and place", exact=True)).to_be_visible()
        expect(details).not_to_have_class("is-idle")
        assert roll.bounding_box() == before
        page.keyboard.press("Escape")
        expect(page.get_by_label("Row and place", exact=True)).to_be_hidden()
        assert roll.bounding_box() == before

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_every_outline_has_a_casing_of_the_other_shade(self, page: Page, theme: Literal["light", "dark"]) -> None:
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        lines = page.locator("#stage .sz-on")
        assert lines.count() == page.locator("#stage .sz-halo.sz-casing").count() > 0
        ink, casing = (
            page.locator(f"#stage {one}").first.evaluate(LIGHTNESS) for one in (".sz-on", ".sz-halo.sz-casing")
        )
        assert abs(ink - casing) > 100
        assert page.locator("#stage .sz-mask").first.evaluate(LIGHTNESS) == casing
