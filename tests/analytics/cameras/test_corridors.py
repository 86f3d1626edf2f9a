"""Before a corridor camera unusual motion becomes a clip in the queue, while the school has that switched on."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from analytics.enums import Feature, Mode
from analytics.models import CameraMotion
from analytics.pipeline.disturbance.corridor import drawn_frames
from analytics.pipeline.disturbance.watching import Disturbance, DisturbanceWatch
from analytics.pipeline.video import SampledFrame
from analytics.services.cameras import corridors
from analytics.services.cameras.corridors import CorridorMotion
from analytics.services.cameras.live_runs import LiveLessons
from analytics.services.cameras.watching import work_of
from analytics.services.switching import set_mode
from caseflow.directory.enums import CameraPurpose
from caseflow.directory.models import Camera
from tests.analytics.factories import GROUNDS
from tests.directory.factories import CameraFactory, UserFactory

pytestmark = pytest.mark.django_db
PICTURE = SampledFrame(0.0, np.zeros((90, 160, 3), np.uint8))


@pytest.fixture
def camera() -> Camera:
    return CameraFactory.create(purpose=CameraPurpose.CORRIDOR)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(corridors, "monotonic", lambda: now[0])
    monkeypatch.setattr(connection, "close", lambda: None)
    return now


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Disturbance]:
    """What was handed on, each picture being an event."""
    found = list[Disturbance]()
    event = Disturbance(timezone.localtime(), 5.0, drawn_frames(timezone.localtime(), 1.0, scuffle=True))
    monkeypatch.setattr(DisturbanceWatch, "see", lambda _self, _at, _image: [event])
    monkeypatch.setattr(corridors, "take_event", lambda _camera, event: found.append(event))
    return found


def turned(camera: Camera, mode: Mode) -> None:
    set_mode(UserFactory.create(), camera.room.school, mode, GROUNDS, feature=Feature.DISTURBANCE)


def after(clock: list[float], motion: CorridorMotion, seconds: float = corridors.LOOK_UP_EVERY_S) -> None:
    clock[0] += seconds
    motion.tend(timezone.now())


def test_a_camera_works_by_what_it_looks_at(camera: Camera) -> None:
    assert isinstance(work_of(camera), CorridorMotion)
    assert work_of(camera).interval_s == 0.1
    assert isinstance(work_of(CameraFactory.create()), LiveLessons)


def test_nothing_is_looked_at_while_it_is_switched_off(
    camera: Camera, clock: list[float], taken: list[Disturbance]
) -> None:
    motion = CorridorMotion(camera)
    motion.tend(timezone.now())
    motion.see(PICTURE)
    motion.end()
    assert taken == []
    assert not CameraMotion.objects.exists()


def test_events_are_taken_until_the_switch_is_turned(
    camera: Camera, clock: list[float], taken: list[Disturbance]
) -> None:
    turned(camera, Mode.ACTIVE)
    motion = CorridorMotion(camera)
    motion.tend(timezone.now())
    motion.see(PICTURE)
    after(clock, motion, 1.0)  # not yet
    turned(camera, Mode.OFF)
    after(clock, motion)
    motion.see(PICTURE)
    turned(camera, Mode.ACTIVE)
    after(clock, motion)
    motion.see(PICTURE)
    motion.end()
    assert 1 <= len(taken) <= 2, "one of them may have gone with the switch"
    assert CameraMotion.objects.get().camera == camera


def test_what_is_usual_is_kept_each_minute_and_known_again(camera: Camera, clock: list[float]) -> None:
    turned(camera, Mode.ACTIVE)
    motion = CorridorMotion(camera)
    motion.tend(timezone.now())
    CameraMotion.objects.update(updated_at=timezone.now() - timedelta(days=1))
    after(clock, motion, 10.0)
    assert CameraMotion.objects.get().updated_at < timezone.now() - timedelta(hours=1)
    after(clock, motion, 60.0)
    assert CameraMotion.objects.get().updated_at > timezone.now() - timedelta(hours=1)
    motion.end()


def test_a_database_that_is_away_costs_the_clip_and_not_the_watch(
    camera: Camera, clock: list[float], taken: list[Disturbance], monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = list[int]()

    def take(_camera: int, event: Disturbance) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError
        taken.append(event)

    monkeypatch.setattr(corridors, "take_event", take)
    turned(camera, Mode.ACTIVE)
    motion = CorridorMotion(camera)
    motion.tend(timezone.now())
    motion.see(PICTURE)
    motion.see(PICTURE)
    motion.end()
    assert (len(tries), len(taken)) == (2, 1)


def test_clips_that_cannot_be_drawn_in_time_are_no_heap(
    camera: Camera, clock: list[float], taken: list[Disturbance], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing: Callable[[CorridorMotion], None] = lambda _self: None  # noqa: E731
    monkeypatch.setattr(CorridorMotion, "_draw", drawing)
    turned(camera, Mode.ACTIVE)
    motion = CorridorMotion(camera)
    motion.tend(timezone.now())
    for _ in range(10):
        motion.see(PICTURE)
    assert motion._events.qsize() == corridors.MOST_WAITING
    turned(camera, Mode.OFF)
    after(clock, motion)
    assert motion._events.empty()
