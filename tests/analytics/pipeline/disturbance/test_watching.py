"""A camera that is watched: what is told, and the clip that comes with it."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
import pytest

from analytics.pipeline.disturbance.memory import LONGEST, Memory, pictures_of
from analytics.pipeline.disturbance.watching import STATE_VERSION, Disturbance, DisturbanceWatch
from analytics.pipeline.evidence import draw_evidence
from analytics.pipeline.images import Image
from tests.analytics.pipeline.disturbance.scenes import (
    BEGAN,
    TICK,
    WALL,
    Scene,
    empty,
    filmed,
    lit,
    scuffle,
    shaken,
    walking,
    who_knows_walking,
    with_shape,
)


@pytest.fixture(scope="module")
def state() -> dict[str, object]:
    return {"version": STATE_VERSION, **who_knows_walking().to_json()}


def one_after_another(*parts: tuple[Scene, float]) -> Iterator[tuple[datetime, Image]]:
    began = BEGAN
    for scene, seconds in parts:
        yield from filmed(scene, seconds, began)
        began += timedelta(seconds=seconds)


def found(watch: DisturbanceWatch, *parts: tuple[Scene, float]) -> list[Disturbance]:
    return [told for at, image in one_after_another(*parts) for told in watch.see(at, image)]


def test_a_scuffle_is_told_once_when_it_is_over_with_its_last_twelve_seconds(state: dict[str, object]) -> None:
    watch = DisturbanceWatch(state)
    (told,) = found(watch, (walking, 10), (scuffle, 8), (walking, 16))
    assert told.strength > 3.5
    assert timedelta(seconds=14) < told.at - BEGAN < timedelta(seconds=22)
    assert 115 <= len(told.frames) <= 120
    assert told.frames[-1].at - told.frames[0].at < LONGEST
    assert told.frames[-1].at - told.at <= TICK
    pictures = list(pictures_of(told.frames))
    assert pictures[0].t_s == 0
    assert pictures[-1].image.shape == (180, 320, 3)
    assert "jpeg" not in repr(told)


def test_walking_an_empty_corridor_a_knock_and_a_flickering_lamp_are_nothing(state: dict[str, object]) -> None:
    watch = DisturbanceWatch(state)
    assert found(watch, (walking, 8), (shaken, 12), (empty, 6), (lit, 12), (walking, 8)) == []


def test_a_long_scuffle_is_told_after_half_a_minute_and_then_no_more(state: dict[str, object]) -> None:
    watch = DisturbanceWatch(state)
    (told,) = found(watch, (scuffle, 50))
    assert told.at - BEGAN < timedelta(seconds=40)


def test_a_watch_that_goes_on_with_a_state_does_not_tell_again_what_was_under_way(state: dict[str, object]) -> None:
    first = DisturbanceWatch(state)
    assert len(found(first, (scuffle, 45))) == 1
    kept = json.loads(json.dumps(first.state()))
    second = DisturbanceWatch(kept)
    began = BEGAN + timedelta(seconds=45)
    assert [told for at, image in filmed(scuffle, 6, began) for told in second.see(at, image)] == []
    assert second.state() != kept


@pytest.mark.parametrize(
    "kept", [None, {}, {"version": 0}, {"version": STATE_VERSION}, {"version": STATE_VERSION, "usual": []}]
)
def test_a_state_that_cannot_be_read_is_learnt_anew(kept: dict[str, object] | None) -> None:
    watch = DisturbanceWatch(kept)
    assert watch.state() == DisturbanceWatch().state()


def test_a_new_camera_learns_and_says_nothing() -> None:
    watch = DisturbanceWatch()
    readings = []
    for at, image in filmed(scuffle, 12.1):
        assert watch.see(at, image) == []
        readings += watch.readings
    assert [reading.learning for reading in readings] == [True] * 6


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        DisturbanceWatch().see(BEGAN.replace(tzinfo=None), empty(0))


def test_the_memory_is_bounded_in_seconds_and_bytes_and_forgets_when_time_runs_backwards() -> None:
    memory = Memory()
    for at, image in filmed(empty, 15):
        memory.keep(at, image)
    assert len(memory.frames()) == 120
    size = len(memory.frames()[0].jpeg)
    small = Memory(most_bytes=size * 10 + size // 2)
    for at, image in filmed(empty, 3):
        small.keep(at, image)
    assert 9 <= len(small.frames()) <= 11
    small.keep(BEGAN, empty(0))
    assert [frame.at for frame in small.frames()] == [BEGAN]


def test_in_the_clip_who_moves_is_covered_and_the_wall_is_not() -> None:
    frames = Memory()
    for at, image in filmed(lambda number: with_shape(WALL, 6 * number, 60), 3):
        frames.keep(at, image)
    evidence = draw_evidence(lambda: pictures_of(frames.frames()), lambda _frames, _turn: None)
    assert 0.2 < evidence.covered_share < 0.95
    assert evidence.duration_s == pytest.approx(3)
    assert len(evidence.covered) > 100
    assert evidence.covered != evidence.sharp


def test_large_pictures_are_kept_small() -> None:
    memory = Memory()
    memory.keep(BEGAN, np.zeros((1080, 1920, 3), np.uint8))
    (picture,) = pictures_of(memory.frames())
    assert picture.image.shape == (360, 640, 3)
