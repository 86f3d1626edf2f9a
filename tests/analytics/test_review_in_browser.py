"""The review, a result page, the switch and the card in a real browser: keys, both themes, a phone."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from analytics.enums import RunState
from analytics.models import AnalysisRun
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem
from tests.analytics.factories import Lesson, lesson, signal_for
from tests.analytics.labelled_faces import in_groups, smiles
from tests.browser import violations
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def where(transactional_db: None) -> Lesson:
    return lesson(pupils=6, consented=4)


@pytest.fixture
def item(where: Lesson) -> TriageItem:
    return signal_for(where).triage_item


def open_as(who: Actor, browser: Browser, server: LiveServer, *, width: int = 1440) -> Page:
    look: dict[str, Any] = {"viewport": {"width": width, "height": 900}, "reduced_motion": "reduce"}
    context = browser.new_context(base_url=server.url, locale="en", **look)
    cookie = signed_in(who).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    return context.new_page()


def test_the_pages_hold_no_barrier_in_either_theme(
    where: Lesson, item: TriageItem, browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    girls = [f"happy/{number}.png" for number in range(5)]
    call_command("evaluate", in_groups(smiles(tmp_path, "happy", 6), glasses=["happy/0.png"], girls=girls))
    AnalysisRun.objects.filter(date=item.signal.day).update(state=RunState.PARTIAL, declared_s=2700, decoded_s=2000)
    run = AnalysisRun.objects.filter(date=item.signal.day).latest("requested_at")
    psychologist = open_as(where.psychologist, browser, live_server)
    lead = open_as(actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district), browser, live_server)
    paths = {
        reverse("analytics:signal", args=[item.pk]): psychologist,
        reverse("analytics:signals"): psychologist,
        reverse("analytics:run", args=[run.pk]): psychologist,
        reverse("analytics:card", args=["tirek-builtin-1-0"]): psychologist,
        reverse("analytics:switch"): lead,
    }
    for path, page in paths.items():
        page.goto(path)
        for theme in ("light", "dark"):
            page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
            assert violations(page) == [], f"{path} {theme}"
            if folder := os.environ.get("SCREENSHOTS"):
                page.screenshot(path=f"{folder}/{path.strip('/').replace('/', '-')[:40]}-{theme}.png", full_page=True)


def test_on_a_phone_nothing_sticks_out(
    where: Lesson, item: TriageItem, browser: Browser, live_server: LiveServer
) -> None:
    page = open_as(where.psychologist, browser, live_server, width=390)

    for path in (
        reverse("analytics:signal", args=[item.pk]),
        reverse("analytics:signals"),
        reverse("analytics:videos"),
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_a_signal_is_dismissed_by_keys_alone(
    where: Lesson, item: TriageItem, browser: Browser, live_server: LiveServer
) -> None:
    page = open_as(where.psychologist, browser, live_server)
    page.goto(reverse("analytics:signal", args=[item.pk]))

    page.keyboard.press("Digit3")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Why you dismiss it")).to_be_focused()
    page.get_by_label("Why you dismiss it").select_option("not_confirmed")
    page.keyboard.press("Tab")
    page.keyboard.type("Talked to the pupil, slept badly")
    page.keyboard.press("Control+Enter")

    page.wait_for_url("**" + reverse("triage:today"))
    expect(page.get_by_text("Decided: Dismissed")).to_be_visible()
    item.refresh_from_db()
    assert item.state == ItemState.DISMISSED


def test_an_empty_decision_says_what_is_missing(
    where: Lesson, item: TriageItem, browser: Browser, live_server: LiveServer
) -> None:
    page = open_as(where.psychologist, browser, live_server)
    page.goto(reverse("analytics:signal", args=[item.pk]))
    confirm = page.get_by_role("button", name="Confirm the decision")
    expect(confirm).not_to_have_class("btn btn-primary")
    expect(confirm).to_have_accessible_description("Choose a decision · Explain your decision in a few words")

    confirm.click(force=True)  # it says that it is not ready, and answers with what is missing
    expect(page.locator("#decision .c-error")).to_have_text(
        ["Choose a decision", "Explain your decision in a few words"]
    )
    expect(page.locator("[name=decision]").first).to_be_focused()
    page.keyboard.press("Digit3")
    expect(confirm).to_have_accessible_description("Choose why you dismiss it")
    assert "\n".join(violations(page)) == ""
    item.refresh_from_db()
    assert item.state == ItemState.NEW

    page.get_by_label("Why you dismiss it").select_option("not_confirmed")
    page.locator("#why").fill("Talked to the pupil, slept badly")
    expect(confirm).to_have_class("btn btn-primary")
