"""A teacher corrects a lesson at the very moment its analysis ends: who comes second sees what the first one did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connections, transaction
from django.utils import timezone

from analytics.enums import Presence, RunState
from analytics.models import AnalysisRun, RunSeat
from analytics.pipeline.engine import RunResult
from analytics.pipeline.quality import Thresholds
from analytics.pipeline.tracks import SeatResult
from analytics.services import ending
from analytics.services.correcting import take_out_contradicted
from analytics.services.ending import finish_run
from analytics.services.leases import Holding
from tests.analytics.factories import Lesson, confirm, lesson, run_of, seen
from tests.analytics.pipeline.sources import CARD

WORKER = "worker"
A_MOMENT_S = 0.5


@pytest.fixture
def where(on_postgresql: None, transactional_db: None) -> Lesson:
    return lesson(pupils=2)


@pytest.fixture
def run(where: Lesson) -> AnalysisRun:
    """A run that has looked at both pupils and is about to end."""
    until = timezone.now() + timedelta(minutes=1)
    return run_of(where, state=RunState.RUNNING, worker=WORKER, lease_until=until)


def in_a_thread(act: Callable[[], object]) -> object:
    try:
        return act()
    finally:
        connections.close_all()


def finish(where: Lesson, run: AnalysisRun) -> bool:
    seats = tuple(SeatResult(str(seat.pk), (), 0.8, 9, {}) for seat in where.seats)
    result = RunResult(
        seats=seats, masked_seats=0, frames_sampled=9, duration_s=12.0, decoded_s=12.0, partial=False,
        keyframes_only=True, damaged_packets=0, sandbox_degradation="", pack=CARD, thresholds=Thresholds(),
    )  # fmt: skip
    pupils = {str(seat.pk): pupil.pk for seat, pupil in zip(where.seats, where.pupils, strict=True)}
    return finish_run(Holding(run.pk, WORKER), run, result, pupils)


def correct(where: Lesson, said: Event | None = None, go_on: Event | None = None) -> int:
    """Say that somebody else sat in the first seat; commit when `go_on` says so."""
    with transaction.atomic():
        taken_out = take_out_contradicted(confirm(where.slot, where.date, where.plan, s1_1=Presence.OTHER_PERSON))
        if said and go_on:
            said.set()
            go_on.wait(10)
    return taken_out


def seats_kept() -> set[str]:
    return set(RunSeat.objects.values_list("seat__label", flat=True))


def test_a_correction_waits_for_a_run_that_is_just_ending(
    where: Lesson, run: AnalysisRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, go_on = Event(), Event()
    still_open = ending._still_open

    def slowly(*what: object) -> object:
        found = still_open(*what)  # type: ignore[arg-type]  # as it is called
        asked.set()
        go_on.wait(10)
        return found

    monkeypatch.setattr(ending, "_still_open", slowly)
    with ThreadPoolExecutor(2) as threads:
        ending_run = threads.submit(in_a_thread, lambda: finish(where, run))
        asked.wait(10)
        correcting = threads.submit(in_a_thread, lambda: correct(where))
        with pytest.raises(TimeoutError):
            correcting.result(A_MOMENT_S)
        go_on.set()

        assert (ending_run.result(10), correcting.result(10)) == (True, 1)
    assert seats_kept() == {"1-2"}


def test_a_run_that_ends_during_a_correction_sees_it(where: Lesson, run: AnalysisRun) -> None:
    said, go_on = Event(), Event()
    with ThreadPoolExecutor(2) as threads:
        correcting = threads.submit(in_a_thread, lambda: correct(where, said, go_on))
        said.wait(10)
        ending_run = threads.submit(in_a_thread, lambda: finish(where, run))
        with pytest.raises(TimeoutError):
            ending_run.result(A_MOMENT_S)
        go_on.set()

        assert (correcting.result(10), ending_run.result(10)) == (0, True)
    assert seats_kept() == {"1-2"}
    run.refresh_from_db()
    assert (run.state, run.masked_seats) == (RunState.DONE, 1)


def test_two_corrections_at_once_take_a_seat_out_once(where: Lesson) -> None:
    done = run_of(where, state=RunState.DONE)
    for seat in where.seats:
        seen(done, seat)
    said, go_on = Event(), Event()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(in_a_thread, lambda: correct(where, said, go_on))
        said.wait(10)
        second = threads.submit(in_a_thread, lambda: correct(where))
        with pytest.raises(TimeoutError):
            second.result(A_MOMENT_S)
        go_on.set()

        assert (first.result(10), second.result(10)) == (1, 0)
    assert seats_kept() == {"1-2"}
    done.refresh_from_db()
    assert done.masked_seats == 1
