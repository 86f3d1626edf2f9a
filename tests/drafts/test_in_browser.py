"""One author, two devices, in a real browser: what is typed here is there, and two versions are never one."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.services import set_risk
from caseflow.directory.actors import Actor
from caseflow.drafts.models import Draft
from caseflow.drafts.selectors import own_draft
from tests.browser import violations
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import PASSWORD, signed_in

pytestmark = pytest.mark.browser
Device = Callable[[], Page]


@pytest.fixture
def who(transactional_db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def device(who: Actor, case: Case, live_server: LiveServer, browser: Browser) -> Iterator[Device]:
    """A device of its own with each call: another browser context, signed in as the same person, at the case."""
    contexts = []
    errors: list[str] = []

    def open_device() -> Page:
        context = browser.new_context(base_url=live_server.url, locale="en-GB", reduced_motion="reduce")
        contexts.append(context)
        cookie = signed_in(who).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"/cases/{case.pk}/")
        return page

    yield open_device
    for context in contexts:
        context.close()
    assert errors == []


def note(page: Page) -> Locator:
    return page.get_by_role("textbox", name="New note", exact=True)


def write(page: Page, text: str) -> None:
    note(page).press("Control+End")
    note(page).press_sequentially(text)


def state(page: Page) -> Locator:
    return page.locator("[data-draft-state]")


def test_what_is_typed_on_one_device_is_on_the_next_and_becomes_an_entry_there(device: Device, case: Case) -> None:
    desk = device()
    write(desk, "Плохо спит")
    expect(state(desk)).to_have_text(re.compile(r"Draft saved \d\d:\d\d"))
    phone = device()
    expect(note(phone)).to_have_value("Плохо спит")
    write(phone, ", третью ночь")
    phone.get_by_role("button", name="Add").click()
    expect(phone.get_by_text("Плохо спит, третью ночь")).to_be_visible()
    expect(note(phone)).to_have_value("")
    assert not Draft.objects.exists()
    assert ChronologyEntry.objects.filter(case=case, kind="note").count() == 1


def test_two_devices_that_wrote_see_both_versions_and_take_both(device: Device, case: Case) -> None:
    desk, phone = device(), device()
    write(desk, "Спит плохо")
    expect(state(desk)).to_contain_text("Draft saved")
    write(phone, "Ест плохо")
    versions = phone.get_by_role("region", name="This text is kept in two versions")
    expect(versions).to_be_visible()
    expect(versions.locator("ins")).to_have_text(["Ест", "Спит"])
    expect(note(phone)).to_have_value("Ест плохо")
    assert violations(phone) == []
    phone.set_viewport_size({"width": 390, "height": 844})
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    versions.get_by_role("button", name="Take both").click()
    expect(versions).to_be_hidden()
    expect(note(phone)).to_have_value("Ест плохо\nСпит плохо")
    expect(state(phone)).to_contain_text("Draft saved")
    desk.reload()
    expect(note(desk)).to_have_value("Ест плохо\nСпит плохо")


def test_what_is_typed_on_and_on_is_kept_every_few_seconds(device: Device, who: Actor, case: Case) -> None:
    desk = device()
    desk.clock.install()
    for second in range(1, 8):
        write(desk, f" слово {second}")
        desk.clock.run_for(1_000)
    kept = own_draft(who, f"note-{case.pk}")
    assert kept is not None, "nobody stopped typing for two seconds"
    assert "слово 3" in kept.text


def test_a_version_left_undecided_is_on_the_next_device_after_the_tab_is_gone(
    device: Device, who: Actor, case: Case
) -> None:
    desk, phone = device(), device()
    write(desk, "Спит плохо")
    expect(state(desk)).to_contain_text("Draft saved")
    write(phone, "Ест плохо")
    expect(phone.get_by_role("region", name="This text is kept in two versions")).to_be_visible()
    with phone.expect_response("**/api/v1/drafts/**"):
        write(phone, " и мало")
    phone.context.close()
    laptop = device()
    versions = laptop.get_by_role("region", name="This text is kept in two versions")
    expect(versions).to_be_visible()
    expect(note(laptop)).to_have_value("Ест плохо и мало")
    assert violations(laptop) == []
    with laptop.expect_response("**/api/v1/drafts/**"):
        versions.get_by_role("button", name="Take this one").click()
    expect(note(laptop)).to_have_value("Спит плохо")
    desk.reload()
    expect(note(desk)).to_have_value("Спит плохо")
    expect(desk.get_by_role("region", name="This text is kept in two versions")).to_have_count(0)


def test_taking_the_other_version_or_the_own_one(device: Device) -> None:
    desk, phone = device(), device()
    write(desk, "Спит плохо")
    expect(state(desk)).to_contain_text("Draft saved")
    write(phone, "Ест плохо")
    phone.get_by_role("button", name="Take this one").click()
    expect(note(phone)).to_have_value("Спит плохо")
    write(phone, " опять")
    expect(state(phone)).to_contain_text("Draft saved")
    write(desk, " снова")
    desk.get_by_role("button", name="Keep this one").click()
    expect(state(desk)).to_contain_text("Draft saved")
    phone.reload()
    expect(note(phone)).to_have_value("Спит плохо снова")


def test_offline_the_words_stay_here_and_are_sent_when_the_connection_is_back(device: Device) -> None:
    desk = device()
    desk.context.set_offline(True)
    write(desk, "Плохо спит")
    expect(state(desk)).to_have_text("Not saved, trying again")
    assert not Draft.objects.exists()
    desk.context.set_offline(False)
    expect(state(desk)).to_contain_text("Draft saved", timeout=15_000)
    assert Draft.objects.count() == 1


def test_leaving_the_page_right_after_typing_loses_nothing(device: Device) -> None:
    desk = device()
    write(desk, "Плохо спит")
    desk.goto("/cases/")
    desk.go_back()
    expect(note(desk)).to_have_value("Плохо спит")


def test_what_was_being_typed_is_there_after_the_lock(device: Device) -> None:
    desk = device()
    write(desk, "Плохо спит")
    desk.locator("button[popovertarget=user-menu]").click()
    desk.get_by_role("button", name="Lock the screen").click()
    desk.get_by_label("Password").fill(PASSWORD)
    desk.keyboard.press("Enter")
    expect(note(desk)).to_have_value("Плохо спит")


def test_a_copy_on_its_way_is_waited_for_before_the_note_is_saved(device: Device, case: Case) -> None:
    desk = device()

    def late(route: Route) -> None:
        desk.wait_for_timeout(700)
        route.continue_()

    desk.route("**/api/v1/drafts/**", late)
    with desk.expect_request("**/api/v1/drafts/**"):
        write(desk, "Плохо спит")
    write(desk, " опять")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#chronology").get_by_text("Плохо спит опять")).to_be_visible()
    assert not Draft.objects.exists()
    assert ChronologyEntry.objects.filter(case=case, kind="note").count() == 1


def test_a_draft_is_discarded_by_hand(device: Device) -> None:
    desk = device()
    write(desk, "Плохо спит")
    desk.get_by_role("button", name="Discard the draft").click()
    expect(desk.get_by_text("The draft is discarded.")).to_be_visible()
    expect(note(desk)).to_have_value("")
    assert not Draft.objects.filter(discarded_at=None).exists()  # what was discarded can be undone for a moment


def test_the_parents_are_confirmed_only_where_they_are_chosen(device: Device) -> None:
    desk = device()
    confirm = desk.get_by_label("The parents may read this note.")
    expect(confirm).to_be_hidden()
    desk.get_by_label("Who can read it").first.select_option("shared_plan")
    expect(confirm).to_be_visible()
    assert violations(desk) == []


def test_the_filter_keeps_its_fields_in_the_address(device: Device) -> None:
    desk = device()
    desk.get_by_text("Author, period, words").click()
    desk.get_by_role("searchbox", name="Words in the text").fill("слова")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile("words="))
    expect(desk.get_by_role("searchbox", name="Words in the text")).to_have_value("слова")
    assert violations(desk) == []
    desk.get_by_role("button", name="Tasks").click()
    expect(desk).to_have_url(re.compile("words=%D1.*show=task"))
    expect(desk.get_by_text("Nothing fits")).to_be_visible()


def test_an_assessment_that_a_colleague_made_meanwhile_stands_beside_the_own_one(device: Device, case: Case) -> None:
    desk = device()
    desk.goto(f"/cases/{case.pk}/risk/")
    colleague = psychologist(case.school)
    set_risk(colleague, case.pk, level=RiskLevel.HIGH, basis="Слова подруги", formulation="Травля, дома слышат")
    desk.get_by_role("radio", name="Low").check()
    desk.get_by_label("What the assessment is based on").fill("Слова мамы")
    desk.get_by_role("button", name="Record the assessment").click()
    beside = desk.get_by_role("region", name="Something was saved while you were writing")
    expect(beside).to_be_focused()
    expect(beside.locator("ins")).to_have_text(["подруги", "мамы"])
    assert violations(desk) == []
    desk.set_viewport_size({"width": 390, "height": 844})
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.get_by_role("button", name="Record the assessment").click()
    expect(desk.get_by_text("The assessment is recorded.")).to_be_visible()
    assert [made.level for made in case.assessments.all()] == [RiskLevel.LOW, RiskLevel.HIGH]
    assert not Draft.objects.exists()
