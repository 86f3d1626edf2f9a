"""A camera is watched for days: what is lost is called again, and its health is what happened."""

from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.pipeline.cameras import keeping
from analytics.pipeline.cameras.keeping import FROZEN_S, STALLED_S, Condition, Watch, keep_watching
from analytics.pipeline.cameras.live import LiveCamera, watch
from analytics.pipeline.cameras.places import parse_camera_url
from analytics.pipeline.errors import CameraUnreachable
from analytics.pipeline.video import SampledFrame
from tests.analytics.pipeline.cameras.conftest import camera
from tests.analytics.pipeline.sources import textured, write_video

HERE = "127.0.0.1"
STEPS = st.lists(
    st.tuples(st.sampled_from([0.5, 1.0, STALLED_S + 1, FROZEN_S, 3000.0]), st.sampled_from(["new", "same", "lost"])),
    max_size=25,
)


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def shown(number: int) -> SampledFrame:
    return SampledFrame(0.0, np.full((32, 32, 3), number % 250, np.uint8))


@given(STEPS)
def test_its_health_is_what_happened(steps: list[tuple[float, str]]) -> None:
    clock = Clock()
    kept, changed, picture, lost = Watch(clock), 0.0, 0, False
    seen, reconnects, stalls = list[float](), list[float](), list[float]()
    for after_s, what in steps:
        clock.at += after_s
        if what == "lost":
            lost = True
            kept.lose("camera_gone")
        else:
            if seen and clock.at - seen[-1] > STALLED_S:
                stalls.append(clock.at)
            if seen and lost:
                reconnects.append(clock.at)
            if what == "new" or not seen:
                picture, changed = picture + 1, clock.at
            seen.append(clock.at)
            lost = False
            kept.see(shown(picture), len(seen))
        health = kept.health()
        assert health.stalls == len([at for at in stalls if at >= clock.at - 3600])
        assert health.reconnects == len([at for at in reconnects if at >= clock.at - 3600])
        assert (health.trouble != "") == lost
        if not seen:
            expected = Condition.CALLING
        elif lost:
            expected = Condition.BLIND
        else:
            expected = Condition.FROZEN if clock.at - changed >= FROZEN_S else Condition.SEEING
        assert health.condition == expected
        assert health.since_s >= 0


def test_silence_is_blindness_without_a_word_from_anybody() -> None:
    clock = Clock()
    kept = Watch(clock)
    assert kept.health().condition == Condition.CALLING
    for number in range(20):
        kept.see(shown(number), 25 * number)
        clock.at += 1
    assert (kept.health().condition, kept.health().pictures_a_second) == (Condition.SEEING, 25.0)
    clock.at += STALLED_S
    health = kept.health()
    assert (health.condition, health.since_s) == (Condition.BLIND, STALLED_S + 1)
    kept.see(shown(1), 600)
    assert (kept.health().condition, kept.health().since_s) == (Condition.SEEING, 0)


def test_a_picture_of_another_size_is_another() -> None:
    clock = Clock()
    kept = Watch(clock)
    kept.see(shown(1), 1)
    clock.at += FROZEN_S
    assert kept.health().condition == Condition.BLIND
    kept.see(SampledFrame(0.0, np.full((64, 64, 3), 1, np.uint8)), 2)
    assert kept.health().condition == Condition.SEEING
    assert kept.health().pictures_a_second > 0


def within(seconds: float, is_so: object) -> float:
    """How long it took; fails when it took longer."""
    began = monotonic()
    while not is_so():  # type: ignore[operator]
        assert monotonic() - began < seconds
        sleep(0.02)
    return monotonic() - began


def test_unplugged_and_plugged_in_again_is_known_within_five_seconds(film: Path) -> None:
    kept, stop = Watch(), Event()
    frames: list[SampledFrame] = []
    with camera(film) as place:
        port = place.port

        def call() -> AbstractContextManager[LiveCamera]:
            return watch(parse_camera_url(f"rtsp://{HERE}:{port}/live"), HERE)

        thread = Thread(target=keep_watching, args=(call, kept, frames.append, stop))
        thread.start()
        within(10, lambda: kept.health().condition == Condition.SEEING)
    within(5, lambda: kept.health().condition == Condition.BLIND)
    assert kept.health().trouble in ("camera_gone", "camera_unreachable")
    with camera(film, port=port):
        within(5, lambda: kept.health().condition == Condition.SEEING)
        assert kept.health().reconnects == 1
        stop.set()
        thread.join(5)
    assert not thread.is_alive()
    assert len(frames) >= 2


def test_it_ends_when_it_is_told_to_though_nobody_answers() -> None:
    kept, stop = Watch(), Event()

    def call() -> AbstractContextManager[LiveCamera]:
        stop.set()
        raise CameraUnreachable

    keep_watching(call, kept, lambda _frame: None, stop)
    assert (kept.health().condition, kept.health().trouble) == (Condition.CALLING, "camera_unreachable")


def test_a_frozen_picture_is_told_from_a_moving_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "FROZEN_S", 2.0)
    kept, stop = Watch(), Event()
    film = write_video(tmp_path / "film.mp4", [textured(320, 180, 1)] * 5, fps=5, gop=1)
    with camera(film) as place:
        thread = Thread(target=keep_watching, args=(lambda: watch(place, HERE), kept, lambda _frame: None, stop))
        thread.start()
        within(10, lambda: kept.health().condition == Condition.FROZEN)
        stop.set()
        thread.join(5)
    assert not thread.is_alive()
