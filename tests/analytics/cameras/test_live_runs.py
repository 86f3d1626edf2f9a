"""A lesson is analysed while it is held: windows of open seats are kept, nothing else; what breaks off counts as far
as it went."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from analytics.enums import Mode, Presence, RunState
from analytics.models import AnalysisRun, DayValue, RunSeat, Window
from analytics.pipeline.cameras import lesson as pipeline_lesson
from analytics.pipeline.cameras import thinning
from analytics.pipeline.cameras.lesson import LessonFrames
from analytics.pipeline.video import SampledFrame
from analytics.selectors.due_lessons import lesson_now
from analytics.services import analysing, gating, heartbeat
from analytics.services.cameras import live_runs
from analytics.services.cameras.live_runs import LiveLessons, begin_live
from analytics.services.cameras.recovering import end_lost_live
from analytics.services.leases import Holding
from analytics.services.sweeping import sweep
from analytics.services.switching import set_mode
from tests.analytics.cameras.factories import before, held, noon_of, picture
from tests.analytics.conftest import Commits
from tests.analytics.factories import Lesson, confirm, withdraw
from tests.directory.factories import UserFactory

pytestmark = pytest.mark.django_db


class Clock:
    at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commits) -> Iterator[None]:
    """In this thread alone, asked anew at each frame: the test's transaction is seen by no other."""
    monkeypatch.setattr(heartbeat.Heartbeat, "__enter__", lambda self: self)
    monkeypatch.setattr(heartbeat.Heartbeat, "__exit__", lambda self, *error: None)
    monkeypatch.setattr(gating, "READ_ANEW_AFTER_S", 0.0)
    monkeypatch.setattr(pipeline_lesson, "LOOK_UP_S", 0.01)
    monkeypatch.setattr(thinning, "MOST_WAITING", 1000)
    monkeypatch.setattr(connection, "close", lambda: None)
    with django_capture_on_commit_callbacks(execute=True):
        yield


def begun(where: Lesson, **minutes: float) -> tuple[AnalysisRun, Holding]:
    """A run of the last `minutes` of the lesson."""
    now = before(where, **minutes)
    due = lesson_now(where.plan.camera, now)
    assert due is not None
    holding = begin_live(due, now)
    assert holding is not None
    return AnalysisRun.objects.get(pk=holding.run_id), holding


def offered(clock: Clock, seconds: int, length_s: float = 60.0) -> LessonFrames:
    """What a camera shows in so many seconds of a minute."""
    frames = LessonFrames(picture(0), length_s, clock)
    for second in range(seconds):
        frames.offer(picture(float(second)))
        clock.at += 1
    frames.end()
    return frames


def test_a_lesson_is_analysed_as_it_happens(clock: Clock) -> None:
    where = held(consented=2)
    run, holding = begun(where, minutes=1)
    assert (run.state, run.live, run.requested_by, run.upload, run.declared_s) == (
        RunState.RUNNING,
        True,
        None,
        None,
        60,
    )
    live_runs._analyse(holding, offered(clock, 60))
    run.refresh_from_db()
    assert (run.state, run.error_code, run.masked_seats, run.sampled_frames) == (RunState.DONE, "", 1, 60)
    assert set(Window.objects.values_list("pupil", flat=True)) == {pupil.pk for pupil in where.pupils[:2]}
    assert Window.objects.count() == 12
    assert run.windows_left == 0
    assert lesson_now(where.plan.camera, before(where, minutes=1)) is None


def test_a_live_frame_is_judged_by_what_was_read_just_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gating, "READ_ANEW_AFTER_S", 2.0)
    where = held()
    run, _holding = begun(where, minutes=1)
    run.recorded_at = timezone.now()
    seat = str(where.seats[0].pk)
    gate = gating.RunGate(run)
    assert gate(seat, 0.0)
    assert gate(seat, 1.9), "this moment is later than the reading"
    run.live = False
    assert not gating.RunGate(run)(seat, 60.0), "a recording that is not over yet shows nobody"


def test_what_came_too_fast_is_left_out_and_said(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thinning, "MOST_WAITING", 15)  # nothing is read before all are offered
    run, holding = begun(held(), minutes=1)
    live_runs._analyse(holding, offered(clock, 60))
    run.refresh_from_db()
    assert (run.state, run.windows_left, run.sampled_frames) == (RunState.DONE, 4, 20)
    assert set(RunSeat.objects.values_list("coverage", flat=True)) == {2 / 6}


def test_a_camera_that_was_blind_for_a_part_makes_a_part(clock: Clock) -> None:
    run, holding = begun(held(), minutes=1)
    live_runs._analyse(holding, offered(clock, 40))
    run.refresh_from_db()
    assert (run.state, run.decoded_s, run.declared_s) == (RunState.PARTIAL, 40, 60)


def test_a_withdrawal_while_the_camera_is_blind_counts_at_once(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    where = held()
    run, holding = begun(where, minutes=1)
    monkeypatch.setattr(analysing, "KEEP_EVERY_S", 0.0)
    frames = LessonFrames(picture(0), 60, clock)
    for second in range(25):
        frames.offer(picture(float(second)))
        clock.at += 1
    kept: list[int] = []
    idle = analysing.Notes.on_idle

    def on_idle(self: analysing.Notes, t_s: float) -> None:
        if not kept:
            kept.append(Window.objects.filter(pupil=where.pupils[0]).count())
            withdraw(where.pupils[0])
        idle(self, t_s)
        kept.append(Window.objects.filter(pupil=where.pupils[0]).count())
        clock.at += 20

    monkeypatch.setattr(analysing.Notes, "on_idle", on_idle)
    live_runs._analyse(holding, frames)
    assert kept[:2] == [2, 0]
    run.refresh_from_db()
    assert (run.state, run.masked_seats) == (RunState.PARTIAL, 1)
    assert set(RunSeat.objects.values_list("pupil", flat=True)) == {pupil.pk for pupil in where.pupils[1:]}


def test_the_switch_stops_it_also_while_nothing_comes(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    where = held()
    run, holding = begun(where, minutes=1)
    idle = analysing.Notes.on_idle

    def on_idle(self: analysing.Notes, t_s: float) -> None:
        set_mode(UserFactory.create(), where.school, Mode.OFF)
        self._heartbeat.beat()
        idle(self, t_s)

    monkeypatch.setattr(analysing.Notes, "on_idle", on_idle)
    live_runs._analyse(holding, LessonFrames(picture(0), 60, clock))
    run.refresh_from_db()
    assert (run.state, run.error_code) == (RunState.CANCELLED, "stopped")
    assert not Window.objects.exists()


def test_a_lesson_in_which_nobody_may_be_seen_is_not_begun() -> None:
    where = held(consented=0)
    due = lesson_now(where.plan.camera, noon_of(where))
    assert due is not None
    assert begin_live(due, noon_of(where)) is None
    assert not AnalysisRun.objects.exists()


def test_two_processes_begin_a_lesson_once() -> None:
    where = held()
    due = lesson_now(where.plan.camera, noon_of(where))
    assert due is not None
    assert begin_live(due, noon_of(where)) is not None
    assert begin_live(due, noon_of(where)) is None
    assert AnalysisRun.objects.count() == 1


def test_a_watcher_begins_with_a_fresh_picture_and_enough_left(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setattr(live_runs, "monotonic", clock)
    begun_with = list[LessonFrames]()
    monkeypatch.setattr(live_runs, "_analyse", lambda _holding, frames: begun_with.append(frames))
    where = held()
    lessons = LiveLessons(where.plan.camera)
    lessons.end()  # of nothing
    lessons.tend(noon_of(where))
    assert not AnalysisRun.objects.exists(), "it has shown nothing yet"
    lessons.see(SampledFrame(0.0, picture(0)))
    clock.at += 4
    lessons.tend(noon_of(where))
    assert not AnalysisRun.objects.exists(), "it is blind"
    lessons.see(SampledFrame(4.0, picture(4)))
    lessons.tend(noon_of(where))
    assert not AnalysisRun.objects.exists(), "it was looked up just before"
    clock.at += 2.5
    lessons.see(SampledFrame(6.0, picture(6)))
    lessons.tend(before(where, seconds=30))
    assert not AnalysisRun.objects.exists(), "too little is left"
    clock.at += 2.5
    lessons.see(SampledFrame(8.0, picture(8)))
    lessons.tend(noon_of(where))
    assert AnalysisRun.objects.count() == 1
    lessons.see(SampledFrame(9.0, picture(9)))
    lessons.end()
    (frames,) = begun_with
    assert [frame.image.shape for frame in frames.frames()] == [(540, 960, 3)]
    AnalysisRun.objects.update(state=RunState.PARTIAL)
    clock.at += 2.5
    lessons.see(SampledFrame(11.0, picture(11)))
    lessons.tend(noon_of(where))
    assert AnalysisRun.objects.count() == 2


def test_what_a_killed_process_had_kept_counts(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    where = held(consented=2)
    first, holding = begun(where, minutes=2)
    monkeypatch.setattr(analysing, "KEEP_EVERY_S", 0.0)

    class KilledError(BaseException):
        pass

    def die(_t_s: float) -> None:
        raise KilledError

    frames = LessonFrames(picture(0), 120, clock)
    for second in range(35):
        frames.offer(picture(float(second)))
        clock.at += 1
    monkeypatch.setattr(analysing.Notes, "on_idle", lambda self, t_s: die(t_s))
    with pytest.raises(KilledError):
        live_runs._analyse(holding, frames)
    assert Window.objects.count() == 6
    AnalysisRun.objects.update(lease_until=timezone.now() + timedelta(seconds=5))
    assert sweep() == 0, "it is still held"
    AnalysisRun.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert sweep() == 1
    first.refresh_from_db()
    assert (first.state, first.declared_s, first.decoded_s, first.masked_seats) == (RunState.PARTIAL, 120, 30, 1)
    assert Window.objects.count() == 6
    assert set(RunSeat.objects.values_list("coverage", flat=True)) == {3 / 12}
    assert not end_lost_live(first.pk)

    monkeypatch.undo()
    monkeypatch.setattr(thinning, "MOST_WAITING", 1000)
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(heartbeat.Heartbeat, "__enter__", lambda self: self)
    monkeypatch.setattr(heartbeat.Heartbeat, "__exit__", lambda self, *error: None)
    second_run, again = begun(where, minutes=1)
    live_runs._analyse(again, offered(clock, 60))
    second_run.refresh_from_db()
    assert second_run.state == RunState.DONE
    day = DayValue.objects.filter(pupil=where.pupils[0]).get()
    assert (day.windows, day.lessons) == (9, 1), "both pieces are one lesson"


def test_a_lost_run_of_a_school_that_was_switched_off_keeps_nothing(clock: Clock) -> None:
    where = held()
    run, _holding = begun(where, minutes=1)
    Window.objects.create(
        run=run,
        pupil=where.pupils[0],
        index=0,
        start_s=0,
        n=8,
        p_neg=0.1,
        p_pos=0.2,
        score=0.9,
        face_height_px=90,
        nose_offset=0.1,
        sharpness=50,
    )
    set_mode(UserFactory.create(), where.school, Mode.OFF)
    AnalysisRun.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert sweep() == 1
    run.refresh_from_db()
    assert (run.state, run.error_code) == (RunState.CANCELLED, "stopped")
    assert not Window.objects.exists()


def test_a_seat_contradicted_since_is_not_among_what_was_kept(clock: Clock) -> None:
    where = held()
    run, _holding = begun(where, minutes=1)
    confirm(where.slot, where.date, where.plan, s1_1=Presence.ABSENT, s1_2=Presence.ABSENT, s1_3=Presence.ABSENT)
    AnalysisRun.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert end_lost_live(run.pk)
    run.refresh_from_db()
    assert (run.state, run.masked_seats, run.decoded_s) == (RunState.PARTIAL, 3, 0)
