"""The calendar in a real browser: axe in both themes and sizes, keys, and a form that fills itself in."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.appointments.models import Appointment
from caseflow.directory.actors import Actor
from tests.appointments.factories import at, begun, monday, planned, room_at
from tests.browser import page_of, problems
from tests.cases.factories import psychologist, pupil_of
from tests.directory.factories import GuardianshipFactory

pytestmark = pytest.mark.browser
WEDNESDAY = monday(1) + timedelta(days=2)


@pytest.fixture
def who(transactional_db: None) -> Actor:
    return psychologist()


def on_wednesday(who: Actor, hour: int) -> Appointment:
    ahead = (WEDNESDAY - timezone.localdate()).days
    return planned(who, at(ahead, hour), pupil_of(who), room=room_at(who).pk)


def test_axe_finds_nothing_on_any_page(browser: Browser, who: Actor, live_server: LiveServer) -> None:
    over, made = begun(who, pupil_of(who)), on_wednesday(who, 10)
    page = page_of(browser, live_server, who)
    addresses = [
        f"{reverse('appointments:calendar')}?day={WEDNESDAY}",
        f"{reverse('appointments:calendar')}?day={WEDNESDAY}&view=day&whose=all",
        f"{reverse('appointments:new')}?day={WEDNESDAY}&time=10:00",
        reverse("appointments:detail", args=[over.pk]),
        reverse("appointments:change", args=[made.pk]),
        reverse("appointments:settings"),
    ]
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert problems(page) == [], address


def test_a_short_appointment_shows_its_time_and_whom_whole_and_the_rest_by_its_title(
    browser: Browser, who: Actor, live_server: LiveServer
) -> None:
    ahead = (WEDNESDAY - timezone.localdate()).days
    pupil = pupil_of(who, last_name="Мұратова", first_name="Айгерім")
    planned(who, at(ahead, 10), pupil, minutes=30, room=room_at(who).pk)
    page = page_of(browser, live_server, who)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{reverse('appointments:calendar')}?day={WEDNESDAY}")
    entry = page.locator(".c-calentry")
    expect(entry.locator("b")).to_have_text("10:00 Мұратова Айгерім")
    assert entry.locator("b").evaluate("(one) => one.scrollWidth <= one.clientWidth")
    expect(entry).to_have_attribute("title", re.compile("^Consultation of a pupil, "))


def test_keys_turn_the_weeks_and_walk_from_one_time_to_the_next(
    browser: Browser, who: Actor, live_server: LiveServer
) -> None:
    on_wednesday(who, 10)
    page = page_of(browser, live_server, who)
    page.goto(f"{reverse('appointments:calendar')}?day={WEDNESDAY}")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**day={WEDNESDAY + timedelta(days=7)}**")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**day={WEDNESDAY}**")
    first = page.locator(".c-calfree > a").first
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".c-calfree > a").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendar/new/**")


def test_the_form_finds_people_and_keeps_whom_one_ticked(browser: Browser, who: Actor, live_server: LiveServer) -> None:
    pupil = pupil_of(who, last_name="Жұмабаева")
    mother = GuardianshipFactory.create(pupil=pupil).guardian
    page = page_of(browser, live_server, who)
    page.goto(f"{reverse('appointments:new')}?day={WEDNESDAY}&time=10:00")
    page.get_by_label("Find a pupil or somebody of the staff").fill("Жұмаб")
    page.locator("#found").get_by_label(pupil.short_name).check()
    expect(page.get_by_label(mother.short_name)).to_be_visible()
    expect(page.locator("fieldset").get_by_label(pupil.short_name)).to_be_checked()
    page.get_by_label(mother.short_name).check()
    expect(page.get_by_label(mother.short_name)).to_be_checked()
    page.get_by_label("Kind of appointment").select_option("pupil")
    page.get_by_role("button", name="Put in the calendar").click()
    page.wait_for_url("**/calendar/*-*/")
    made = Appointment.objects.get()
    assert {each.person for each in made.participants.all()} == {pupil.short_name, mother.short_name}


def test_a_free_time_that_is_pressed_stands_in_the_form(browser: Browser, who: Actor, live_server: LiveServer) -> None:
    on_wednesday(who, 10)
    page = page_of(browser, live_server, who)
    page.goto(f"{reverse('appointments:new')}?day={WEDNESDAY}&time=10:15")
    expect(page.get_by_text("You have an appointment then")).to_be_visible()
    page.locator("button[name=take]").first.click()
    expect(page.get_by_label("From when")).to_have_value("10:45")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("You have an appointment then")).to_have_count(0)
