"""Deadlines, their table, what is overdue and absences in a real browser: axe in both themes and sizes, keyboard."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.services import assign_case
from caseflow.clocks.models import Clock
from caseflow.clocks.services import enter_absence, extend_clock, start_clock, sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.browser import page_of, problems
from tests.cases.factories import case_of, psychologist, task_for
from tests.clocks.factories import unheard
from tests.directory.factories import actor
from tests.triage.factories import item_at

pytestmark = pytest.mark.browser


@pytest.fixture
def who(transactional_db: None) -> Actor:
    return psychologist()


@pytest.fixture
def lead(who: Actor) -> Actor:
    """The lead of the region, with something overdue of each sort, and a colleague who is away."""
    assert who.membership.school
    school, colleague = who.membership.school, psychologist(who.membership.school)
    lead = actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)
    task = task_for(case_of(who), who)
    extend_clock(who, task.clock_id, amount=1, reason="Ученица на олимпиаде")
    assign_case(who, task.case_id, lead.user.pk)
    for clock in (task_for(task.case, who).clock, item_at(school).psych_clock):
        ended = timezone.now() - timedelta(days=9)
        Clock.objects.filter(pk=clock.pk).update(started_at=ended, warn_at=ended, due_at=ended)
    start_clock(unheard(), school, timezone.now() - timedelta(days=20))
    sweep()
    today = timezone.localdate()
    enter_absence(who, stand_in_id=colleague.membership.pk, first_day=today, last_day=today + timedelta(days=9))
    return lead


def pages(lead: Actor) -> dict[str, str]:
    clock = Clock.objects.filter(code="task", changes__isnull=False)[0]
    return {
        reverse("clocks:overdue"): "Nobody else will be told",
        reverse("clocks:table"): "A lawyer confirms",
        reverse("clocks:term", args=["task"]): "What holds today",
        reverse("clocks:away"): "stands in",
        reverse("clocks:clock", args=[clock.pk]): "Ученица на олимпиаде",
    }


def opened(browser: Browser, live_server: LiveServer, who: Actor, address: str, shows: str) -> Page:
    page = page_of(browser, live_server, who)
    page.goto(address)
    expect(page.get_by_text(shows).first).to_be_visible()
    return page


def test_axe_finds_nothing_on_the_pages_of_deadlines(browser: Browser, lead: Actor, live_server: LiveServer) -> None:
    found = {}
    for address, shows in pages(lead).items():
        page = opened(browser, live_server, lead, address, shows)
        found[address] = problems(page)
        page.close()
    assert {address: what for address, what in found.items() if what} == {}


def test_a_deadline_is_extended_with_the_keyboard_alone(browser: Browser, who: Actor, live_server: LiveServer) -> None:
    task = task_for(case_of(who), who)
    page = opened(browser, live_server, who, reverse("clocks:clock", args=[task.clock_id]), "How it stands")
    page.get_by_label("By how much").focus()
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("Ученица на олимпиаде")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The deadline is extended.")).to_be_visible()
