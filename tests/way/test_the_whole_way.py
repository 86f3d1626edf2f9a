"""The whole way once: roll, consents, seats, video, signal, case, live alert, report. Five people, one browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from caseflow.demo.people import PASSWORD
from tests.way.lesson import LessonNow, zone_at_lunch
from tests.way.product import Product, running_product
from tests.way.steps_lesson import (
    confirm_who_sat_where,
    draw_two_seats,
    upload_the_video,
    watch_the_analysis,
)
from tests.way.walker import Walker

pytestmark = pytest.mark.browser
COLUMNS = "Номер;Фамилия;Имя;Дата рождения;Пол;Класс;Фамилия представителя;Имя представителя;Кем приходится"
MOTHER = "Асанова;Алма;мать;+7 701 111 22 33"  # name and telephone make her the same for both children
ROLL = f"""{COLUMNS};Телефон представителя
8901;Асанова;Дария;01.02.2012;ж;8А;{MOTHER}
8902;Асанов;Даулет;01.02.2012;м;8А;{MOTHER}
"""
ZONE = zone_at_lunch()
NOWHERE_ELSE = "Behind the ski shed"
"""A place that no report of the demo names."""
PARENT_PASSWORD = "a parent's long password"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Product]:
    with running_product(tmp_path_factory.mktemp("product"), ZONE) as product:
        yield product


def test_from_the_roll_to_the_council_s_report(product: Product, browser: Browser, tmp_path: Path) -> None:
    address = product.address
    administrator = Walker(browser, address)
    administrator.sign_in("schooladmin", PASSWORD)
    import_the_roll(administrator, tmp_path)
    code = hand_over_a_code(administrator)
    decide_as_parent(Walker(browser, address), code)
    lesson = LessonNow.begun(ZONE)
    enter_the_lesson(administrator, lesson)
    psychologist = Walker(browser, address)
    psychologist.sign_in("psychologist", PASSWORD)
    draw_two_seats(psychologist, tmp_path)
    teacher = Walker(browser, address)
    teacher.sign_in("teacher", PASSWORD)
    confirm_who_sat_where(teacher)
    upload_the_video(psychologist, tmp_path, lesson)
    watch_the_analysis(psychologist, product)
    review_a_signal(psychologist)
    be_alerted_live(psychologist, teacher)
    prosecutor = Walker(browser, address)
    prosecutor.sign_in("prosecutor", PASSWORD)
    read_the_report(prosecutor)


def import_the_roll(administrator: Walker, folder: Path) -> None:
    page = administrator.go("/directory/import/")
    path = folder / "roll.csv"
    path.write_text(ROLL, encoding="utf-8")
    page.locator("[name=file]").set_input_files(path)
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_text("Асанова Дария")).to_be_visible()
    administrator.look()
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.get_by_text("Imported: 2 new")).to_be_visible()
    administrator.look()


def enter_the_lesson(administrator: Walker, lesson: LessonNow) -> None:
    page = administrator.go("/directory/timetable/")
    page.get_by_label("Class", exact=True).select_option(label="8 «А»")
    page.get_by_label("Weekday").select_option(lesson.weekday)
    page.get_by_label("From").fill(lesson.starts_at)
    page.get_by_label("To", exact=True).fill(lesson.ends_at)
    page.get_by_label("Subject").fill("География")
    page.get_by_label("Teacher").select_option(label="Дәулетов\N{NO-BREAK SPACE}А.\N{NO-BREAK SPACE}Н.")
    page.get_by_label("Room").select_option(label="Room 214")
    page.get_by_role("button", name="Enter the lesson").click()
    expect(page.get_by_role("cell", name="География", exact=True)).to_be_visible()
    administrator.look()


def hand_over_a_code(administrator: Walker) -> str:
    page = administrator.go("/consent/")
    page.get_by_role("link", name="8 «А»").click()
    administrator.look()
    page.get_by_label("Identity document seen").first.check()
    page.get_by_role("button", name="Make a code").first.click()
    administrator.look()
    return page.locator(".k-code").inner_text()


def decide_as_parent(parent: Walker, code: str) -> None:
    page = parent.page
    page.goto("/accounts/login/")
    page.locator(".c-lang button[value=en]").first.click()
    parent.go("/my/join/")
    page.locator("[name=code]").fill(code)
    page.locator("[name=username]").fill("asanova")
    for field in page.locator("[type=password]").all():
        field.fill(PARENT_PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))
    parent.sign_in("asanova", PARENT_PASSWORD)
    parent.go("/my/")
    choose_child(page, "Дария")
    consent(parent)
    choose_child(page, "Даулет")
    refuse(parent)


def choose_child(page: Page, name: str) -> None:
    child = page.get_by_role("link", name=re.compile(name)).first
    child.click()
    expect(child).to_have_attribute("aria-current", "page")
    expect(page.get_by_text("Mood analysis in lessons").first).to_be_visible()


def consent(parent: Walker) -> None:
    page = parent.page
    page.locator("#purpose-mood_analysis .p-switch").click()
    sheet = page.locator("#mood_analysis-sheet")
    expect(sheet).to_be_visible()
    parent.look()
    sheet.locator("[data-end]").scroll_into_view_if_needed()
    sheet.get_by_role("button", name="I have read this and agree").click()
    expect(page.locator("#mood_analysis-state")).to_contain_text("You agree since")
    parent.look()


def refuse(parent: Walker) -> None:
    page = parent.page
    page.locator("#purpose-mood_analysis .p-switch").click()
    refusal = page.locator("#mood_analysis-sheet").get_by_role("button", name="I do not agree")
    expect(refusal).to_be_visible()
    parent.look()
    refusal.click()
    expect(page.locator("#mood_analysis-state")).to_contain_text("Refused")
    parent.look()


def review_a_signal(psychologist: Walker) -> None:
    page = psychologist.go("/analysis/signals/")
    page.get_by_role("link", name=re.compile("Тасболат")).first.click()
    expect(page.get_by_text("This is not a diagnosis")).to_be_visible()
    psychologist.look()
    psychologist.picture("signal")
    page.get_by_role("radio", name=re.compile("Open a case")).check()
    page.get_by_label(re.compile("Reason")).last.fill("A marked change since last week, the teacher saw it too.")
    page.get_by_role("button", name=re.compile("Confirm the decision")).click()
    expect(page).to_have_url(re.compile("/cases/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Тасболат")
    psychologist.look()


def be_alerted_live(psychologist: Walker, teacher: Walker) -> None:
    """What a teacher files in one window is in the psychologist's without a touch: the alert and the queue."""
    waiting = psychologist.go("/today/")
    alert = waiting.locator("#toasts").get_by_text("Conflict")
    item = waiting.locator("#queue-list [data-row]", has_text=NOWHERE_ELSE)
    expect(alert).to_have_count(0)
    expect(item).to_have_count(0)
    page = teacher.go("/incidents/new/")
    page.locator("[name=category]").select_option("conflict")
    page.locator("[name=occurred_at]").fill(page.locator("[name=occurred_at]").get_attribute("max") or "")
    page.locator("[name=place]").fill(NOWHERE_ELSE)
    page.locator("[name=words]").fill("They argued about the ball and stopped by themselves.")
    page.get_by_role("button", name="Send the report").click()
    expect(page).to_have_url(re.compile("/incidents/mine/"))
    teacher.look()
    expect(alert).to_have_count(1)
    expect(item).to_have_count(1)
    expect(item).to_contain_text("reported by: Teacher")
    psychologist.picture("today")
    psychologist.look()


def read_the_report(prosecutor: Walker) -> None:
    page = prosecutor.go("/reports/")
    page.locator("main .c-list a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Safety of children at schools")
    expect(page.get_by_text("hidden").first).to_be_visible()
    prosecutor.look()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
