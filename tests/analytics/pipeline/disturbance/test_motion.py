"""What is told of pictures that follow each other."""

from datetime import timedelta

import numpy as np
import pytest

from analytics.pipeline.disturbance.motion import LONGEST_PAUSE_S, MOVES, Condition, FlowMeter, Motion, Step
from analytics.pipeline.disturbance.windows import LEAST_STEPS, MOST_MISSING, WINDOW, Windower, window_of
from tests.analytics.pipeline.disturbance.scenes import (
    BEGAN,
    CALM,
    TICK,
    WALL,
    Scene,
    blind,
    empty,
    filmed,
    lit,
    scuffle,
    shaken,
    walking,
    windows_of,
)


def seen(scene: Scene, seconds: float = 4.1) -> list[Motion]:
    return [each.motion for each in windows_of(scene, seconds) if each.motion is not None]


def test_the_noise_of_a_still_picture_is_no_motion() -> None:
    assert all(motion.fast < MOVES / 2 and motion.disorder == 0 for motion in seen(empty))


def test_a_scuffle_moves_more_faster_more_jerkily_and_in_more_directions_than_who_walks() -> None:
    (stroll, *_), (fight, *_) = seen(walking), seen(scuffle)
    assert stroll.mean < fight.mean
    assert stroll.fast < fight.fast
    assert stroll.change < fight.change
    assert stroll.disorder < fight.disorder


def test_the_same_pictures_give_the_same_figures() -> None:
    assert seen(scuffle) == seen(scuffle)


def test_half_as_many_pictures_tell_about_the_same_speed() -> None:
    meter, windower = FlowMeter(), Windower()
    half = [each for number, each in enumerate(filmed(walking, 4.3)) if number % 2 == 0]
    windows = [window for at, image in half for window in windower.take(at, meter.see(at, image))]
    assert windows[1].motion
    assert windows[1].motion.fast == pytest.approx(seen(walking)[1].fast, rel=0.5)


@pytest.mark.parametrize(
    ("scene", "condition"),
    [
        (lambda _number: WALL, Condition.FROZEN),
        (blind, Condition.BLIND),
        (lit, Condition.LIT),
        (shaken, Condition.SHAKEN),
    ],
)
def test_a_picture_that_shows_no_motion_of_persons_is_no_motion(scene: Scene, condition: Condition) -> None:
    windows = windows_of(scene, 6.1)
    assert {window.condition for window in windows} == {condition}
    assert {window.motion for window in windows} == {None}


def test_what_a_picture_shows_after_a_pause_is_not_compared() -> None:
    meter = FlowMeter()
    assert meter.see(BEGAN, empty(0)) is None
    late = meter.see(BEGAN + timedelta(seconds=LONGEST_PAUSE_S + 0.1), empty(1))
    assert late == Step(Condition.GAP)
    assert meter.see(BEGAN, empty(2)) == Step(Condition.GAP)  # and time that runs backwards neither


def test_a_picture_that_comes_twice_is_passed_over_and_the_speed_counted_from_the_last_that_differed() -> None:
    meter = FlowMeter()
    for number in range(3):
        meter.see(BEGAN + number * TICK, walking(number))
    assert meter.see(BEGAN + 3 * TICK, walking(2)) == Step(Condition.FROZEN)
    moved = meter.see(BEGAN + 4 * TICK, walking(4))
    assert moved
    assert moved.motion
    assert 0.05 < moved.motion.fast < 0.4


def test_one_picture_of_the_lamp_does_not_spoil_a_window() -> None:
    told = [Step(Condition.SEEN, CALM)] * 18 + [Step(Condition.LIT), Step(Condition.SEEN)]
    assert window_of(BEGAN, told).motion == CALM


def test_too_few_pictures_tell_nothing() -> None:
    assert window_of(BEGAN, [Step(Condition.SEEN, CALM)] * (LEAST_STEPS - 1)).condition == Condition.GAP
    assert window_of(BEGAN, []).condition == Condition.GAP
    assert window_of(BEGAN, [Step(Condition.SEEN, CALM)] * LEAST_STEPS).motion == CALM


def test_half_a_window_that_stands_still_is_frozen() -> None:
    stuck = [Step(Condition.FROZEN)] * 11 + [Step(Condition.SEEN, CALM)] * 9
    assert window_of(BEGAN, stuck).condition == Condition.FROZEN


def test_windows_without_pictures_are_told_one_by_one_up_to_five() -> None:
    step = Step(Condition.SEEN, CALM)
    windower = Windower()
    assert list(windower.take(BEGAN, None)) == []
    told = list(windower.take(BEGAN + 3 * WINDOW, step))
    assert [(each.start - BEGAN) // WINDOW for each in told] == [0, 1, 2]
    assert {each.condition for each in told} == {Condition.GAP}
    hour = list(windower.take(BEGAN + timedelta(hours=1), step))
    assert len(hour) == MOST_MISSING + 1
    assert len(list(windower.take(BEGAN, step))) == MOST_MISSING + 1  # a clock that was set back
    (first,) = windower.take(BEGAN + WINDOW, step)
    assert first.start == BEGAN


def test_a_still_that_differs_by_a_point_is_not_the_same_picture() -> None:
    meter, other = FlowMeter(), np.array(WALL)
    other[:8, :8] = 255 - other[:8, :8]
    meter.see(BEGAN, WALL)
    assert meter.see(BEGAN + TICK, other) == Step(Condition.SEEN)
