"""The seat editor in a real browser: drafts, two people at once, stills, and every look."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from analytics.models import SeatPlan, WaitingStill
from tests.analytics.plan_factories import Room, drawn, empty, photographed, room, with_pupils
from tests.analytics.seat_editor import (
    at,
    browser,
    click_around,
    context_of,
    count,
    kept,
    looks,
    page,
    row_of,
    save,
    stage,
    where,
)
from tests.browser import violations
from tests.directory.factories import PASSWORD

pytestmark = pytest.mark.browser
__all__ = ["browser", "page", "where"]  # fixtures


class TestDrafts:
    def test_a_draft_survives_a_reload_and_the_lock(self, page: Page, where: Room) -> None:
        row_of(page, where, 3).get_by_role("button").click()
        click_around(page)
        page.keyboard.press("Enter")
        page.reload()
        expect(page.locator("#draft-state")).to_have_text("draft, 1 change")
        page.locator("button[popovertarget=user-menu]").click()
        page.get_by_role("button", name="Lock the screen").click()
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(where.url("seat-plan")))
        expect(page.locator("#draft-state")).to_have_text("draft, 1 change")
        expect(row_of(page, where, 3)).to_contain_text("1-4")

    def test_saving_with_a_locked_session_loses_nothing(self, page: Page, where: Room) -> None:
        row_of(page, where, 3).get_by_role("button").click()
        click_around(page)
        page.keyboard.press("Enter")
        page.context.clear_cookies()
        page.keyboard.press("Control+s")
        expect(page).to_have_url(re.compile("login"))
        assert len(kept(page)) == 4

    def test_discarding_asks_first(self, page: Page) -> None:
        stage(page).focus()
        page.keyboard.press("PageDown")
        page.keyboard.press("Delete")
        page.get_by_role("button", name="Discard changes").click()
        page.locator("#confirm button[value=yes]").click()
        expect(page.locator("#draft-state")).to_have_text("no changes")
        assert (count(page, "drawn"), kept(page)) == ("3", [])

    def test_who_saves_second_keeps_the_drawing_and_goes_on(self, page: Page, where: Room) -> None:
        row_of(page, where, 3).get_by_role("button").click()
        click_around(page)
        page.keyboard.press("Enter")
        theirs = drawn(where, base=SeatPlan.objects.get())
        save(page)
        conflict = page.locator("#seat-conflict")
        expect(conflict).to_contain_text("Somebody saved a newer version while you were drawing")
        expect(conflict.get_by_role("link")).to_have_attribute(
            "href", reverse("analytics:seat-plan-version", args=[theirs.pk])
        )
        assert SeatPlan.objects.get(valid_to=None) == theirs
        conflict.get_by_role("button", name="Go on with my drawing").click()
        expect(page.locator("#draft-state")).to_have_text("draft, 1 change")
        expect(conflict).to_be_hidden()
        save(page)
        expect(page.get_by_text("Version 3 is saved")).to_be_visible()
        assert SeatPlan.objects.get(version=3).seats.count() == 4

    def test_a_draft_over_an_older_version_says_so_when_the_page_opens(self, page: Page, where: Room) -> None:
        stage(page).focus()
        page.keyboard.press("PageDown")
        page.keyboard.press("Delete")
        drawn(where, base=SeatPlan.objects.get())
        page.reload()
        expect(page.locator("#seat-conflict")).to_be_visible()
        page.get_by_role("button", name="Take the saved version").click()
        expect(page.locator("#draft-state")).to_have_text("no changes")
        assert count(page, "drawn") == "3"


class TestStill:
    def test_a_picture_with_faces_is_refused_and_then_blurred(self, page: Page, tmp_path: Path) -> None:
        (tmp_path / "class.jpg").write_bytes(photographed(with_pupils()))
        page.get_by_text("Draw on another still").click()
        for kind, said in (
            ("The empty room", "A face was found in this picture"),
            ("blur it as a whole", "Blurred as a whole."),
        ):
            page.get_by_label("Picture of this camera").set_input_files(tmp_path / "class.jpg")
            page.get_by_role("radio", name=re.compile(kind)).check()
            page.get_by_role("button", name="Upload the still").click()
            expect(page.locator("#main")).to_contain_text(said)
        expect(page.locator("#draft-state")).to_have_text("draft, new still")
        save(page)
        expect(page.get_by_text("Version 2 is saved")).to_be_visible()
        assert (SeatPlan.objects.get(version=2).still_kind, WaitingStill.objects.count()) == ("blurred", 0)

    def test_the_first_still_of_a_room(
        self, transactional_db: None, browser: Browser, live_server: LiveServer, tmp_path: Path
    ) -> None:
        bare = room(pupils=2)
        (tmp_path / "room.jpg").write_bytes(photographed(empty()))
        page = context_of(bare.admin, browser, live_server).new_page()
        page.goto(bare.url("seat-plan"))
        assert violations(page) == []
        page.get_by_label("Picture of this camera").set_input_files(tmp_path / "room.jpg")
        page.get_by_role("radio", name=re.compile("The empty room")).check()
        page.get_by_role("button", name="Upload the still").click()
        expect(page.locator("#draft-state")).to_have_text("draft, new still")  # said by the scripts, so keys are heard
        stage(page).focus()
        page.keyboard.press("n")
        page.keyboard.press("Enter")
        save(page)
        expect(page.get_by_text("Version 1 is saved")).to_be_visible()


def test_axe_finds_nothing_in_the_editor(page: Page, where: Room) -> None:
    for look in looks(page):
        assert (look, violations(page)) == (look, [])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.mouse.click(*at(page, 0.5, 0.35))
    page.keyboard.press("m")
    expect(page.locator("svg.is-seen")).to_be_visible()
    for look in looks(page):
        assert (look, violations(page)) == (look, [])


def test_axe_finds_nothing_on_the_list_and_an_old_version(page: Page, where: Room) -> None:
    plan = SeatPlan.objects.get()
    for path in (reverse("analytics:seat-plans"), reverse("analytics:seat-plan-version", args=[plan.pk])):
        page.goto(path)
        for look in looks(page):
            assert (path, look, violations(page)) == (path, look, [])
