"""Papers for a meeting in a real browser: axe in three languages, both themes and sizes, and one made by keys alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.enums import Visibility
from caseflow.dossier.enums import Form, Kind
from caseflow.dossier.models import Making
from tests.browser import page_for, problems
from tests.cases.factories import case_of, note_in, psychologist

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing_where_a_paper_is_chosen_and_read(
    browser: Browser, transactional_db: None, live_server: LiveServer, language: str
) -> None:
    who = psychologist()
    case = case_of(who)
    note_in(case, who, "Плохо спит, " + "щ" * 90, Visibility.TEAM)
    note_in(case, who, "Плохо спит, говорит мало кому", Visibility.ME_AND_LEAD)
    page, found = page_for(browser, live_server, who, language), {}
    for kind in Kind:
        page.goto(reverse(f"dossier:{kind.value}", args=[case.pk]))
        found[kind.value] = problems(page)
        page.locator("#id_meeting").select_option("lead")
        page.locator("#id_purpose").fill("Совет учителей")
        page.locator('input[name="parts"][value="private_notes"]').check()
        page.locator('button[value="page"]').click()
        expect(page.locator(".o-paper")).to_contain_text("Плохо спит")
        found[f"{kind.value} paper"] = problems(page)
    assert {name: said for name, said in found.items() if said} == {}


def test_what_must_not_go_to_the_chosen_meeting_cannot_be_ticked_and_says_so(
    browser: Browser, transactional_db: None, live_server: LiveServer
) -> None:
    who = psychologist()
    page = page_for(browser, live_server, who, "en")
    page.goto(reverse("dossier:profile", args=[case_of(who).pk]))
    risk, reason = (page.locator(f'[name="parts"][value="{part}"]') for part in ("risk", "reason"))
    expect(page.locator("label", has=risk)).to_contain_text("not for this meeting")
    expect(reason).not_to_be_checked()
    page.locator("#id_meeting").select_option("lead")
    risk.check()
    expect(reason).to_be_checked()
    page.locator("#id_meeting").select_option("agency")
    expect(risk).to_be_disabled()
    expect(risk).not_to_be_checked()
    assert problems(page) == []


def test_a_paper_is_made_by_keys_alone_and_a_missing_purpose_is_said(
    browser: Browser, transactional_db: None, live_server: LiveServer
) -> None:
    who = psychologist()
    case = case_of(who)
    page = page_for(browser, live_server, who, "en")
    page.goto(reverse("dossier:profile", args=[case.pk]))
    page.locator("#id_meeting").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#id_purpose")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id_purpose")).to_have_attribute("aria-invalid", "true")
    assert problems(page) == []
    page.locator("#id_purpose").focus()
    page.keyboard.type("Talk with the mother")
    show = page.get_by_role("button", name="Show the page to print")
    for _press in range(40):
        page.keyboard.press("Tab")
        if show.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".o-paper")).to_be_visible()
    assert Making.objects.get().form == Form.PAGE
