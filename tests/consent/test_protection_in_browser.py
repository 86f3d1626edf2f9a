"""Excluding a guardian in a real browser: what is missing is said beside the field, in the language of the page."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from tests.browser import violations
from tests.directory.factories import GuardianshipFactory, PupilFactory, actor, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def pupil(transactional_db: None) -> Pupil:
    pupil: Pupil = PupilFactory.create()
    GuardianshipFactory.create(pupil=pupil)
    return pupil


def test_an_empty_exclusion_says_what_is_missing(pupil: Pupil, live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    client = signed_in(actor(Role.PSYCHOLOGIST, school=pupil.school))
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/consent/pupils/{pupil.pk}/protection/")
    propose = page.get_by_role("button", name="Propose the exclusion")
    expect(propose).not_to_have_class("btn btn-primary")

    propose.click(force=True)  # it says that it is not ready, and answers with what is missing
    reason = page.get_by_role("textbox", name="Reason")
    expect(page.locator(".c-error")).to_have_text(["Choose the guardian", "Give a reason of at least one sentence"])
    expect(page.get_by_label("Guardian", exact=True)).to_be_focused()
    expect(reason).to_have_accessible_description(
        "Give a reason of at least one sentence At least one sentence. Sealed; only psychologists read it."
    )
    assert "\n".join(violations(page)) == ""

    page.get_by_label("Guardian", exact=True).select_option(index=1)
    reason.fill("Слова ребёнка о том, что было дома")
    expect(page.locator(".c-error")).to_have_count(0)
    expect(propose).to_have_class("btn btn-primary")
    propose.click()
    expect(page.get_by_text("Proposed. It holds when the lead psychologist has approved it.")).to_be_visible()
    context.close()
