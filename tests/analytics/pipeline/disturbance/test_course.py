"""When unusual motion is an event, and what a camera learns from."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.pipeline.disturbance.course import LEAST_EXCEEDING, LIMIT, LONGEST, SPAN, Course
from analytics.pipeline.disturbance.motion import Condition, Motion
from analytics.pipeline.disturbance.usual import HIGHEST, LEAST_TAUGHT, MOST_TAUGHT, Usual
from analytics.pipeline.disturbance.windows import WINDOW, MotionWindow
from tests.analytics.pipeline.disturbance.scenes import BEGAN, CALM, WILD, taught, window

KINDS = st.sampled_from(("calm", "wild", *(each for each in Condition if each != Condition.SEEN)))
UNKNOWN = [each for each in Condition if each != Condition.SEEN]


def told(number: int, kind: str) -> MotionWindow:
    if kind in ("calm", "wild"):
        return window(number, CALM if kind == "calm" else WILD)
    return window(number, None, Condition(kind))


def fed(course: Course, *kinds: str, since: int = 0) -> list[Any]:
    return [course.take(told(since + number, kind)) for number, kind in enumerate(kinds)]


@given(st.lists(KINDS, max_size=25))
def test_an_event_is_three_of_five_consecutive_windows_and_nothing_else(kinds: list[str]) -> None:
    readings = fed(Course(taught(CALM)), *kinds)
    for number, reading in enumerate(readings):
        last = kinds[max(0, number - SPAN + 1) : number + 1]
        assert (reading.strength is not None) == (last.count("wild") >= LEAST_EXCEEDING)


@given(st.lists(st.sampled_from(UNKNOWN), max_size=30))
def test_what_shows_nothing_is_no_event_and_teaches_nothing(conditions: list[Condition]) -> None:
    course = Course(taught(CALM))
    before = course.usual.to_json()
    readings = fed(course, *conditions)
    assert course.usual.to_json() == before
    assert {(reading.score, reading.exceeds, reading.strength) for reading in readings} <= {(None, False, None)}


@given(st.lists(KINDS, max_size=25))
def test_only_windows_that_have_left_the_span_outside_of_any_event_teach(kinds: list[str]) -> None:
    course = Course(taught(CALM))
    fed(course, *kinds)
    in_event = set()
    for number in range(len(kinds)):
        span = range(max(0, number - SPAN + 1), number + 1)
        if sum(kinds[at] == "wild" for at in span) >= LEAST_EXCEEDING:
            in_event |= set(span)
    teach = [at for at in range(max(0, len(kinds) - SPAN)) if at not in in_event and kinds[at] in ("calm", "wild")]
    assert course.usual.taught(9) == LEAST_TAUGHT + len(teach)


@given(st.lists(KINDS, max_size=20), st.integers(0, 20))
def test_a_course_that_is_written_down_and_read_goes_on_as_if_nothing_had_been(kinds: list[str], at: int) -> None:
    whole, first = Course(taught(CALM)), Course(taught(CALM))
    expected = fed(whole, *kinds)
    begun = fed(first, *kinds[:at])
    second = Course.from_json(json.loads(json.dumps(first.to_json())))
    assert begun + fed(second, *kinds[at:], since=len(kinds[:at])) == expected
    assert second.to_json() == whole.to_json()


def test_nothing_is_said_of_an_hour_before_ten_minutes_of_motion_in_it_were_seen() -> None:
    course = Course()
    for number in range(LEAST_TAUGHT + SPAN - 1):
        assert course.take(MotionWindow(BEGAN, Condition.SEEN, WILD if number % 2 else CALM)).learning
    assert not course.take(window(0)).learning
    later = MotionWindow(BEGAN + timedelta(hours=1), Condition.SEEN, WILD)
    assert course.take(later).learning  # another hour has its own usual


def test_the_strength_is_that_of_the_three_strongest_windows() -> None:
    course = Course(taught(CALM))
    readings = fed(course, "wild", "wild", "calm", "wild", "wild")
    assert readings[3].strength == readings[4].strength == pytest.approx(readings[0].score)
    assert (readings[4].strength or 0) >= LIMIT


def test_what_lasts_becomes_usual() -> None:
    course = Course(taught(CALM))
    fed(course, *["wild"] * (LONGEST // WINDOW))
    assert course.usual.taught(9) == LEAST_TAUGHT
    fed(course, *["wild"] * (2 * LEAST_TAUGHT), since=LONGEST // WINDOW)
    assert course.usual.taught(9) > 2 * LEAST_TAUGHT
    assert course.began is None  # and so it ends


def test_slow_motion_is_no_event_however_unusual() -> None:
    course = Course(taught(Motion(0.0, 0.0, 0.0, 0.0)))
    slow = Motion(mean=0.02, fast=0.09, change=0.02, disorder=1.0)
    for number in range(SPAN):
        reading = course.take(window(number, slow))
        assert reading.score is not None
        assert reading.score > LIMIT
        assert not reading.exceeds


def test_where_nobody_is_nothing_is_learnt_of_those_who_will_be_there() -> None:
    course = Course()
    for number in range(3 * SPAN):
        course.take(window(number, Motion(0.001, 0.002, 0.0, 0.0)))
    assert course.usual.taught(9) == 0


def test_no_single_figure_makes_a_window_exceed_by_itself() -> None:
    usual = taught(CALM)
    fast = usual.score(9, Motion(CALM.mean, 50.0, CALM.change, CALM.disorder))
    assert fast == pytest.approx(HIGHEST / 4, abs=0.2)
    assert (fast or 0) < LIMIT


def test_a_few_wild_windows_hardly_move_what_is_usual() -> None:
    usual = taught(*[CALM] * 9, WILD)
    assert usual.score(9, CALM) == pytest.approx(0, abs=0.2)
    assert (usual.score(9, WILD) or 0) > LIMIT


def test_the_past_is_bounded_and_fades() -> None:
    usual = taught(CALM)
    for _ in range(2 * MOST_TAUGHT):
        usual.teach(9, WILD)
        assert usual.taught(9) <= MOST_TAUGHT
    assert usual.score(9, WILD) == pytest.approx(0, abs=0.2)


def test_usual_motion_is_read_as_it_was_written() -> None:
    usual = taught(CALM, WILD)
    assert Usual.from_json(json.loads(json.dumps(usual.to_json()))).score(9, WILD) == usual.score(9, WILD)
