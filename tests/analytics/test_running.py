"""A run from the queue to its results, on a film with three real faces."""

import pytest

from analytics.enums import Mode, Presence, RunState, UploadState
from analytics.models import AnalysisRun, DayValue, RunSeat, Window
from analytics.rules.terms import WINDOWS_KEPT
from analytics.services import analysing
from analytics.services.ending import cancel_run
from analytics.services.files import video_path
from analytics.services.switching import set_mode
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.analytics.conftest import AtFrame, Execute
from tests.analytics.factories import Lesson, confirm, lesson, run_on, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return lesson(consented=2)


@pytest.fixture
def run(where: Lesson, film: bytes) -> AnalysisRun:
    return run_on(where, film)


def test_a_run_keeps_windows_of_open_seats_and_only_counts_the_others(
    where: Lesson, run: AnalysisRun, execute: Execute
) -> None:
    execute(run.pk)

    run.refresh_from_db()
    open_pupils = {pupil.pk for pupil in where.pupils[:2]}
    assert (run.state, run.masked_seats, run.sampled_frames, run.progress) == (RunState.DONE, 1, 12, 1.0)
    assert set(RunSeat.objects.values_list("pupil", flat=True)) == open_pupils
    assert set(Window.objects.values_list("pupil", flat=True)) == open_pupils
    assert set(run.uses.values_list("pupil", flat=True)) == open_pupils
    assert run.frames_used == sum(RunSeat.objects.values_list("frames_used", flat=True)) == 24
    assert (run.declared_s, run.decoded_s) == (12.0, 12.0)


def test_a_day_of_one_short_lesson_is_insufficient_data(where: Lesson, run: AnalysisRun, execute: Execute) -> None:
    execute(run.pk)

    assert list(DayValue.objects.values_list("date", "value", "lessons")) == [(where.date, None, 1)] * 2


def test_the_file_is_gone_and_the_psychologist_told_when_the_run_ends(
    where: Lesson, run: AnalysisRun, execute: Execute
) -> None:
    execute(run.pk)

    run.refresh_from_db()
    assert run.upload is not None
    assert not video_path(run.upload.pk).exists()
    assert run.upload.state == UploadState.REMOVED
    alert = Alert.objects.get(recipient=where.psychologist.user)
    assert (alert.kind, alert.url) == (AlertKind.RUN_FINISHED, f"/analysis/runs/{run.pk}/")


def test_a_run_is_done_once_however_often_it_is_sent(run: AnalysisRun, execute: Execute) -> None:
    execute(run.pk)
    kept = list(Window.objects.order_by("pk").values())

    execute(run.pk)

    assert list(Window.objects.order_by("pk").values()) == kept
    assert AnalysisRun.objects.get().attempt == 1


def test_an_unconfirmed_seat_stays_masked_though_its_pupil_consents(
    where: Lesson, film: bytes, execute: Execute
) -> None:
    confirm(where.slot, where.date, where.plan, s1_1=Presence.UNSURE)
    run = run_on(where, film)

    execute(run.pk)

    run.refresh_from_db()
    assert run.masked_seats == 2
    assert [seat.pupil_id for seat in RunSeat.objects.all()] == [where.pupils[1].pk]


def test_a_withdrawal_during_the_run_purges_that_pupil_and_the_rest_goes_on(
    where: Lesson, run: AnalysisRun, at_frame: AtFrame, execute: Execute
) -> None:
    seen_before: list[object] = []

    def withdraws() -> None:
        seen_before.extend(Window.objects.values_list("pupil_id", flat=True))
        withdraw(where.pupils[0])

    at_frame(11, withdraws)

    execute(run.pk)

    run.refresh_from_db()
    assert where.pupils[0].pk in seen_before
    assert run.masked_seats == 2
    assert set(Window.objects.values_list("pupil", flat=True)) == {where.pupils[1].pk}
    assert set(RunSeat.objects.values_list("pupil", flat=True)) == {where.pupils[1].pk}


def test_a_withdrawal_after_the_last_frame_still_counts(
    where: Lesson, run: AnalysisRun, monkeypatch: pytest.MonkeyPatch, execute: Execute
) -> None:
    look = analysing._look

    def look_then_withdraw(*what: object) -> object:
        result = look(*what)  # type: ignore[arg-type]
        withdraw(where.pupils[0])
        return result

    monkeypatch.setattr(analysing, "_look", look_then_withdraw)

    execute(run.pk)

    assert set(Window.objects.values_list("pupil", flat=True)) == {where.pupils[1].pk}
    assert AnalysisRun.objects.get().masked_seats == 2


@pytest.mark.parametrize("frame", [1, 6, 11])
def test_cancelling_stops_a_running_analysis_and_keeps_nothing(
    frame: int, where: Lesson, run: AnalysisRun, at_frame: AtFrame, beat: None, execute: Execute
) -> None:
    at_frame(frame, lambda: cancel_run(where.psychologist, run.pk))

    execute(run.pk)

    run.refresh_from_db()
    assert (run.state, run.error_code) == (RunState.CANCELLED, "")
    assert not Window.objects.exists()
    assert run.upload is not None
    assert not video_path(run.upload.pk).exists()
    assert not Alert.objects.filter(kind=AlertKind.RUN_FINISHED).exists()


def test_the_stop_switch_ends_a_running_analysis(
    where: Lesson, run: AnalysisRun, at_frame: AtFrame, beat: None, execute: Execute
) -> None:
    at_frame(5, lambda: set_mode(where.psychologist.user, where.school, Mode.OFF))

    execute(run.pk)

    run.refresh_from_db()
    assert (run.state, run.error_code) == (RunState.CANCELLED, "stopped")
    assert not RunSeat.objects.exists()
    assert Alert.objects.get(recipient=where.psychologist.user).kind == AlertKind.RUN_FAILED


def test_progress_and_time_left_are_written_while_it_runs(
    run: AnalysisRun, at_frame: AtFrame, execute: Execute
) -> None:
    noted: list[tuple[float, float | None]] = []
    at_frame(7, lambda: noted.extend(AnalysisRun.objects.values_list("progress", "left_s")))

    execute(run.pk)

    ((progress, left_s),) = noted
    assert progress == pytest.approx(0.5)
    assert left_s is not None
    assert left_s > 0


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty_file"), (b"no video at all", "not_a_video"), (b"\0\0\0\x18ftypmp42", "truncated")],
)
def test_a_file_that_cannot_be_read_fails_the_run_with_its_code(
    where: Lesson, content: bytes, code: str, execute: Execute
) -> None:
    run = run_on(where, content)

    execute(run.pk)

    run.refresh_from_db()
    assert (run.state, run.error_code) == (RunState.FAILED, code)


def test_a_run_that_waited_until_its_day_is_over_fails(where: Lesson, film: bytes, execute: Execute) -> None:
    run = run_on(where, film)
    AnalysisRun.objects.update(recorded_at=where.recorded_at - WINDOWS_KEPT)

    execute(run.pk)

    run.refresh_from_db()
    assert (run.state, run.error_code) == (RunState.FAILED, "too_old")
    assert not DayValue.objects.exists()


def test_a_video_that_breaks_off_is_marked_partial(where: Lesson, film: bytes, execute: Execute) -> None:
    run = run_on(where, film[: len(film) * 2 // 3])

    execute(run.pk)

    run.refresh_from_db()
    assert run.state == RunState.PARTIAL
    assert run.decoded_s is not None
    assert run.declared_s == 12.0
    assert 0 < run.decoded_s < 11


def test_models_other_than_those_on_the_card_are_refused(where: Lesson, run: AnalysisRun, execute: Execute) -> None:
    type(run.card).objects.update(version="0.9")

    execute(run.pk)

    assert AnalysisRun.objects.get().error_code == "model_changed"
