"""A signal in the queue of Today: dismissed by a reason alone where that says enough, by three keys."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.triage.enums import DismissReason, ItemState
from caseflow.triage.selectors import reasons_of
from caseflow.triage.services import BadDecisionError, decide
from tests.analytics.factories import lesson, signal_for
from tests.directory.factories import signed_in


@pytest.mark.django_db
def test_it_is_dismissed_by_a_reason_that_says_enough() -> None:
    where = lesson(pupils=6, consented=4)
    item = signal_for(where).triage_item
    for code in ("other", ""):
        with pytest.raises(BadDecisionError):
            decide(where.psychologist, item_id=item.pk, decision="dismiss", reason_code=code)
    decided = decide(where.psychologist, item_id=item.pk, decision="dismiss", reason_code="not_confirmed")
    assert (decided.state, decided.reason_code) == (ItemState.DISMISSED, DismissReason.NOT_CONFIRMED)
    assert reasons_of(decided) == ("", "")


@pytest.mark.browser
def test_it_goes_by_three_keys(transactional_db: None, browser: Browser, live_server: LiveServer) -> None:
    where = lesson(pupils=6, consented=4)
    item = signal_for(where).triage_item
    context = browser.new_context(base_url=live_server.url, locale="en", reduced_motion="reduce")
    cookie = signed_in(where.psychologist).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("triage:today"))
    row = page.locator(f"#item-{item.pk}")
    expect(row.locator("[data-loaded]")).to_be_visible()
    form = row.locator("[data-chosen=reason]")
    for pressed in ("Digit3", "Digit5", "Control+Enter"):
        page.keyboard.press(pressed)
    expect(form.locator(".c-error")).to_have_text(["Explain in a few words why you dismiss it"])  # other than what?
    form.get_by_label("Other").focus()
    page.keyboard.press("Digit3")
    expect(form.locator(".c-error")).to_have_count(0)
    expect(form.locator("[name=reason]")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Dismissed").first).to_be_visible()
    item.refresh_from_db()
    assert (item.state, item.reason_code) == (ItemState.DISMISSED, DismissReason.NOT_CONFIRMED)
    context.close()
