"""What the service keeps in a real browser: axe in both themes and sizes, and a record in two clicks."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.journals.models import WorkRecord
from caseflow.journals.services import write_item
from tests.browser import page_of, problems
from tests.cases.factories import psychologist, pupil_of
from tests.journals.factories import group_of, held, item, recorded, region_lead_of, year_at

pytestmark = pytest.mark.browser


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
