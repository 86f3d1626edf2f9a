"""A teacher confirms a lesson in a real browser, on a phone."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from analytics.models import SeatConfirmation
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.analytics.factories import Lesson, lesson
from tests.analytics.seat_editor import (
    browser,
    context_of,
    looks,
)
from tests.browser import violations
from tests.directory.factories import MembershipFactory

pytestmark = pytest.mark.browser
__all__ = ["browser"]  # fixtures


class TestConfirming:
    @pytest.fixture
    def taught(self, transactional_db: None) -> Lesson:
        made = lesson(pupils=3)
        SeatConfirmation.objects.all().delete()
        made.slot.weekday = timezone.localdate().isoweekday()
        return made

    @pytest.fixture
    def phone(self, taught: Lesson, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
        if taught.slot.teacher is None:
            raise ValueError(taught.slot)
        membership = MembershipFactory.create(user=taught.slot.teacher, role=Role.TEACHER, school=taught.school)
        look = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
        context = context_of(Actor(taught.slot.teacher, membership), browser, live_server, **look)
        yield context.new_page()
        context.close()

    def test_one_press_on_a_phone(self, taught: Lesson, phone: Page) -> None:
        phone.goto(reverse("analytics:confirmations"))
        for look in looks(phone):
            assert (look, violations(phone)) == (look, [])
        phone.set_viewport_size({"width": 390, "height": 844})
        phone.get_by_role("link", name=re.compile("Confirm")).first.click()
        button = phone.get_by_role("button", name="Everybody sat as drawn")
        expect(button).to_be_in_viewport()
        for look in looks(phone):
            assert (look, violations(phone)) == (look, [])
        button.tap()
        expect(phone.get_by_text("Confirmed. Thank you.")).to_be_visible()
        assert set(SeatConfirmation.objects.get().states.values_list("state", flat=True)) == {"present"}

    def test_a_seat_of_the_map_leads_to_its_choice(self, taught: Lesson, phone: Page) -> None:
        phone.goto(reverse("analytics:confirm", args=[taught.slot.pk, taught.date, taught.plan.camera_id]))
        seat = taught.seats[1]
        phone.locator(f'a[data-seat="{seat.pk}"]').click()
        choice = phone.locator(f"#seat-{seat.pk}")
        expect(choice).to_be_focused()
        choice.select_option(label="Absent")
        expect(phone.locator(f'a[data-seat="{seat.pk}"]')).to_have_class("is-marked")
        phone.get_by_role("button", name="Confirm: 1 marked, all others sat as drawn").tap()
        expect(phone.get_by_text("Confirmed. Thank you.")).to_be_visible()
        assert SeatConfirmation.objects.get().states.get(seat=seat).state == "absent"
