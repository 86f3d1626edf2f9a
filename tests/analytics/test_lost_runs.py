"""A run that another worker has, or whose file is gone, keeps nothing."""

import pytest

from analytics.enums import RunState
from analytics.models import AnalysisRun, RunSeat, Window
from analytics.pipeline.engine import RunResult
from analytics.services import analysing
from analytics.services.files import video_path
from notifications.models import Alert
from tests.analytics.conftest import AtFrame, Execute
from tests.analytics.factories import Lesson, lesson, run_of, run_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return lesson(consented=2)


@pytest.fixture
def run(where: Lesson, film: bytes) -> AnalysisRun:
    return run_on(where, film)


def taken_over() -> None:
    """Another worker has claimed the run; what this one kept so far is gone."""
    AnalysisRun.objects.update(worker="another")
    Window.objects.all().delete()


def assert_untouched(run: AnalysisRun) -> None:
    """The other worker's run goes on, its file is there, and nobody was told of an end."""
    run.refresh_from_db()
    assert (run.state, run.worker, run.ended_at) == (RunState.RUNNING, "another", None)
    assert not RunSeat.objects.exists()
    assert not Window.objects.exists()
    assert not Alert.objects.exists()
    assert run.upload is not None
    assert video_path(run.upload.pk).exists()


def test_a_worker_that_lost_its_lease_keeps_nothing(run: AnalysisRun, at_frame: AtFrame, execute: Execute) -> None:
    at_frame(11, taken_over)

    execute(run.pk)

    assert_untouched(run)


def test_a_worker_whose_heartbeat_hears_of_it_keeps_nothing(
    run: AnalysisRun, at_frame: AtFrame, beat: None, execute: Execute, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_frame(6, taken_over)
    monkeypatch.setattr(analysing, "KEEP_EVERY_S", 1000.0)

    execute(run.pk)

    assert_untouched(run)


def test_a_worker_that_loses_its_lease_after_the_last_frame_keeps_nothing(
    run: AnalysisRun, execute: Execute, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = analysing._look

    def look_then_lose(run: AnalysisRun, notes: analysing.Notes) -> RunResult:
        result = look(run, notes)
        taken_over()
        return result

    monkeypatch.setattr(analysing, "_look", look_then_lose)

    execute(run.pk)

    assert_untouched(run)


def test_a_file_that_is_gone_fails_the_run(run: AnalysisRun, execute: Execute) -> None:
    assert run.upload is not None
    video_path(run.upload.pk).unlink()

    execute(run.pk)

    run.refresh_from_db()
    assert (run.state, run.error_code) == (RunState.FAILED, "file_gone")


def test_a_run_that_never_had_a_file_fails_like_one_whose_file_is_gone(where: Lesson, execute: Execute) -> None:
    run = run_of(where)

    execute(run.pk)

    run.refresh_from_db()
    assert (run.state, run.error_code) == (RunState.FAILED, "file_gone")
