"""Writing, seeing and sending a referral on one page in a real browser, and its page at the agency."""

from collections.abc import Callable, Iterator
from time import sleep
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import AgencyKind
from caseflow.referrals.enums import Kind
from caseflow.referrals.models import Referral
from caseflow.referrals.services import begin_referral, write_referral
from caseflow.triage.services import decide
from tests.browser import page_for, problems, violations
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in
from tests.incidents.factories import PLACE, harmed, reported, teacher_at
from tests.referrals.factories import ASKED, WHY, drafted, officer_of
from tests.triage.factories import pupil_at

pytestmark = pytest.mark.browser


@pytest.fixture
def page_of(live_server: LiveServer, browser: Browser) -> Iterator[Callable[[Actor], Page]]:
    errors: list[str] = []
    contexts = []

    def opened(who: Actor) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="en-GB", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
        )
        contexts.append(context)
        cookie = signed_in(who).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def test_what_is_chosen_is_seen_before_it_is_sent(transactional_db: None, page_of: Callable[[Actor], Page]) -> None:
    who = psychologist()
    case = case_of(who)
    officer = officer_of(case)
    draft = begin_referral(who, case.pk, Kind.REFERRAL)
    page = page_of(who)
    page.goto(reverse("referrals:write", args=[draft.pk]))
    preview = page.locator("#preview")
    page.locator("#id_receiver").select_option(label="Поликлиника")
    expect(preview).to_contain_text(case.pupil.full_name)
    page.locator("#id_ground_legal").check()
    page.locator("#id_basis").select_option("danger_to_life")
    expect(page.get_by_text("help without consent where life is in danger")).to_be_visible()
    page.locator("#id_ground_words").fill(WHY)
    page.locator("#id_asked").fill(ASKED)
    page.locator("#id_told_school_class").check()
    page.locator("#id_reason").fill("Говорит, что не хочет жить")
    expect(page.locator("#id_told_reason")).to_be_checked()  # what is written is read
    page.locator("#id_reason").fill("")
    expect(page.locator("#id_told_reason")).not_to_be_checked()
    expect(preview).to_contain_text(ASKED)
    expect(preview).to_contain_text(str(case.pupil.school_class))
    expect(preview.locator("li")).to_have_count(0)
    assert violations(page) == []
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_role("status").or_(page.get_by_role("alert")).first).to_be_visible()
    assert Referral.objects.get().sent_at is not None
    assert violations(page) == []
    desk = page_of(officer)
    desk.goto(reverse("referrals:detail", args=[draft.pk]))
    expect(desk.get_by_text(ASKED)).to_be_visible()
    assert violations(desk) == []
    desk.get_by_role("button", name="Accept").click()
    expect(desk.get_by_role("button", name="Send the answer")).to_be_visible()


def test_nothing_typed_is_lost_however_slowly_the_server_answers(
    transactional_db: None, page_of: Callable[[Actor], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    who = psychologist()
    case = case_of(who)
    officer_of(case)
    draft = begin_referral(who, case.pk, Kind.REFERRAL)

    def slowly(*args: Any) -> Referral:
        sleep(0.7)
        return write_referral(*args)

    monkeypatch.setattr("caseflow.referrals.services.write_referral", slowly)
    page, refused = page_of(who), list[str]()
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto(reverse("referrals:write", args=[draft.pk]))
    asked, preview = page.locator("#id_asked"), page.locator("#preview")
    page.locator("#id_receiver").select_option(label="Поликлиника")
    asked.focus()
    page.keyboard.type("quick words", delay=90)  # the answer comes while it is written
    page.locator("#id_ground_legal").check()
    asked.press("End")
    page.keyboard.type(" of the child", delay=90)
    page.locator("#id_basis").select_option("danger_to_life")
    page.locator("#id_told_school_class").check()  # nobody has asked the server for it yet
    page.locator("#id_ground_words").focus()
    page.keyboard.type(WHY, delay=20)
    page.locator("#id_reason").press_sequentially("Говорит, что не хочет жить", delay=20)

    expect(preview).to_contain_text("quick words of the child")
    expect(preview).to_contain_text("не хочет жить")  # no field was left for it
    expect(preview).to_contain_text(str(case.pupil.school_class))
    assert (asked.input_value(), page.locator("#id_ground_words").input_value()) == ("quick words of the child", WHY)
    expect(page.get_by_text("help without consent where life is in danger")).to_be_visible()

    asked.press_sequentially(", soon")
    send = page.get_by_role("button", name="Send the referral")
    send.click()  # before its preview was there: it is shown once, then sent
    expect(page.get_by_role("alert")).to_contain_text("Look at it once more")
    expect(preview).to_contain_text("quick words of the child, soon")
    send.click()
    page.wait_for_url(f"**{reverse('referrals:detail', args=[draft.pk])}")
    expect(page.get_by_text("quick words of the child, soon").first).to_be_visible()
    assert refused == []


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_facts_are_taken_over_by_keys_and_the_letter_is_printed(
    transactional_db: None, browser: Browser, live_server: LiveServer, language: str
) -> None:
    who = psychologist()
    assert who.membership.school is not None
    pupil = pupil_at(who.membership.school)
    made = reported(teacher_at(pupil.school), harmed(pupil))
    decide(who, item_id=made.triage_item_id, decision="open_case", pupil_id=pupil.pk)
    case = Case.objects.get()
    police = officer_of(case, AgencyKind.POLICE)
    draft = drafted(who, case, police.membership.agency, basis="violence")
    page = page_for(browser, live_server, who, language)
    page.goto(reverse("referrals:write", args=[draft.pk]))
    preview = page.locator("#preview")
    expect(preview).not_to_contain_text(PLACE)
    page.locator(f'[id="id_taken_{made.pk}:where"]').focus()
    page.keyboard.press("Space")
    expect(preview).to_contain_text(PLACE)
    assert problems(page) == []
    page.locator("button[formaction]").click()
    page.wait_for_url(f"**{reverse('referrals:detail', args=[draft.pk])}")
    assert problems(page) == []
    page.goto(reverse("referrals:paper", args=[draft.pk]))
    expect(page.locator(".o-paper")).to_contain_text(PLACE)
    assert problems(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".o-kinds")).to_be_hidden()
