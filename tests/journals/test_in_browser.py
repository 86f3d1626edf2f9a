"""What the service keeps in a real browser: axe in both themes and sizes, and a record in two clicks."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.actors import Actor
from caseflow.journals.models import WorkRecord
from caseflow.journals.services import write_item
from tests.browser import open_browser, violations
from tests.cases.factories import psychologist, pupil_of
from tests.directory.factories import signed_in
from tests.journals.factories import group_of, held, item, recorded, region_lead_of, year_at

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as browser:
        yield browser


def page_of(browser: Browser, live_server: LiveServer, who: Actor) -> Page:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
    cookie = signed_in(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return context.new_page()


def problems(page: Page) -> list[str]:
    """What axe finds in both themes and sizes, and pages wider than the screen."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found += violations(page)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"wider than {width}")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


def test_axe_finds_nothing_and_a_record_is_written_on_the_page_of_the_appointment(
    browser: Browser, transactional_db: None, live_server: LiveServer
) -> None:
    who = psychologist()
    year = year_at(who, begun=250, left=20)
    recorded(who, pupil_of(who))
    group_of(who, days=-2)
    made = held(who, pupil_of(who), days=-3)
    planned = write_item(who, year.pk, item(who))
    page = page_of(browser, live_server, who)
    page.goto(reverse("appointments:detail", args=[made.pk]))
    page.get_by_label("Result, recommendation").fill("Режим сна")
    page.get_by_role("button", name="Put into the journal").click()
    expect(page.get_by_text("Режим сна")).to_be_visible()
    assert WorkRecord.objects.filter(appointment=made).exists()
    found = {}
    addresses = [
        reverse("journals:journal"),
        f"{reverse('journals:journal')}?journal=diagnostics",
        reverse("journals:plan"),
        reverse("journals:end", args=[planned.pk]),
        reverse("journals:report"),
    ]
    for address in addresses:
        page.goto(address)
        found[address] = problems(page)
    lead = page_of(browser, live_server, region_lead_of(who))
    lead.goto(f"{reverse('journals:new-form')}?journal=group")
    found["form"] = problems(lead)
    assert {address: said for address, said in found.items() if said} == {}
