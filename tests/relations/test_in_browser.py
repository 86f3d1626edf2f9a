"""The picture in a real browser: its boxes are links that the keyboard reaches, and lead to the lists."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.actors import Actor
from tests.browser import violations
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import PupilFactory, signed_in
from tests.incidents.factories import accused, harmed, reported, teacher_at
from tests.relations.factories import recorded

pytestmark = pytest.mark.browser


@pytest.fixture
def who(transactional_db: None) -> Actor:
    return psychologist()


def test_a_box_leads_to_its_row_by_keyboard(who: Actor, live_server: LiveServer, browser: Browser) -> None:
    case = case_of(who)
    other = PupilFactory.create(school_class=case.pupil.school_class, last_name="Беков", first_name="Арман")
    reported(teacher_at(case.school), harmed(case.pupil), accused(other))
    recorded(who, case)
    # Without it the page still glides to the box that got the focus, and not on to the row.
    context = browser.new_context(
        base_url=live_server.url, locale="en-GB", viewport={"width": 800, "height": 844}, reduced_motion="reduce"
    )
    cookie = signed_in(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("relations:case", args=[case.pk]))
    assert page.evaluate("document.documentElement.scrollWidth") == 800
    assert violations(page) == []
    page.get_by_role("link", name="Беков Арман, Said to have harmed").press("Enter")
    expect(page.locator(f"#tie-{other.pk}")).to_be_in_viewport()
    page.set_viewport_size({"width": 390, "height": 844})  # narrower than the picture: there the lists are enough
    expect(page.locator(".rl-picture")).to_be_hidden()
    expect(page.locator(f"#tie-{other.pk}")).to_contain_text("Беков")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page) == []
    context.close()
