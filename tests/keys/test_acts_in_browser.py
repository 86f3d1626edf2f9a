"""Each act of the help page is walked in a real browser, by clicks and by its keys: it takes what the page says."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.keys.acts import ACTS, Act
from tests.analytics.factories import lesson, signal_for
from tests.browser import page_of
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.keys.hands import Hands
from tests.keys.walks import WALKS, Desk

pytestmark = pytest.mark.browser
WAITS = 20_000  # ms


def test_every_act_of_the_list_is_walked() -> None:
    assert sorted(WALKS) == sorted(act.name for act in ACTS)


@pytest.mark.parametrize(
    ("act", "keys"), [(act, keys) for act in ACTS for keys in (False, True) if act.keys or not keys]
)
def test_it_takes_what_the_help_page_says(
    act: Act,
    keys: bool,
    browser: Browser,
    live_server: LiveServer,
    transactional_db: None,
    tmp_path: Any,
    settings: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    who = psychologist()
    if act.place in ("signals", "signal"):
        where = lesson(pupils=6, consented=4)
        signal_for(where)
        who = where.psychologist
    desk = Desk(who, case_of(who, pupil_of(who)))
    sitting = lead_over(desk.school) if act.place == "work" else who
    page = page_of(browser, live_server, sitting)
    page.set_default_timeout(WAITS)
    expect.set_options(timeout=WAITS)
    hands = Hands(page, act, keys=keys)
    WALKS[act.name](hands, desk)
    page.context.close()
    assert hands.told() == ((0, act.keys) if keys else (act.clicks, ()))
