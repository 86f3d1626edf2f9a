"""A lesson before a camera: analysed as it happens, thinned by whole windows where that is too slow."""

from itertools import pairwise
from threading import Thread

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.pipeline.cameras import lesson
from analytics.pipeline.cameras.lesson import LessonFrames
from analytics.pipeline.cameras.thinning import MOST_WAITING, Thinning
from analytics.pipeline.errors import RunCancelled
from analytics.pipeline.windows import WINDOW_S

PICTURE = np.zeros((90, 160, 3), np.uint8)


class Clock:
    def __init__(self) -> None:
        self.at = 500.0

    def __call__(self) -> float:
        return self.at


def thinned(pace: float, length_s: int) -> list[int]:
    """The windows that an analysis of `pace` frames a second takes of a camera that sends one."""
    thinning, waiting, taken = Thinning(), 0.0, list[int]()
    for second in range(length_s):
        if thinning.takes(float(second), round(waiting)):
            waiting += 1
            taken.append(int(second // WINDOW_S))
        waiting = max(0.0, waiting - pace)
    assert thinning.taken + thinning.left == length_s // WINDOW_S
    assert thinning.taken == len(set(taken))
    assert all(taken.count(window) == WINDOW_S for window in taken), "half a window"
    return sorted(set(taken))


@settings(deadline=None, max_examples=60)
@given(st.floats(0.05, 3.0))
def test_whole_windows_are_left_out_evenly(pace: float) -> None:
    taken = thinned(pace, 4000)
    gaps = {after - before for before, after in pairwise(taken[1:])}  # nothing waited before the first
    if pace >= 1:
        assert len(taken) == 400
    assert max(gaps) - min(gaps) <= 1
    # Of what the analysis can do nothing is wasted but a part of the last window it waited for.
    assert len(taken) >= min(400, 400 * pace / (1 + pace * MOST_WAITING / WINDOW_S + pace)) - 1


def test_a_lesson_is_read_until_it_is_over() -> None:
    clock = Clock()
    frames = LessonFrames(PICTURE, 100.0, clock)
    assert (frames.info.width_px, frames.info.height_px, frames.info.duration_s) == (160, 90, 100.0)
    for _ in range(3):
        frames.offer(PICTURE)
        clock.at += 1
    clock.at += 97.5
    frames.offer(PICTURE)  # over
    frames.end()
    assert [frame.t_s for frame in frames.frames()] == [0.0, 1.0, 2.0]
    assert frames.outcome.decoded_s == 3.0
    assert frames.outcome.is_partial(frames.info)


def test_it_ends_by_itself_when_nothing_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lesson, "LOOK_UP_S", 0.01)
    clock, asked = Clock(), list[float]()

    def idle(t_s: float) -> None:
        asked.append(t_s)
        clock.at += 4

    frames = LessonFrames(PICTURE, 10.0, clock)
    frames.when_idle = idle
    assert list(frames.frames()) == []
    assert asked == [0.0, 4.0, 8.0]


def test_who_is_asked_meanwhile_may_stop_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lesson, "LOOK_UP_S", 0.01)

    def stop(_t_s: float) -> None:
        raise RunCancelled

    frames = LessonFrames(PICTURE, 10.0)
    frames.when_idle = stop
    with pytest.raises(RunCancelled):
        next(frames.frames())


def test_frames_pass_from_thread_to_thread() -> None:
    frames = LessonFrames(PICTURE, 60.0)
    found = list[float]()
    reader = Thread(target=lambda: found.extend(frame.t_s for frame in frames.frames()))
    reader.start()
    for _ in range(5):
        frames.offer(PICTURE)
    frames.end()
    reader.join(10)
    assert len(found) == 5
    assert frames.thinning.taken == 1
