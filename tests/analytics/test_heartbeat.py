"""Beside the work a thread holds the run, and hears within seconds that it must stop."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from analytics.enums import Mode
from analytics.models import AnalysisRun
from analytics.rules.run_states import LEASE
from analytics.services import heartbeat
from analytics.services.ending import cancel_run
from analytics.services.heartbeat import Heartbeat
from analytics.services.leases import Holding, claim_run
from analytics.services.switching import set_mode
from tests.analytics.factories import Lesson, lesson, run_of

WAIT_S = 20


@pytest.fixture
def where(transactional_db: None) -> Lesson:
    return lesson(pupils=1)


@pytest.fixture
def beating(where: Lesson, monkeypatch: pytest.MonkeyPatch) -> Heartbeat:
    """The heartbeat of a run that was claimed, at a quick pulse."""
    monkeypatch.setattr(heartbeat, "RENEW_EVERY", timedelta(milliseconds=20))
    holding = claim_run(run_of(where).pk)
    assert holding is not None
    return Heartbeat(holding)


def soon(reached: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline and not reached():
        time.sleep(0.02)
    return reached()


def held_until_after(moment: timedelta) -> bool:
    lease_until = AnalysisRun.objects.get().lease_until
    return lease_until is not None and lease_until > timezone.now() + moment


def nearly_lapsed() -> None:
    AnalysisRun.objects.update(lease_until=timezone.now() + timedelta(milliseconds=1))


def test_the_run_stays_held_while_the_work_is_busy_and_its_progress_is_written(beating: Heartbeat) -> None:
    nearly_lapsed()
    beating.progress, beating.left_s = 0.25, 90.0

    with beating:
        assert soon(lambda: held_until_after(LEASE / 2))

    run = AnalysisRun.objects.get()
    assert (run.progress, run.left_s, beating.stop_reason) == (0.25, 90.0, "")


def test_when_the_work_has_ended_the_run_is_held_no_longer(beating: Heartbeat) -> None:
    with beating:
        pass
    nearly_lapsed()
    time.sleep(0.2)

    assert not held_until_after(timedelta(0))


def test_it_hears_that_somebody_cancels(where: Lesson, beating: Heartbeat) -> None:
    with beating:
        cancel_run(where.psychologist, AnalysisRun.objects.get().pk)
        assert soon(lambda: beating.stop_reason == "cancelled")


def test_it_hears_that_mood_analysis_is_switched_off(where: Lesson, beating: Heartbeat) -> None:
    with beating:
        set_mode(where.psychologist.user, where.school, Mode.OFF)
        assert soon(lambda: beating.stop_reason == "stopped")


def test_it_hears_that_another_worker_has_the_run(beating: Heartbeat) -> None:
    with beating:
        AnalysisRun.objects.update(worker="another")
        assert soon(lambda: beating.stop_reason == "lost")


def test_a_database_that_does_not_answer_once_is_asked_again(
    beating: Heartbeat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    renew, away = Holding.renew, [OperationalError("the database is locked")]

    def answering_late(self: Holding, **figures: float | None) -> bool:
        if away:
            raise away.pop()
        return renew(self, **figures)

    monkeypatch.setattr(Holding, "renew", answering_late)
    nearly_lapsed()

    with beating:
        assert soon(lambda: held_until_after(LEASE / 2))

    run = AnalysisRun.objects.get()
    assert caplog.messages == [f"Run {run.pk}: the database did not answer in time"]
    assert beating.stop_reason == ""
