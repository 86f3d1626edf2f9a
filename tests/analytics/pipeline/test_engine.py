"""One run: what the models are given, what comes out, and what a closing gate takes back."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analytics.pipeline.clips import Person, render_clip, seat_plan
from analytics.pipeline.decoding import open_video
from analytics.pipeline.engine import Gate, Hooks, Progress, RunResult, analyse
from analytics.pipeline.errors import DecoderCrashed, PlanDoesNotFit, RunCancelled
from analytics.pipeline.geometry import Seat, SeatPlan
from analytics.pipeline.images import Image
from analytics.pipeline.masks import build_masks
from analytics.pipeline.packs import Face, ModelPack
from analytics.pipeline.quality import Rejection
from analytics.pipeline.video import DecodeOutcome
from analytics.pipeline.windows import Window
from tests.analytics.pipeline.conftest import LESSON
from tests.analytics.pipeline.sources import ArraySource, box, frontal_face, scripted_pack, textured

LESSON_PLAN = seat_plan(LESSON)
PLAN = SeatPlan(
    tuple(Seat(name, box(left, 0.0, left + 0.3, 1.0), 0.4) for name, left in (("a", 0.0), ("b", 0.35), ("c", 0.7))), 2.0
)
FACE_PX = 80.0
WIDTH_PX, HEIGHT_PX = 400, 200
FACE = frontal_face(15, 50, FACE_PX)
FORBIDDEN = 255


def open_for(*seat_ids: str) -> Gate:
    return lambda seat_id, _t_s: seat_id in seat_ids


def lesson_frames(seconds: int = 20) -> list[Image]:
    return [textured(WIDTH_PX, HEIGHT_PX, seed) for seed in range(seconds)]


class RecordingDetector:
    """The real detector, remembering every array it was given."""

    def __init__(self, pack: ModelPack) -> None:
        self.seen: list[Image] = []
        self._detector = pack.detector

    def detect(self, image: Image, min_score: float) -> list[Face]:
        self.seen.append(image.copy())
        return self._detector.detect(image, min_score)


def run_clip(
    path: Path, pack: ModelPack, gate: Gate, plan: SeatPlan = LESSON_PLAN, hooks: Hooks | None = None
) -> RunResult:
    with open_video(path) as video:
        return analyse(video, plan, pack, gate, hooks=hooks or Hooks())


def test_a_second_model_sees_the_same_faces_and_changes_nothing_of_the_first_ones_shares() -> None:
    frames = lesson_frames()
    pack, _, expression = scripted_pack(FACE)
    alone = analyse(ArraySource(frames), PLAN, pack, open_for("a"))
    second, _, other = scripted_pack(FACE)
    both = analyse(ArraySource(frames), PLAN, replace(pack, second=second.expression), open_for("a"))
    assert len(other.seen) == len(expression.seen) - 20 == 20
    (before,), (after,) = alone.seats, both.seats
    assert [window.disagreement for window in before.windows] == [None] * 2
    assert [window.disagreement for window in after.windows] == pytest.approx([0.0] * 2)
    assert tuple(replace(window, disagreement=None) for window in after.windows) == before.windows


def test_no_value_of_a_closed_seat_reaches_a_model() -> None:
    frames = lesson_frames()
    closed = build_masks(PLAN, {"a", "c"}, WIDTH_PX, HEIGHT_PX).frame == 0
    for frame in frames:
        frame[closed] = FORBIDDEN
    pack, detector, expression = scripted_pack(FACE)
    result = analyse(ArraySource(frames), PLAN, pack, open_for("a", "c"))
    assert len(detector.seen) == 40
    assert len(expression.seen) == 40
    assert not any((array == FORBIDDEN).any() for array in [*detector.seen, *expression.seen])
    assert [seat.seat_id for seat in result.seats] == ["a", "c"]
    assert result.masked_seats == 1


def test_an_open_seat_is_given_pixel_by_pixel() -> None:
    frames = lesson_frames(1)
    pack, detector, _ = scripted_pack()
    analyse(ArraySource(frames), PLAN, pack, open_for("b"))
    seat = build_masks(PLAN, {"b"}, WIDTH_PX, HEIGHT_PX).seats["b"]
    height_px, width_px = seat.visible.shape
    expected = frames[0][seat.top_px : seat.top_px + height_px, seat.left_px : seat.left_px + width_px]
    assert np.array_equal(detector.seen[0], np.where(seat.visible[..., np.newaxis] > 0, expected, 0))


def test_real_faces_at_open_seats_are_found_and_the_closed_one_is_not_seen(lesson_path: Path, pack: ModelPack) -> None:
    detector = RecordingDetector(pack)
    windows: list[Window] = []
    result = run_clip(
        lesson_path, replace(pack, detector=detector), open_for("1", "3"), hooks=Hooks(on_window=windows.append)
    )
    assert {seat.seat_id: seat.frames_used for seat in result.seats} == {"1": 12, "3": 12}
    assert [(window.seat_id, window.index, window.n_observations) for window in windows] == [("1", 0, 10), ("3", 0, 10)]
    assert all(window.p_pos > 0.9 and window.p_neg < 0.05 for window in windows)
    assert len(detector.seen) == 24, "two seats, twelve frames: the closed seat was never asked about"
    assert (result.masked_seats, result.frames_sampled, result.partial) == (1, 12, False)
    assert (result.keyframes_only, result.decoded_s, result.duration_s) == (True, 12.0, 12.0)
    assert (result.pack.name, result.sandbox_degradation, result.damaged_packets) == ("tirek-builtin", "", 0)


def test_a_closed_seat_painted_magenta_leaves_no_magenta_in_a_rendered_video(tmp_path: Path, pack: ModelPack) -> None:
    """Through a real codec, which smears colour over edges: the widened seat swallows the smear."""
    path = tmp_path / "painted.mp4"
    visible = build_masks(LESSON_PLAN, {"1", "3"}, LESSON.width_px, LESSON.height_px).frame
    render_clip(path, replace(LESSON, duration_s=3))
    detector = RecordingDetector(pack)
    with open_video(path) as video:
        frames = [frame.image.copy() for frame in video.frames()]
    for frame in frames:
        frame[visible == 0] = (255, 0, 255)
    outcome = DecodeOutcome(3.0, 3, 0, keyframes_only=True, degradation="")
    analyse(ArraySource(frames, outcome), LESSON_PLAN, replace(pack, detector=detector), open_for("1", "3"))
    assert len(detector.seen) == 6
    assert not any((array == (255, 0, 255)).all(axis=2).any() for array in detector.seen)


def leaning(face_height_share: float) -> Person:
    """Somebody beside the first seat, leaning into it."""
    return Person(LESSON.places[0].centre_x + 0.11, 0.36, face_height_share)


@pytest.mark.parametrize("face_height_share", [0.14, 0.18])
def test_a_second_face_leaning_in_is_not_used(tmp_path: Path, pack: ModelPack, face_height_share: float) -> None:
    path = tmp_path / "leaning.mp4"
    render_clip(path, replace(LESSON, duration_s=6, people=(LESSON.people[0], leaning(face_height_share))))
    plan = SeatPlan((replace(LESSON_PLAN.seats[0], outline=box(0.02, 0.02, 0.36, 0.6)),), LESSON_PLAN.aspect_ratio)
    (seat,) = run_clip(path, pack, open_for("1"), plan).seats
    assert seat.rejected == {Rejection.MORE_THAN_ONE_FACE: 6}
    assert (seat.frames_used, seat.windows) == (0, ())


@pytest.mark.parametrize("scale", [0.6, 1.6])
def test_a_face_of_the_wrong_size_is_not_used(lesson_path: Path, pack: ModelPack, scale: float) -> None:
    first = LESSON_PLAN.seats[0]
    plan = replace(LESSON_PLAN, seats=(replace(first, face_height_share=first.face_height_share * scale),))
    (seat,) = run_clip(lesson_path, pack, open_for("1"), plan).seats
    assert seat.rejected == {Rejection.WRONG_SIZE: 12}
    assert (seat.frames_used, seat.windows) == (0, ())


def test_a_face_cut_by_the_seats_edge_is_not_used(lesson_path: Path, pack: ModelPack) -> None:
    x = LESSON.places[0].centre_x
    plan = replace(LESSON_PLAN, seats=(replace(LESSON_PLAN.seats[0], outline=box(x - 0.04, 0.02, x + 0.15, 0.6)),))
    (seat,) = run_clip(lesson_path, pack, open_for("1"), plan).seats
    assert (seat.frames_used, seat.windows) == (0, ())


def test_a_blurred_face_is_not_used(tmp_path: Path, pack: ModelPack) -> None:
    path = tmp_path / "blurred.mp4"
    render_clip(path, replace(LESSON, duration_s=2, people=(replace(LESSON.people[0], blur_share=0.03),)))
    (seat,) = run_clip(path, pack, open_for("1")).seats
    assert seat.frames_used == 0
    assert seat.rejected[Rejection.BLURRED] >= 1


def test_a_gate_closing_midway_purges_the_seat_and_masks_it_from_that_frame_on() -> None:
    pack, detector, _ = scripted_pack(FACE)
    windows: list[Window] = []
    purged: list[str] = []
    result = analyse(
        ArraySource(lesson_frames(30)),
        PLAN,
        pack,
        lambda seat_id, t_s: seat_id == "a" or (seat_id == "b" and not 15 <= t_s < 17),
        hooks=Hooks(on_window=windows.append, on_purge=purged.append),
    )
    assert [(window.seat_id, window.index) for window in windows] == [("a", 0), ("b", 0), ("a", 1), ("a", 2)]
    assert sorted(purged) == ["b", "c"]
    assert [seat.seat_id for seat in result.seats] == ["a"]
    assert result.masked_seats == 2
    assert len(detector.seen) == 30 + 15, "not asked about again, even when the gate would open"


def test_the_last_window_does_not_leave_after_the_gate_closed() -> None:
    pack, _, _ = scripted_pack(FACE)
    windows: list[Window] = []
    purged: list[str] = []
    frames = lesson_frames(10)
    result = analyse(
        ArraySource(frames), PLAN, pack, lambda seat_id, t_s: seat_id == "a" and t_s < len(frames),
        hooks=Hooks(on_window=windows.append, on_purge=purged.append),
    )  # fmt: skip
    assert (windows, result.seats, result.masked_seats) == ([], (), 3)
    assert purged == ["b", "c", "a"]


def test_a_repeated_run_delivers_the_same_windows() -> None:
    def deliver() -> list[Window]:
        windows: list[Window] = []
        pack, _, _ = scripted_pack(FACE)
        analyse(ArraySource(lesson_frames(25)), PLAN, pack, open_for("a", "b"), hooks=Hooks(on_window=windows.append))
        return windows

    first = deliver()
    assert first == deliver()
    assert len({(window.seat_id, window.index) for window in first}) == len(first) == 6


def test_windows_hold_pooled_shares_and_quality() -> None:
    pack, _, _ = scripted_pack(FACE)
    (seat,) = analyse(ArraySource(lesson_frames(10)), PLAN, pack, open_for("a")).seats
    (window,) = seat.windows
    assert (window.start_s, window.n_observations, seat.coverage_share) == (0.0, 10, 1.0)
    assert (window.p_neg, window.p_pos) == pytest.approx((0.2, 0.7))
    assert (window.mean_quality, window.mean_face_height_px) == pytest.approx((0.95, FACE_PX))


def test_cancelling_ends_the_run_at_the_next_frame() -> None:
    pack, detector, _ = scripted_pack(FACE)
    source = ArraySource(lesson_frames())
    with pytest.raises(RunCancelled):
        analyse(source, PLAN, pack, open_for("a"), hooks=Hooks(cancelled=lambda: source.frames_read > 3))
    assert len(detector.seen) == 3


def test_progress_tells_where_the_run_is() -> None:
    steps: list[Progress] = []
    pack, _, _ = scripted_pack()
    analyse(ArraySource(lesson_frames(3)), PLAN, pack, open_for("a"), hooks=Hooks(on_progress=steps.append))
    assert steps == [Progress(float(second), 3.0, second + 1, 1, 2) for second in range(3)]


def test_a_video_of_another_shape_is_refused_before_its_first_frame() -> None:
    pack, _, _ = scripted_pack()
    source = ArraySource([textured(300, 200)])
    with pytest.raises(PlanDoesNotFit, match=r"300x200 against 2.000"):
        analyse(source, PLAN, pack, open_for("a"))
    assert source.frames_read == 0


def test_a_picture_that_changes_its_shape_is_refused() -> None:
    pack, detector, _ = scripted_pack()
    with pytest.raises(PlanDoesNotFit):
        analyse(ArraySource([*lesson_frames(2), textured(300, 200)]), PLAN, pack, open_for("a"))
    assert len(detector.seen) == 2


def test_a_seat_covered_by_closed_neighbours_is_not_looked_into() -> None:
    plan = SeatPlan((Seat("a", box(0.4, 0.4, 0.5, 0.5), 0.4), Seat("b", box(0.1, 0.1, 0.9, 0.9), 0.4)), 2.0)
    pack, detector, _ = scripted_pack(FACE)
    (seat,) = analyse(ArraySource(lesson_frames(2)), plan, pack, open_for("a")).seats
    assert seat.rejected == {Rejection.COVERED: 2}
    assert detector.seen == []


def test_a_partial_video_gives_a_partial_result() -> None:
    pack, _, _ = scripted_pack()
    outcome = DecodeOutcome(12.5, 62, 3, keyframes_only=False, degradation="no seccomp table for riscv64")
    result = analyse(ArraySource(lesson_frames(20), outcome), PLAN, pack, open_for("a"))
    assert (result.partial, result.decoded_s, result.duration_s, result.damaged_packets) == (True, 12.5, 20.0, 3)
    assert result.sandbox_degradation == "no seccomp table for riscv64"


def test_a_crash_of_the_decoder_ends_the_run(lesson_path: Path) -> None:
    pack, detector, _ = scripted_pack()
    with open_video(lesson_path, interval_s=0.25) as video:
        hooks = Hooks(on_progress=lambda _progress: video._process.kill())
        with pytest.raises(DecoderCrashed):
            analyse(video, LESSON_PLAN, pack, open_for("1"), hooks=hooks)
    assert detector.seen
