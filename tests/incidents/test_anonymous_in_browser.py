"""The form without sign-in on a small phone: how little it loads, with and without scripts, axe in both themes."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.models import Incident, SchoolLink
from caseflow.incidents.rules.proof import MOST_BITS
from caseflow.incidents.selectors import words_of
from caseflow.incidents.selectors.talk import talk_of
from caseflow.incidents.services.anonymous import answer_reporter, passes
from tests.browser import violations
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.anonymous_factories import LATER, WORDS, anonymous_report, drawn_photo, link_for, written

pytestmark = pytest.mark.browser
MOST_BYTES = 60_000  # the whole page with all it needs
PHONES = ((390, 844), (360, 640))
OLD_PHONE = 6  # times slower than this machine; Chromium's own name for it is "low-end mobile"
LONGEST_WORK_MS = 10_000


@pytest.fixture
def school(transactional_db: None) -> School:
    return SchoolFactory.create()


@pytest.fixture(autouse=True)
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def link(school: School) -> SchoolLink:
    return link_for(school)


def phone(browser: Browser, server: LiveServer, **facts: object) -> Iterator[Page]:
    width, height = PHONES[0]
    context = browser.new_context(
        base_url=server.url,
        locale="en-GB",
        reduced_motion="reduce",  # a colour on its way from one theme to the other is neither
        viewport={"width": width, "height": height},
        **facts,  # type: ignore[arg-type]  # options of a context
    )
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def page(live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    yield from phone(browser, live_server)


@pytest.fixture
def without_script(live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    yield from phone(browser, live_server, java_script_enabled=False)


def form_of(link: SchoolLink) -> str:
    return reverse("anonymous:report", args=[link.token])


def problems(page: Page) -> str:
    """What axe finds in both themes, and pages wider than the screen of a phone."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for width, height in (*PHONES, (1440, 900)):
            page.set_viewport_size({"width": width, "height": height})
            found += violations(page)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"wider than {width}")
    return "\n".join(found)


def fill(page: Page) -> None:
    page.get_by_label("What is it about?").select_option("bullying")
    page.get_by_label("What happened?").fill(WORDS)


def code_on(page: Page) -> str:
    return " ".join(page.locator("ol.code li").all_inner_texts())


def test_the_whole_page_with_all_its_assets_is_below_60_kb(page: Page, link: SchoolLink) -> None:
    """Uncompressed, and the answers' heads counted: what an old phone loads from the poster to the receipt and back."""
    wire = page.context.new_cdp_session(page)
    loaded: list[float] = []
    wire.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 400, "downloadThroughput": 6250, "uploadThroughput": 2500},
    )
    page.goto(form_of(link), wait_until="networkidle")
    assert len(loaded) == 3  # the page, its look, its script: no font, no icon, nothing from elsewhere
    assert 1_000 < sum(loaded) < MOST_BYTES
    fill(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("ol.code li")).to_have_count(12)
    page.get_by_role("link", name="To the answers").click()
    page.wait_for_load_state("networkidle")
    assert sum(loaded) < MOST_BYTES


def test_a_child_reports_reads_the_answer_and_writes_back(page: Page, link: SchoolLink, psychologist: Actor) -> None:
    page.goto(form_of(link))
    fill(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("ol.code li")).to_have_count(12)
    incident, code = Incident.objects.get(), code_on(page)
    assert incident.channel is not None
    assert incident.channel.proven
    assert words_of(incident) == WORDS
    answer_reporter(psychologist, incident.pk, "Приходи завтра")
    page.get_by_role("link", name="To the answers").click()
    page.get_by_label("The twelve words of your code").fill(code)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("Приходи завтра")).to_be_visible()
    page.get_by_label("Write more, or answer").fill(LATER)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Your message has been sent.")).to_be_visible()
    assert [line.text for line in talk_of(incident).lines] == ["Приходи завтра", LATER]
    assert page.context.cookies() == []


def test_a_phone_without_scripts_reports_too(without_script: Page, link: SchoolLink) -> None:
    page = without_script
    page.goto(form_of(link))
    fill(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("ol.code li")).to_have_count(12)
    channel = Incident.objects.get().channel
    assert channel is not None
    assert not channel.proven


def test_danger_is_one_touch_and_waits_for_no_work(
    page: Page, link: SchoolLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passes, "bits_for", lambda _reports: 30)  # a day's work
    page.goto(form_of(link))
    page.get_by_role("button", name="I am in danger now").click()
    expect(page.get_by_role("heading", name="We have it. Now call.")).to_be_visible()
    expect(page.locator("a.big").first).to_have_attribute("href", "tel:112")


def test_the_hardest_work_takes_an_old_phone_less_than_ten_seconds(
    page: Page, link: SchoolLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passes, "bits_for", lambda _reports: MOST_BITS)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": OLD_PHONE})
    page.goto(form_of(link))
    fill(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("ol.code li")).to_have_count(12, timeout=3 * LONGEST_WORK_MS)
    channel = Incident.objects.get().channel
    assert channel is not None
    assert channel.proven


def test_another_language_keeps_the_words(page: Page, link: SchoolLink) -> None:
    page.goto(form_of(link))
    fill(page)
    page.get_by_role("button", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("#words")).to_have_value(WORDS)


def test_return_in_a_field_sends_the_report_and_not_danger(page: Page, link: SchoolLink) -> None:
    page.goto(form_of(link))
    fill(page)
    page.locator("#place").press("Enter")
    expect(page.get_by_role("heading", name="Sent. Thank you for telling.")).to_be_visible()


def test_axe_finds_nothing_on_the_public_pages(page: Page, link: SchoolLink, psychologist: Actor) -> None:
    page.goto(form_of(link))
    assert problems(page) == ""
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Nothing has been sent yet")).to_be_visible()
    assert problems(page) == ""
    page.get_by_role("button", name="I am in danger now").click()
    expect(page.locator("ol.code li")).to_have_count(12)
    assert problems(page) == ""
    code, incident = code_on(page), Incident.objects.get()
    written(incident, pictures=[drawn_photo()])
    answer_reporter(psychologist, incident.pk, "Я на месте")
    page.goto(reverse("anonymous:answers"))
    assert problems(page) == ""
    page.get_by_label("The twelve words of your code").fill(code)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("Я на месте")).to_be_visible()
    assert problems(page) == ""
    page.get_by_role("button", name="I am in danger now").click()
    expect(page.get_by_role("heading", name="We have it. Now call.")).to_be_visible()
    assert problems(page) == ""
    page.goto("/r/nothing/")
    assert problems(page) == ""


def test_axe_finds_nothing_on_the_pages_of_the_staff(
    page: Page, school: School, psychologist: Actor, live_server: LiveServer
) -> None:
    incident = anonymous_report(school, danger=True, pictures=[drawn_photo()])
    written(incident, pictures=[drawn_photo()])
    admin = actor(Role.SCHOOL_ADMIN, school=school)
    pages = ((psychologist, reverse("incidents:detail", args=[incident.pk])), (admin, reverse("incidents:link")))
    for who, url in (*pages, (psychologist, reverse("incidents:list"))):
        cookie = signed_in(who).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(url)
        assert (url, problems(page)) == (url, "")
