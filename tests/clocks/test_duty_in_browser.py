"""The roster and a call in a real browser: axe in both themes and sizes, one press takes a call."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.enums import Role
from tests.browser import page_of, problems
from tests.clocks.factories import Staffed, called, on_duty, staffed_school
from tests.directory.factories import actor

pytestmark = pytest.mark.browser


@pytest.fixture
def there(transactional_db: None) -> Staffed:
    return staffed_school()


def test_axe_finds_nothing_on_the_roster(browser: Browser, there: Staffed, live_server: LiveServer) -> None:
    principal = actor(Role.PRINCIPAL, school=there.school)
    page = page_of(browser, live_server, principal)
    page.goto(reverse("clocks:roster"))
    assert problems(page) == []
    on_duty(there.psychologist, school=there.school)
    page.goto(reverse("clocks:roster"))
    expect(page.get_by_text(there.psychologist.user.short_name).first).to_be_visible()
    assert problems(page) == []


def test_one_press_takes_the_call_from_the_home_page(browser: Browser, there: Staffed, live_server: LiveServer) -> None:
    page = page_of(browser, live_server, there.duty_person)
    called(there.school)
    page.goto(reverse("directory:home"))
    expect(page.get_by_role("button", name="I take it")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("button", name="I take it").click()
    expect(page.get_by_role("alert", name="Duty call").get_by_text("has it since")).to_be_visible()
    assert problems(page) == []
