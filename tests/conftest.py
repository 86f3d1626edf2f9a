"""What every test may rely on."""

import gc
import os
import shutil
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from tests import committed, lost_browsers
from tests.browser import open_browser
from tests.lost_browsers import OUTSIDE, pytest_runtest_protocol, pytest_terminal_summary
from tests.migrated import drop_template, made_once

__all__ = ["pytest_runtest_protocol", "pytest_terminal_summary"]

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


# Files that take minutes, the longest first: begun at the end, one would be waited for alone.
LONG = ("tests/access/test_matrix.py", "tests/way/test_the_whole_way.py", "tests/api/test_schema.py")
BROWSER_S = 150  # for one test in a browser, which has a second try when it hangs
DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files come first, whatever order was drawn: the longest, and beside it, while that makes the database, files
    that need none.
    """
    for item in items:
        if _in_browser(item) and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(BROWSER_S))
    with_database = {_file(item) for item in items if _needs_database(item)}
    order = {name: 2 * number for number, name in enumerate(LONG)}
    beside, others = 1, 2 * len(LONG)
    items.sort(key=lambda item: order.get(_file(item), others if _file(item) in with_database else beside))


def _in_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None and _file(item) not in LONG


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _needs_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(DATABASE & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Thousands of tests and all modules stay to the end; the collector need not look through them again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionstart(session: pytest.Session) -> None:
    _drop_template_beside_workers(session)


def pytest_sessionfinish(session: pytest.Session) -> None:
    _drop_template_beside_workers(session)


def _drop_template_beside_workers(session: pytest.Session) -> None:
    """In the process that starts the others, before the first of them and after the last."""
    if session.config.getoption("numprocesses", None):
        with session.config.stash[blocking_manager_key].unblock():
            drop_template()


def needs_outside(program: str, *, present: bool) -> None:
    """Skip the running test where `program` is absent; with CI=true in the environment that fails it instead."""
    if not present:
        pytest.skip(OUTSIDE + program)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What is called without a request speaks the language of the sources; a request speaks that of its person."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium."""
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    needs_outside("Chromium", present=found is not None)
    return str(found)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One for each module: the event loop that its driver keeps on this thread would stop the asynchronous tests."""
    with open_browser(chromium) as browser:
        yield browser


@pytest.fixture
def on_postgresql() -> None:
    """Only there. Not an outside program that is missing: the same test runs when DATABASE_URL names one."""
    if connection.vendor != "postgresql":
        pytest.skip("only on PostgreSQL: set DATABASE_URL")


@pytest.fixture(autouse=True, scope="session")
def rows_of_migrations_stay() -> Iterator[None]:
    """Tests with real commits delete only what they made; Django would empty every table."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(lambda _case: committed.remember()))
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: committed.delete())
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[ExitStack]:
    """As pytest-django's own, and the way in which the test database is made."""
    with ExitStack() as until_made, django_db_blocker.unblock():
        until_made.enter_context(made_once())
        yield until_made


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: ExitStack, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """As pytest-django's own; at the end, sessions that other threads and ended processes left may go first."""
    with django_db_blocker.unblock():
        django_db_modify_db_settings.close()
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            _end_left_sessions(patience=5)


def _end_left_sessions(patience: float) -> None:
    """PostgreSQL drops no database that somebody is in: wait `patience` seconds, then say who is left and end them."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    until = time.monotonic() + patience
    with connection.cursor() as cursor:
        while True:
            cursor.execute(f"SELECT state, query {others}")
            left = cursor.fetchall()
            if not left or time.monotonic() > until:
                break
            time.sleep(0.1)
        for state, query in left:
            sys.stderr.write(f"tests: a session was left open ({state}): {query}\n")
        cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")


@pytest.fixture
def data_dir() -> Path:
    """The data folder of this test process."""
    return Path(os.environ["TIREK_DATA"])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.excinfo and lost_browsers.is_gone(call.excinfo.value):
        report.gone = str(call.excinfo.value).splitlines()[0]  # type: ignore[attr-defined]  # a note of ours
        lost_browsers.end_hanging(call.excinfo.value)
    if os.environ.get("CI") == "true" and report.skipped and OUTSIDE in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: {report.longrepr}"
    return report
