"""A pupil's phone and an operator's console in two real browser windows, over the real server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import LazySettings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from caseflow.alarms.enums import AlarmState, Holder, Step
from caseflow.alarms.models import Alarm, AlarmStep, Device, Drill, Press
from caseflow.alarms.services import enrol_pupil_phone, renew_code
from caseflow.alarms.views.panic import KEY
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from ops.trouble import ROOT
from tests.alarms.buttons import wall_button
from tests.alarms.drills import officer_of
from tests.alarms.factories import Territory, territory
from tests.browser import violations
from tests.directory.factories import PASSWORD, RoomFactory, actor, signed_in
from tests.notifications.test_delivery import serving

pytestmark = pytest.mark.browser
HELD_MS = 2300  # two seconds, and a little for a slow machine


@dataclass(frozen=True)
class Windows:
    here: Territory
    phone: Page
    console: Page


@pytest.fixture
def here(transactional_db: None) -> Territory:
    place = territory()
    RoomFactory.create(school=place.school, name="214")
    return place


@pytest.fixture(scope="module")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Collected static files, which the real server needs and a fresh checkout has not."""
    folder = str(tmp_path_factory.mktemp("static"))
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    environment = os.environ | {"STATIC_ROOT": folder, "DJANGO_SETTINGS_MODULE": "caseflow.settings"}
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    return folder


@pytest.fixture(scope="module")
def address(static_root: str, django_db_setup: None) -> Iterator[str]:
    with serving("", STATIC_ROOT=static_root) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def windows(here: Territory, browser: Browser, address: str) -> Iterator[Windows]:
    phone, console = _phone(browser, address, here), _console(browser, address, here)
    yield Windows(here, phone.new_page(), console.new_page())
    phone.close()
    console.close()


def test_a_held_button_is_on_the_console_and_its_course_on_the_phone(windows: Windows) -> None:
    phone, console = windows.phone, windows.console
    console.goto("/alarms/")
    expect(console.get_by_text("No alarm now")).to_be_visible()
    _look(console)
    phone.goto("/panic/")
    _look(phone)
    phone.get_by_role("button", name="floor 2").click()
    phone.get_by_role("button", name="214").click()
    _hold(phone)

    expect(phone.get_by_text("The alarm has been sent")).to_be_visible()
    row = console.locator(".c-alert")
    expect(row).to_contain_text("Room 214, floor 2")
    expect(row).to_contain_text("Pupil")
    expect(phone.locator("[data-steps] .done")).to_have_count(2)  # pressed and delivered
    _look(console)
    _look(phone)

    console.keyboard.press("F2")
    expect(phone.get_by_text("The police have accepted")).to_be_visible()
    console.locator("#patrol").fill("12")
    console.keyboard.press("F3")
    expect(phone.get_by_text("The police are on their way")).to_be_visible()
    # No socket wakes this console: it shows what had been said when its own act is answered.
    with phone.expect_response(lambda answer: answer.request.method == "POST" and "word" in answer.url):
        phone.get_by_role("button", name="Somebody is injured").click()
    console.keyboard.press("F4")
    expect(console.get_by_role("log")).to_contain_text("Somebody is injured")
    console.get_by_role("button", name="Fight").click()
    expect(console.get_by_role("button", name="Fight")).to_have_attribute("aria-pressed", "true")
    _look(console)
    console.keyboard.press("F8")
    expect(phone.get_by_text("The alarm is over")).to_be_visible()
    alarm = Alarm.objects.get()
    assert (alarm.state, alarm.patrol, alarm.finding) == (AlarmState.CLOSED, "12", "fight")


def test_without_a_network_the_press_waits_on_the_phone_even_when_the_page_is_opened_anew(windows: Windows) -> None:
    phone, console = windows.phone, windows.console
    console.goto("/alarms/")
    phone.goto("/panic/")
    phone.evaluate("navigator.serviceWorker.ready")
    phone.reload()  # the worker keeps what the page needs
    phone.wait_for_load_state("networkidle")
    phone.context.set_offline(True)
    _hold(phone)
    expect(phone.get_by_text("The alarm is not delivered yet")).to_be_visible()
    _look(phone)
    phone.reload()
    expect(phone.get_by_text("The alarm is not delivered yet")).to_be_visible()
    assert not Alarm.objects.exists()
    phone.wait_for_timeout(1100)  # whole seconds are told

    phone.context.set_offline(False)
    expect(phone.get_by_text("The alarm has been sent")).to_be_visible(timeout=15_000)
    expect(console.locator(".c-alert")).to_have_count(1)
    assert Press.objects.count() == Alarm.objects.count() == 1
    assert Alarm.objects.get().waited_s >= 1


def test_a_short_touch_raises_nothing_and_the_button_is_held_by_the_keyboard_too(windows: Windows) -> None:
    windows.phone.goto("/panic/")
    _hold(windows.phone, 1000)
    windows.phone.wait_for_timeout(1500)
    assert not Alarm.objects.exists()
    expect(windows.phone.locator("#hold")).to_be_visible()

    windows.phone.locator("#hold").focus()
    windows.phone.keyboard.down("Enter")
    windows.phone.wait_for_timeout(HELD_MS)
    windows.phone.keyboard.up("Enter")
    expect(windows.phone.get_by_text("The alarm has been sent")).to_be_visible()
    assert AlarmStep.objects.filter(step=Step.PRESSED).count() == 1


def test_a_drill_is_armed_pressed_revealed_and_turned_real_by_one_touch(windows: Windows) -> None:
    phone, console, here = windows.phone, windows.console, windows.here
    console.goto("/alarms/")
    phone.goto("/panic/")
    device = Device.objects.get(holder=Holder.PUPIL)
    drill = Drill.objects.create(device=device, planned_at=timezone.now())
    wall_button(here.school, name="Вахта")
    officer = _signed_in(console, officer_of(here.school))
    for page in ("/alarms/figures/", "/alarms/buttons/", "/alarms/drills/"):
        officer.goto(page)
        _look(officer)
    officer.goto(f"/alarms/drills/{drill.pk}/")
    officer.get_by_role("button", name="Arm now").click()
    expect(officer.get_by_role("heading", name="Armed: press now")).to_be_visible()
    _look(officer)
    _hold(phone)

    expect(console.locator(".c-alert.is-new")).to_have_count(1)
    expect(phone.get_by_text("The alarm has been sent")).to_be_visible()
    expect(officer.get_by_role("heading", name="Pressed, not accepted")).to_be_visible()
    assert "drill" not in console.locator("main").inner_text().lower()
    console.keyboard.press("F2")
    expect(console.get_by_text("This is a drill")).to_be_visible()
    expect(console.locator("#patrol")).to_have_count(0)
    real = phone.get_by_role("button", name="It is real")
    expect(real).to_be_visible()
    _look(console)
    _look(phone)
    real.click()
    expect(real).to_be_hidden()
    expect(phone.get_by_text("The police have accepted")).to_be_visible()
    expect(officer.get_by_role("heading", name="Became real")).to_be_visible()
    console.reload()
    expect(console.locator("#patrol")).to_be_visible()
    officer.context.close()


def test_the_administrator_registers_a_button_and_its_key_is_shown_once(windows: Windows) -> None:
    page = _signed_in(windows.console, actor(Role.SCHOOL_ADMIN, school=windows.here.school))
    page.goto("/alarms/buttons/")
    page.get_by_role("link", name="Register a button").click()
    _look(page)
    page.get_by_role("textbox", name="Name").fill("Вахта")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text("Say where the button hangs")).to_be_visible()
    page.get_by_label("Room").select_option(label="Room 214")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_text("Shown only now.")).to_be_visible()
    _look(page)
    page.get_by_role("link", name="The button has its key").click()
    expect(page.get_by_text("Never tested")).to_be_visible()
    page.get_by_role("link", name="Вахта, Room 214").click()
    expect(page.get_by_role("button", name="Replace the key")).to_be_visible()
    _look(page)
    page.context.close()


def _signed_in(beside: Page, who: Actor) -> Page:
    """One more window of the same browser, at the width of a phone, in which somebody else has signed in."""
    beside.goto("/alarms/")
    browser, base = beside.context.browser, beside.url.removesuffix("/alarms/")
    assert browser is not None
    size = {"width": 390, "height": 844}
    context = browser.new_context(base_url=base, locale="en-GB", viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
    session = signed_in(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
    return context.new_page()


def test_a_console_left_alone_locks_its_details_and_still_takes_alarms(
    windows: Windows, address: str, settings: LazySettings
) -> None:
    phone, console = windows.phone, windows.console
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # as the server's
    windows.here.operator.user.set_password(PASSWORD)
    windows.here.operator.user.save()
    _sign_in(console.context, windows.here.operator, address)
    console.goto("/alarms/")
    phone.goto("/panic/")
    _hold(phone)
    expect(console.locator(".c-alert")).to_have_count(1)
    console.locator(".c-alert a").click()
    expect(console.locator("#alarm")).to_contain_text("Who pressed")

    console.evaluate("localStorage.setItem('last-touch', '0')")
    expect(console.locator("#unlock")).to_be_visible(timeout=10_000)
    expect(console.locator("#alarm")).not_to_contain_text("Who pressed")
    _look(console)
    console.keyboard.press("F2")
    expect(phone.get_by_text("The police have accepted")).to_be_visible()
    assert console.url.endswith("/alarms/")

    console.locator("#unlock").fill(PASSWORD)
    console.get_by_role("button", name="Show the details").click()
    expect(console.locator("#alarm")).to_contain_text("Who pressed")
    console.keyboard.press("Digit1")
    expect(console.get_by_role("button", name="Fight")).to_have_attribute("aria-pressed", "true")


def _phone(browser: Browser, address: str, here: Territory) -> BrowserContext:
    code = renew_code(actor(Role.SCHOOL_ADMIN, school=here.school), end_phones=False)
    _device, key = enrol_pupil_phone(code.token)
    size = {"width": 390, "height": 844}
    context = browser.new_context(base_url=address, locale="en-GB", viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
    cookie = {
        "name": KEY,
        "value": key,
        "domain": "127.0.0.1",
        "path": "/panic/",
        "httpOnly": True,
        "sameSite": "Strict",
    }
    context.add_cookies([cookie])  # type: ignore[list-item]
    return context


def _console(browser: Browser, address: str, here: Territory) -> BrowserContext:
    context = browser.new_context(base_url=address, locale="en-GB", reduced_motion="reduce")
    _sign_in(context, here.operator, address)
    return context


def _sign_in(context: BrowserContext, who: Actor, address: str) -> None:
    session = signed_in(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])


def _hold(page: Page, milliseconds: int = HELD_MS) -> None:
    page.locator("#hold").hover()
    page.mouse.down()
    page.wait_for_timeout(milliseconds)
    page.mouse.up()


def _look(page: Page) -> None:
    """axe finds nothing, in the light and in the dark theme."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert "\n".join(violations(page)) == ""
