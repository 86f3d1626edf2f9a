"""The council's report in a real browser: a phone hides no figure, and the page can be printed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.coordination.models import Report
from caseflow.coordination.services import compose_report
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region
from caseflow.incidents.enums import Category
from tests.browser import violations
from tests.coordination.test_reports import QUARTER, report_events, school_in
from tests.directory.factories import RegionFactory, actor, signed_in

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
CHANGE = "−25\N{NO-BREAK SPACE}%"


@pytest.fixture
def region(transactional_db: None) -> Region:
    return RegionFactory.create(name_ru="Мангистауская область", name_kk="Маңғыстау облысы")


@pytest.fixture
def prosecutor(region: Region) -> Actor:
    return actor(Role.PROSECUTOR, region=region)


@pytest.fixture
def report(region: Region, prosecutor: Actor) -> Report:
    for name in ("Актау", "Жанаозен"):
        school = school_in(region, name)
        report_events(school, Category.BULLYING, 30)
        report_events(school, Category.BULLYING, 40, year=2024)
    return compose_report(prosecutor, region=region, period=QUARTER)


@pytest.fixture
def page(report: Report, prosecutor: Actor, live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", viewport=PHONE, reduced_motion="reduce")
    cookie = signed_in(prosecutor).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    context.add_init_script("window.print = () => { document.body.dataset.printed = 'yes'; }")
    page = context.new_page()
    page.goto(f"/reports/{report.pk}/")
    yield page
    context.close()


def test_a_phone_shows_the_change_of_each_district_within_its_width(page: Page) -> None:
    lines = page.locator("#d .c-bars > li")
    assert [line.split("\n")[-1] for line in lines.all_inner_texts()] == [CHANGE, CHANGE]
    for shape in page.locator("#d .c-bars :is(b, text)").all():
        box = shape.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_is_printed_on_white_without_what_can_only_be_pressed(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    button = page.get_by_role("button", name="Print")
    button.click()
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    page.emulate_media(media="print", color_scheme="dark")
    expect(button).to_be_hidden()
    expect(page.locator("header.c-top")).to_be_hidden()
    expect(page.locator("aside")).to_be_hidden()
    expect(page.locator(".c-paper")).to_have_css("background-color", "rgb(255, 255, 255)")
    heading = page.locator(".c-paper h1").evaluate("title => getComputedStyle(title).color")
    assert heading.startswith("oklch(0.22"), heading


def test_axe_finds_nothing_in_either_theme_and_size(page: Page) -> None:
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert "\n".join(violations(page)) == ""
