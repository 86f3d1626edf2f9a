"""Pictures that are no observation: those that stand still, and those of a camera that moved."""

from collections.abc import Iterable

import pytest

from analytics.pipeline.engine import Gate, Hooks, RunResult, analyse
from analytics.pipeline.errors import CameraMoved
from analytics.pipeline.images import Image
from analytics.pipeline.quality import Rejection
from analytics.pipeline.view import EVERY_S, MOVED_AFTER, ViewCheck
from analytics.pipeline.windows import Window
from tests.analytics.pipeline.drawn_rooms import HEIGHT_PX, PLACES, Shot, lesson, plan, room
from tests.analytics.pipeline.sources import ArraySource, frontal_face, scripted_pack, textured

FACE_PX = PLACES[0].face_height_share * HEIGHT_PX
FACE = frontal_face(45, 30, FACE_PX)
LOOKS_S = round(MOVED_AFTER * EVERY_S)
SEATS = plan().seat_ids


def everybody(_seat_id: str, _t_s: float) -> bool:
    return True


def shots(count: int, **how: float) -> list[Image]:
    return [lesson(1, Shot(seed=number, **how)) for number in range(count)]  # type: ignore[arg-type]


class Run:
    """A run over these pictures, one a second, with everything it tells."""

    def __init__(self, pictures: Iterable[Image], *, view: ViewCheck | None = None, gate: Gate = everybody) -> None:
        self.windows: list[Window] = []
        self.delivered_at: list[float] = []
        self.pack, self.detector, _ = scripted_pack(FACE)
        self._now = 0.0
        self._source, self._view, self._gate = ArraySource(list(pictures)), view, gate

    def look(self) -> RunResult:
        hooks = Hooks(on_window=self._take, on_progress=lambda progress: setattr(self, "_now", progress.t_s))
        return analyse(self._source, plan(), self.pack, self._gate, hooks=hooks, view=self._view)

    def _take(self, window: Window) -> None:
        self.windows.append(window)
        self.delivered_at.append(self._now)


def test_a_picture_that_stands_still_is_no_observation() -> None:
    moving, still = shots(10), lesson(1, Shot(seed=99))
    run = Run([*moving, *[still] * 10, *moving])
    result = run.look()
    assert {seat.rejected[Rejection.FROZEN] for seat in result.seats} == {9}
    assert len(run.detector.seen) == 21 * len(SEATS), "a repeated picture is not looked at"


def test_a_picture_that_stood_still_is_never_a_window() -> None:
    run = Run([textured(640, 360)] * 30)
    result = run.look()
    assert (run.windows, [seat.windows for seat in result.seats]) == ([], [()] * len(SEATS))
    assert [seat.rejected[Rejection.FROZEN] for seat in result.seats] == [29] * len(SEATS)
    assert [seat.coverage_share for seat in result.seats] == [0.0] * len(SEATS)


@pytest.fixture
def usable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scripted face counts wherever it is said to be, so that every new picture gives an observation."""
    monkeypatch.setattr("analytics.pipeline.observing.choose_face", lambda faces, _seat, _thresholds: faces[0])


@pytest.mark.usefixtures("usable")
class TestMovedCamera:
    def test_windows_leave_once_a_later_picture_shows_the_plans_view(self) -> None:
        run = Run(shots(30), view=ViewCheck(room(1), plan()))
        run.look()
        assert [window.index for window in run.windows] == [0] * 4 + [1] * 4 + [2] * 4
        assert all(at >= window.end_s - 1 for window, at in zip(run.windows, run.delivered_at, strict=True))

    def test_a_camera_that_stands_elsewhere_from_the_start_delivers_nothing(self) -> None:
        run = Run(shots(LOOKS_S + 30, right=0.05), view=ViewCheck(room(1), plan()))
        with pytest.raises(CameraMoved, match="at 55 s"):
            run.look()
        assert run.windows == []
        assert run._source.frames_read == LOOKS_S - round(EVERY_S) + 1

    def test_a_camera_nudged_midway_ends_the_run_and_delivers_nothing_from_then_on(self) -> None:
        run = Run([*shots(27), *shots(LOOKS_S + 10, turned_deg=5.0)], view=ViewCheck(room(1), plan()))
        with pytest.raises(CameraMoved, match="last seen as drawn at 25 s"):
            run.look()
        assert {window.index for window in run.windows} == {0, 1}

    def test_a_nudge_in_the_last_minute_leaves_the_windows_since_out(self) -> None:
        run = Run([*shots(27), *shots(20, right=0.05)], view=ViewCheck(room(1), plan()))
        result = run.look()
        assert {window.index for window in run.windows} == {0, 1}
        assert [[window.index for window in seat.windows] for seat in result.seats] == [[0, 1]] * len(SEATS)

    def test_where_it_cannot_be_told_the_run_goes_on(self) -> None:
        dark = ViewCheck(room(1) // 50, plan())
        run = Run(shots(30), view=dark)
        result = run.look()
        assert len(run.windows) == 12
        assert run.delivered_at == [29.0] * 12, "held back until the end, when nothing spoke against them"
        assert [len(seat.windows) for seat in result.seats] == [3] * len(SEATS)

    def test_windows_that_wait_go_with_a_closing_gate(self) -> None:
        dark = ViewCheck(room(1) // 50, plan())
        run = Run(shots(30), view=dark, gate=lambda seat_id, t_s: seat_id != "1" or t_s < 25)
        run.look()
        assert {window.seat_id for window in run.windows} == {"2", "3", "4"}

    def test_a_repeated_run_delivers_the_same(self) -> None:
        first, again = (Run(shots(30), view=ViewCheck(room(1), plan())) for _ in range(2))
        first.look()
        again.look()
        assert first.windows == again.windows

    def test_a_frozen_picture_says_nothing_of_the_view(self) -> None:
        """Somebody stood before the lens when it froze: that is one picture, not twelve."""
        hidden = lesson(1, Shot(covered=1.0, covered_from=0.0))
        run = Run([*shots(10), *[hidden] * LOOKS_S, *shots(10)], view=ViewCheck(room(1), plan()))
        result = run.look()
        assert {seat.rejected[Rejection.FROZEN] for seat in result.seats} == {LOOKS_S - 1}
