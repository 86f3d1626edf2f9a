"""A run has one holder at a time and ends once, whatever workers, sweepers and people do in whichever order."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from analytics.enums import RunState
from analytics.models import AnalysisRun, Upload
from analytics.rules.run_states import ENDED, LEASE, MOST_LOSSES, may_follow, state_after_loss
from analytics.services import dispatch, sweeping
from analytics.services.ending import cancel_run
from analytics.services.files import video_path
from analytics.services.leases import claim_run
from notifications.models import Alert
from tests.analytics.factories import Lesson, checked_upload, lesson, run_of, seen
from tests.directory.factories import actor


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was sent to the workers."""
    messages: list[object] = []
    monkeypatch.setattr(sweeping, "send_run", messages.append)
    return messages


@pytest.fixture
def where(db: None) -> Lesson:
    return lesson()


@pytest.fixture
def run(where: Lesson) -> AnalysisRun:
    return run_of(where, upload=checked_upload(where, b"film"))


LATE, SET_BACK = timedelta(seconds=-1), timedelta(hours=1)


def lapse(run: AnalysisRun, by: timedelta = LATE) -> None:
    """Let the lease run out: the worker was killed, or the clock by which it held the run was set back since."""
    AnalysisRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() + by)


def test_only_one_of_two_workers_gets_a_run(run: AnalysisRun) -> None:
    first, second = claim_run(run.pk), claim_run(run.pk)

    assert first is not None
    assert second is None


@pytest.mark.parametrize("by", [LATE, SET_BACK])
def test_a_worker_killed_is_replaced_and_what_it_left_is_removed(
    where: Lesson, run: AnalysisRun, by: timedelta
) -> None:
    first = claim_run(run.pk)
    seen(run, where.seats[0])
    lapse(run, by)

    second = claim_run(run.pk)

    assert first is not None
    assert second is not None
    assert not first.renew()
    assert second.renew()
    assert not run.windows.exists()
    assert not run.seats.exists()


def test_the_lease_is_short_enough_to_be_reclaimed_within_fifteen_seconds() -> None:
    sweep_interval = timedelta(seconds=5)
    assert LEASE + sweep_interval < timedelta(seconds=15)


@pytest.mark.parametrize("by", [LATE, SET_BACK])
def test_the_sweeper_sends_a_lost_run_again(
    run: AnalysisRun, sent: list[object], by: timedelta, django_capture_on_commit_callbacks: object
) -> None:
    claim_run(run.pk)
    lapse(run, by)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        assert sweeping.sweep() == 1

    run.refresh_from_db()
    assert (run.state, run.attempt, sent) == (RunState.QUEUED, 1, [run.pk])
    assert sweeping.sweep() == 0


def test_the_sweeper_leaves_a_run_alone_that_is_held(run: AnalysisRun) -> None:
    claim_run(run.pk)

    assert sweeping.sweep() == 0
    assert AnalysisRun.objects.get().state == RunState.RUNNING


def test_a_run_nobody_heard_of_is_sent_again(
    run: AnalysisRun, sent: list[object], django_capture_on_commit_callbacks: object
) -> None:
    lapse(run)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        sweeping.sweep()

    assert sent == [run.pk]


@pytest.mark.parametrize("attempt", [1, MOST_LOSSES])
def test_a_worker_that_comes_back_as_the_sweeper_looks_keeps_its_run(
    where: Lesson, run: AnalysisRun, attempt: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding = claim_run(run.pk)
    assert holding is not None
    AnalysisRun.objects.update(attempt=attempt)
    seen(run, where.seats[0], windows=3)
    lapse(run)

    def renewed_meanwhile(attempt: int) -> RunState:
        assert holding.renew()
        return state_after_loss(attempt)

    monkeypatch.setattr(sweeping, "state_after_loss", renewed_meanwhile)

    assert sweeping.sweep() == 0
    run.refresh_from_db()
    assert (run.state, run.worker, run.windows.count()) == (RunState.RUNNING, holding.worker, 3)
    assert not Alert.objects.exists()


def test_two_sweepers_at_once_send_a_forgotten_run_once(
    run: AnalysisRun,
    sent: list[object],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:
    lapse(run)
    send_again = sweeping._send_again

    def second_to(run_id: UUID) -> bool:
        assert send_again(run_id)
        return send_again(run_id)

    monkeypatch.setattr(sweeping, "_send_again", second_to)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        assert sweeping.sweep() == 0

    assert sent == [run.pk]


def test_three_losses_set_a_run_aside_remove_its_file_and_tell_people(
    where: Lesson, run: AnalysisRun, django_capture_on_commit_callbacks: object
) -> None:
    lead = actor("lead_psychologist", district=where.school.district)  # type: ignore[arg-type]  # the role's value
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        for _loss in range(MOST_LOSSES):
            assert claim_run(run.pk) is not None
            lapse(run)
            sweeping.sweep()

    run.refresh_from_db()
    assert (run.state, run.error_code, run.attempt) == (RunState.QUARANTINED, "lost", 3)
    assert set(Alert.objects.values_list("recipient", flat=True)) == {where.psychologist.user.pk, lead.user.pk}
    assert run.upload is not None
    assert not video_path(run.upload.pk).exists()
    assert claim_run(run.pk) is None


def test_a_run_lost_three_times_is_not_claimed_even_before_the_sweeper_comes(run: AnalysisRun) -> None:
    AnalysisRun.objects.update(state=RunState.RUNNING, attempt=3, lease_until=timezone.now() - timedelta(seconds=1))

    assert claim_run(run.pk) is None


def test_cancelling_a_waiting_run_ends_it_at_once(
    where: Lesson, run: AnalysisRun, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        cancelled = cancel_run(where.psychologist, run.pk)

    assert cancelled.state == RunState.CANCELLED
    assert claim_run(run.pk) is None
    assert run.upload is not None
    assert not video_path(run.upload.pk).exists()


def test_cancelling_an_ended_run_changes_nothing(where: Lesson, run: AnalysisRun) -> None:
    AnalysisRun.objects.update(state=RunState.DONE)

    assert cancel_run(where.psychologist, run.pk).state == RunState.DONE
    assert not AnalysisRun.objects.get().cancel_requested


def test_a_file_left_behind_by_a_crash_is_swept(where: Lesson, run: AnalysisRun) -> None:
    Upload.objects.update(state="used")
    AnalysisRun.objects.update(state=RunState.DONE)

    sweeping.sweep()

    assert run.upload is not None
    assert not video_path(run.upload.pk).exists()
    assert Upload.objects.get().state == "removed"


def test_a_broker_that_is_away_does_not_fail_the_request(run: AnalysisRun, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_message: object) -> None:
        raise OSError

    monkeypatch.setattr("celery.current_app.send_task", away, raising=False)

    dispatch.send_run(run.pk)

    assert AnalysisRun.objects.get().state == RunState.QUEUED


@pytest.mark.parametrize("before", ENDED)
def test_an_ended_run_goes_nowhere(before: RunState) -> None:
    assert not any(may_follow(before, after) for after in RunState)


@pytest.mark.parametrize(("attempt", "state"), [(1, RunState.QUEUED), (2, RunState.QUEUED), (3, RunState.QUARANTINED)])
def test_the_third_loss_is_the_last(attempt: int, state: RunState) -> None:
    assert state_after_loss(attempt) == state
