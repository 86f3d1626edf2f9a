from datetime import timedelta
from typing import Any

import pytest
from django.template import engines
from django.utils import timezone, translation

from caseflow.clocks.models import Clock
from caseflow.clocks.services import start_clock
from caseflow.clocks.templatetags.clocks_ui import runs
from tests.directory.factories import SchoolFactory

pytestmark = pytest.mark.django_db


def drawn(*clocks: Clock | None) -> str:
    page = engines["django"].from_string(
        "{% load clocks_ui %}{% for clock in clocks %}{% due clock 'Assessment' 'for signals' %}{% endfor %}"
    )
    with translation.override("en"):
        return " ".join(page.render({"clocks": clocks}).split())


def ends_in(left: timedelta) -> Clock:
    start = timezone.now() - timedelta(hours=10)
    clock = start_clock("task", SchoolFactory.create(), start, due_at=timezone.now() + timedelta(hours=1))
    clock.due_at = timezone.now() + left
    clock.warn_at = clock.started_at + (clock.due_at - clock.started_at) * 0.75
    return clock


def test_a_running_clock_shows_what_is_left_and_counts_down_in_the_browser() -> None:
    clock = ends_in(timedelta(hours=35, minutes=20, seconds=30))
    shown = drawn(clock)

    assert "1 day" in shown
    assert f'data-due="{timezone.localtime(clock.due_at):%Y-%m-%dT%H:%M}' in shown
    assert "is-soon" not in shown
    assert "is-late" not in shown


def test_a_clock_near_its_end_and_one_past_it_say_so_in_words_too() -> None:
    soon, late = drawn(ends_in(timedelta(minutes=65.5))), drawn(ends_in(-timedelta(minutes=70.5)))

    assert "is-soon" in soon
    assert "1 h 5 min" in soon
    assert "is-late" in late
    assert "−1 h 10 min" in late
    assert "was due" in late


def test_a_stopped_clock_is_done_and_none_is_not_required() -> None:
    clock = ends_in(timedelta(hours=1))
    clock.stopped_at = timezone.now()

    assert "is-done" in drawn(clock)
    assert "not required" in drawn(None)
    assert "for signals" in drawn(None)


def test_thirty_clocks_are_drawn_without_a_query(django_assert_num_queries: Any) -> None:
    clock = ends_in(timedelta(hours=1))

    with django_assert_num_queries(0):
        assert drawn(*[clock] * 30).count("c-due") == 30


def test_only_a_clock_whose_end_has_not_come_is_offered_to_be_changed() -> None:
    done = ends_in(timedelta(hours=2))
    done.stopped_at = timezone.now()
    running, late = ends_in(timedelta(hours=2)), ends_in(-timedelta(minutes=1))
    assert [runs(clock) for clock in (running, late, done, None)] == [True, False, False, False]
