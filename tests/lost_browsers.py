"""Chromium and Playwright's driver are outside programs: one that died or hangs costs the one test a second try, said
aloud.

With CI=true any test that failed in a browser has a second try in a new one: a browser was seen to send no form some
seconds before it stopped answering at all. What fails twice has failed.
"""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_timeout
from _pytest.runner import runtestprotocol
from _pytest.terminal import TerminalReporter
from playwright.sync_api import Error

# What Playwright says when the driver, the browser or a tab has gone, whatever was asked of it.
GONE = (
    "Playwright connection closed",
    "Connection closed while reading from the driver",
    "Target page, context or browser has been closed",
    "Browser has been closed",
    "Target crashed",
    "Page crashed",
)
HANGS = "from pytest-timeout"  # Playwright ends a wait for a page by itself, but not one for the browser
AGAIN = "run again"
OUTSIDE = "needs an outside program: "


def is_gone(raised: BaseException) -> bool:
    """Whether it was raised because the browser died, or does not answer."""
    if isinstance(raised, pytest.fail.Exception):
        return HANGS in str(raised)
    return isinstance(raised, Error) and any(words in str(raised) for words in GONE)


def drivers() -> list[int]:
    """Playwright's drivers that this process started; each ends with its browsers."""
    tasks = Path("/proc/self/task").glob("*/children")
    children = [int(number) for task in tasks for number in task.read_text().split()]
    return [number for number in children if "run-driver" in _command(number)]


def _command(number: int) -> str:
    with suppress(OSError):  # it has ended meanwhile
        return Path(f"/proc/{number}/cmdline").read_text()
    return ""


def end_hanging(raised: BaseException) -> None:
    """Kill a browser that does not answer: taking down what the test had open would wait for it without end."""
    if is_gone(raised) and not isinstance(raised, Error):
        for driver in drivers():
            with suppress(ProcessLookupError):
                os.kill(driver, signal.SIGKILL)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test in a browser; once more, in a new browser, if its browser died, or for CI if it failed at all."""
    if item.get_closest_marker("browser") is None:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    failed = [report for report in reports if report.failed]
    # What fails first is the cause; what is taken down afterwards fails with it.
    if failed and (words := getattr(failed[0], "gone", "") or why_in_ci(failed[0])):
        _begin_time_anew(item)
        _end_browsers(item)
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        for report in reports:
            report.user_properties.append((AGAIN, words))
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def why_in_ci(failed: pytest.TestReport) -> str:
    """Why a test that failed of itself is tried once more; nothing outside CI, nor where a program is missing."""
    if os.environ.get("CI") != "true" or OUTSIDE in str(failed.longrepr):
        return ""
    return f"it failed once: {str(failed.longrepr).splitlines()[-1]}"


def _begin_time_anew(item: pytest.Item) -> None:
    """pytest-timeout has given up its alarm at the first failure."""
    settings = pytest_timeout._get_item_settings(item)
    if settings.timeout:
        item.config.hook.pytest_timeout_set_timer(item=item, settings=settings)


def _end_browsers(item: pytest.Item) -> None:
    """Take down what is shared by the module and built on the dead browser, so that it is made anew."""
    item._initrequest()  # type: ignore[attr-defined]  # pytest's own functions have it
    request = item._request  # type: ignore[attr-defined]  # as above
    for fixtures in item._fixtureinfo.name2fixturedefs.values():  # type: ignore[attr-defined]  # as above
        for fixture in fixtures:
            if fixture.scope == "module":
                fixture.finish(request)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Name every test that was run again."""
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.getreports(outcome):
            words = dict(getattr(report, "user_properties", ())).get(AGAIN)  # a failed collection has none
            if words and report.when in ("call", None):
                said = f"{report.nodeid}: {words}"
                terminalreporter.write_line(f"RUN AGAIN, its browser may be to blame: {said}", yellow=True)
