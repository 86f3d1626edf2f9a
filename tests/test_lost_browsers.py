"""A browser that dies costs the one test a second try, and the tests after it nothing."""

import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browser import no_faults
from tests.lost_browsers import OUTSIDE, drivers, is_gone, why_in_ci

pytestmark = pytest.mark.browser
tries: list[Browser] = []
hanging: list[Browser] = []
failing: list[Browser] = []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_one_whose_driver_is_killed_is_run_again_in_a_new_browser(browser: Browser, page: Page) -> None:
    tries.append(browser)
    if len(tries) == 1:
        (driver,) = drivers()
        os.kill(driver, signal.SIGKILL)
    assert page.evaluate("1 + 1") == 2
    assert len(tries) == 2
    assert tries[0] is not tries[1]


@pytest.mark.timeout(40)  # starting the browser is in it
def test_one_whose_browser_does_not_answer_is_run_again_too(browser: Browser, page: Page) -> None:
    hanging.append(browser)
    if len(hanging) == 1:
        (driver,) = drivers()
        os.kill(driver, signal.SIGSTOP)
    assert page.evaluate("1 + 1") == 2
    assert len(hanging) == 2


def test_in_ci_one_that_failed_has_a_second_try_in_a_new_browser(browser: Browser) -> None:
    failing.append(browser)
    if os.environ.get("CI") == "true":
        assert len(failing) == 2
        assert failing[0] is not failing[1]


@pytest.mark.parametrize(
    ("ci", "said", "tried"),
    [("true", "E   assert 1 == 2", True), ("", "E   assert 1 == 2", False), ("true", f"{OUTSIDE}Chromium", False)],
)
def test_only_for_ci_and_never_for_want_of_a_browser(
    monkeypatch: pytest.MonkeyPatch, ci: str, said: str, tried: bool
) -> None:
    monkeypatch.setenv("CI", ci)
    report = pytest.TestReport("a::b", ("a", 1, "b"), {}, "failed", said, "call")
    assert bool(why_in_ci(report)) is tried


def test_the_next_one_has_a_browser(page: Page) -> None:
    assert page.evaluate("1 + 1") == 2


def test_what_a_page_does_wrong_is_a_failure_and_not_a_lost_browser(page: Page) -> None:
    fault = "setTimeout(() => window.nothing())"
    with pytest.raises(AssertionError, match="not a function"), no_faults(page), page.expect_event("pageerror"):
        page.evaluate(fault)
    assert page.evaluate("1 + 1") == 2


@pytest.mark.parametrize(
    ("raised", "gone"),
    [
        (Error("Page.goto: Target page, context or browser has been closed"), True),
        (Error("Page.click: Target crashed"), True),
        (Error("Page.click: Timeout 30000ms exceeded."), False),
        (AssertionError("Target crashed"), False),
        (pytest.fail.Exception("Timeout (>600.0s) from pytest-timeout."), True),
        (pytest.fail.Exception("Target crashed"), False),
    ],
)
def test_only_what_the_outside_program_says_counts(raised: BaseException, gone: bool) -> None:
    assert is_gone(raised) is gone
