"""The board of a lead, and notes of supervision, in a real browser: axe in three languages, both themes and sizes."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.supervision.models import NoteSharing
from tests.browser import page_for, problems
from tests.cases.factories import case_of, lead_over, psychologist, task_for
from tests.supervision.factories import WORDS, agreed, noted, school_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing_on_the_board_and_on_notes(
    browser: Browser, transactional_db: None, live_server: LiveServer, language: str
) -> None:
    who = psychologist()
    school, case = school_of(who), case_of(who)
    psychologist(school)
    task_for(case, who)
    lead = lead_over(school)
    note = noted(lead, who, share=True, agreements=(agreed(), agreed("Принести план", by_lead=True)))
    page, found = page_for(browser, live_server, lead, language), {}
    addresses = {
        "board": reverse("supervision:board"),
        "work": reverse("supervision:work", args=[school.pk, who.user.pk]),
        "notes": reverse("supervision:notes"),
        "write": reverse("supervision:write", args=[note.supervision_id]),
        "note": reverse("supervision:note", args=[note.pk]),
        "correct": reverse("supervision:correct", args=[note.pk]),
    }
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, name
        found[name] = problems(page)
    reader = page_for(browser, live_server, who, language)
    for name in ("notes", "note"):
        reader.goto(addresses[name])
        found[f"{name} of the psychologist"] = problems(reader)
    assert {name: said for name, said in found.items() if said} == {}


def test_a_note_is_shared_and_the_board_walked_by_keys_alone(
    browser: Browser, transactional_db: None, live_server: LiveServer
) -> None:
    who = psychologist()
    case_of(who)
    lead = lead_over(school_of(who))
    note = noted(lead, who)
    page = page_for(browser, live_server, lead, "en")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(reverse("supervision:board"))
    work = page.locator(f'a[href="{reverse("supervision:work", args=[school_of(who).pk, who.user.pk])}"]').first
    work.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(who.user.last_name)
    page.goto(reverse("supervision:note", args=[note.pk]))
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.locator(f'form[action="{reverse("supervision:share", args=[note.pk])}"] button').focus()
    page.keyboard.press("Enter")
    confirm = page.locator("dialog[open] button.btn-primary, dialog[open] button.btn-danger")
    if confirm.count():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status").or_(page.get_by_role("alert")).first).to_be_visible()
    assert NoteSharing.objects.filter(note=note).exists()


def test_nothing_is_ticked_until_the_lead_ticks_it_all_or_none_at_once(
    browser: Browser, transactional_db: None, live_server: LiveServer
) -> None:
    who = psychologist()
    for _case in range(3):
        case_of(who)
    page = page_for(browser, live_server, lead_over(school_of(who)), "en")
    page.goto(reverse("supervision:work", args=[school_of(who).pk, who.user.pk]))
    ticked = page.locator("[name=case]:checked")
    expect(ticked).to_have_count(0)
    page.get_by_role("button", name="Tick all").click()
    expect(ticked).to_have_count(3)
    page.get_by_role("button", name="Tick none").click()
    expect(ticked).to_have_count(0)
