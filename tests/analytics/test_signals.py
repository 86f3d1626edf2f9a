"""Days become a series, a sustained shift one signal: at most once, and only for an open gate."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from analytics.enums import Mode, RunState, SeriesState
from analytics.models import DayValue, Series, Signal
from analytics.pipeline.series import logit
from analytics.rules.drawing import TOP, draw
from analytics.rules.evidence import Evidence
from analytics.rules.gates import QualityGate, quality_gates
from analytics.services.series import rebuild_day, rebuild_days
from analytics.services.signals import evaluate
from analytics.services.switching import set_mode
from caseflow.triage.enums import Audience, ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import row_of
from caseflow.triage.services import decide
from notifications.models import Alert
from notifications.serializers import item
from notifications.services import place
from tests.analytics.factories import GROUNDS, Lesson, history, lesson, run_of, seen, signal_for, two_slots, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=1)


def test_a_sustained_shift_becomes_one_signal_with_its_item(where: Lesson) -> None:
    series = history(where)

    signal = evaluate(series)

    assert signal is not None
    item = TriageItem.objects.get()
    assert (signal.pk, signal.triage_item_id, item.pupil_id) == (item.pk, item.pk, where.pupils[0].pk)
    assert (item.audience, item.ai_generated, item.model_label) == (Audience.SCHOOL, True, "tirek-builtin 1.0")
    assert item.psych_clock.code == "signal_review"
    assert item.legal_clock is None
    assert item.facts == {"above": 2, "days": 2, "coverage": 100}
    assert signal.interval_low < signal.effect < signal.interval_high
    assert signal.day - signal.since == timedelta(days=1)
    series.refresh_from_db()
    assert series.state == SeriesState.CROSSED


def test_the_queue_reads_it_in_words(where: Lesson) -> None:
    item = signal_for(where).triage_item

    with translation.override("en"):
        row = row_of(where.psychologist, item)

    assert (row.title, row.readable) == ("Sustained shift of mood", True)
    assert row.line == "On 2 of 2 days the share of negative expression was above the pupil's own usual range"
    assert row.quality == "enough data on 100 % of the days"
    assert row.details_url == f"/analysis/signals/{item.pk}/"
    assert row.place == str(where.plan.camera.room)


def test_a_signal_from_generated_days_is_marked_in_the_queue(where: Lesson) -> None:
    series = history(where)
    Series.objects.filter(pk=series.pk).update(demo=True)
    series.refresh_from_db()

    signal = evaluate(series)

    assert signal is not None
    assert (signal.demo, signal.triage_item.demo) == (True, True)


def test_there_is_never_a_second_signal_for_a_series(where: Lesson) -> None:
    series = history(where)

    assert evaluate(series) is not None
    assert evaluate(series) is None
    assert evaluate(Series.objects.get()) is None
    assert TriageItem.objects.count() == 1


def test_days_within_the_own_range_make_no_signal(where: Lesson) -> None:
    series = history(where, usual=24, shifted=0)

    assert evaluate(series) is None
    series.refresh_from_db()
    assert series.state == SeriesState.WATCHING


def test_before_the_baseline_is_known_nothing_is_said(where: Lesson) -> None:
    series = history(where, usual=3, shifted=4)

    assert evaluate(series) is None
    series.refresh_from_db()
    assert series.state == SeriesState.COLLECTING


def test_in_shadow_only_the_lead_is_asked(where: Lesson) -> None:
    set_mode(where.psychologist.user, where.school, Mode.SHADOW, GROUNDS)

    signal = signal_for(where)

    assert (signal.triage_item.audience, signal.mode) == (Audience.LEAD, Mode.SHADOW)


def test_switched_off_nothing_is_filed(where: Lesson) -> None:
    series = history(where)
    set_mode(where.psychologist.user, where.school, Mode.OFF)

    assert evaluate(series) is None
    assert not TriageItem.objects.exists()


def test_a_closed_gate_files_nothing(where: Lesson) -> None:
    series = history(where)
    withdraw(where.pupils[0])

    assert evaluate(series) is None
    assert not Signal.objects.exists()


def test_a_series_that_has_ended_files_nothing_more(where: Lesson) -> None:
    series = history(where)
    Series.objects.update(state=SeriesState.ENDED)

    assert evaluate(series) is None
    assert not TriageItem.objects.exists()
    assert Series.objects.get().state == SeriesState.ENDED


def test_after_the_decision_a_new_baseline_begins(where: Lesson) -> None:
    signal = signal_for(where)
    first = signal.series
    decide(
        where.psychologist, item_id=signal.pk, decision="dismiss", reason_code="not_confirmed", reason="Talked it over"
    )
    tomorrow = timezone.localdate() + timedelta(days=1)
    seen(run_of(where, day=tomorrow, state=RunState.DONE), where.seats[0], windows=16)

    (second,) = rebuild_day(where.pupils[0].pk, tomorrow)

    first.refresh_from_db()
    assert (first.state, second.state) == (SeriesState.ENDED, SeriesState.COLLECTING)
    assert second.baseline_from == tomorrow
    assert list(second.days.values_list("date", flat=True)) == [tomorrow]


def test_until_the_decision_days_go_on_in_the_same_series(where: Lesson) -> None:
    first = signal_for(where).series
    today = timezone.localdate()
    seen(run_of(where, day=today, state=RunState.DONE), where.seats[0], windows=16)

    assert rebuild_day(where.pupils[0].pk, today) == [first]


def test_a_day_needs_thirty_windows_from_two_lessons(where: Lesson) -> None:
    series = history(where, usual=1, shifted=0, lessons=1)
    day = DayValue.objects.get(series=series)

    assert (day.windows, day.lessons, day.value) == (16, 1, None)


def test_a_day_with_enough_of_both_has_a_value_and_the_span_of_its_lessons(where: Lesson) -> None:
    day = history(where, usual=1, shifted=0).days.get()

    assert (day.windows, day.lessons) == (32, 2)
    assert day.value == pytest.approx(logit(0.1) - logit(0.4))
    assert day.low == day.high == pytest.approx(day.value)


def test_rebuilding_a_day_twice_changes_nothing(where: Lesson) -> None:
    series = history(where, usual=2, shifted=0)
    before = list(series.days.values())

    rebuild_days([where.pupils[0].pk], series.days.last().date)  # type: ignore[union-attr]  # there are two

    assert list(series.days.values()) == before


def test_of_two_runs_of_a_lesson_the_complete_one_counts(where: Lesson) -> None:
    partial = run_of(where, state=RunState.PARTIAL)
    seen(partial, where.seats[0], p_neg=0.5, windows=5)
    seen(run_of(where, state=RunState.DONE), where.seats[0], p_neg=0.1, windows=16)

    (series,) = rebuild_day(where.pupils[0].pk, where.date)

    assert series.days.get().windows == 16


def test_with_eight_pupils_seen_the_class_median_is_subtracted() -> None:
    where = lesson(pupils=8)
    for slot in two_slots(where):
        run = run_of(where, state=RunState.DONE, slot=slot)
        for number, seat in enumerate(where.seats):
            seen(run, seat, p_neg=0.1 if number else 0.3, windows=16)

    touched = rebuild_days([pupil.pk for pupil in where.pupils], where.date)

    values = {day.pupil_id: day.value for day in DayValue.objects.all()}
    assert [series.class_median for series in touched] == [True] * 8
    assert values[where.pupils[0].pk] == pytest.approx(logit(0.3) - logit(0.1))
    assert [values[pupil.pk] for pupil in where.pupils[1:]] == [pytest.approx(0.0)] * 7


def test_with_seven_pupils_seen_each_stands_alone() -> None:
    where = lesson(pupils=7)
    run = run_of(where, state=RunState.DONE)
    for seat in where.seats:
        seen(run, seat)

    touched = rebuild_days([pupil.pk for pupil in where.pupils], where.date)

    assert [series.class_median for series in touched] == [False] * 7


def test_another_seat_is_another_series(where: Lesson) -> None:
    history(where, usual=1, shifted=0)
    seat = where.seats[0]
    seat.polygon = [[x + 40, y] for x, y in seat.polygon]
    seat.save()
    today = timezone.localdate()
    seen(run_of(where, day=today, state=RunState.DONE), seat)

    rebuild_day(where.pupils[0].pk, today)

    assert Series.objects.count() == 2


def test_the_evidence_survives_storing(where: Lesson) -> None:
    signal = signal_for(where)

    evidence = Evidence.from_json(Signal.objects.get().evidence)

    assert evidence.to_json() == signal.evidence
    assert (len(evidence.days), evidence.crossed_on, evidence.since) == (24, signal.day, signal.since)
    assert evidence.usual_share == pytest.approx(0.11, abs=0.005)
    assert evidence.shifted_share == pytest.approx(0.45)
    assert evidence.figures.used_share == pytest.approx(0.9)


def test_the_chart_breaks_across_days_without_enough_data(where: Lesson) -> None:
    signal = signal_for(where)
    evidence = Evidence.from_json(signal.evidence)
    gap = evidence.days[5]
    broken = Evidence(**{**vars(evidence), "days": (*evidence.days[:5], _emptied(gap), *evidence.days[6:])})

    whole, drawn = draw(evidence), draw(broken)

    assert (len(whole.lines), len(drawn.lines)) == (1, 2)
    assert len(drawn.points) == 23
    assert len(drawn.gaps) == 1
    assert [point.above for point in whole.points] == [False] * 20 + [True] * 4
    assert all(0 <= y <= 60 for y in (whole.ewma.limit_y, whole.ewma.point_y))
    assert whole.ewma.point_y < whole.ewma.limit_y
    assert all(point.y >= TOP for point in whole.points), "a point would stand on the word at the crossing"


def _emptied(day: object) -> object:
    return type(day)(**{**vars(day), "value": None, "low": None, "high": None})


@pytest.mark.parametrize(
    ("sign", "value", "state"),
    [("≥", 71, "fail"), ("≥", 73, "borderline"), ("≥", 92, "pass"), ("≤", 80, "fail"), ("≤", 40, "pass")],
)
def test_a_gate_passes_fails_or_is_borderline(sign: str, value: float, state: str) -> None:
    assert QualityGate("", sign, 72, value, "px", 0).state == state


def test_every_gate_of_a_good_signal_passes(where: Lesson) -> None:
    signal = signal_for(where)

    gates = quality_gates(Evidence.from_json(signal.evidence), signal.coverage, signal.card.thresholds)

    assert {gate.state for gate in gates} <= {"pass", "borderline"}
    assert gates[0].value == 97


def test_an_item_whose_signal_was_decided_keeps_its_state(where: Lesson) -> None:
    signal = signal_for(where)
    decide(where.psychologist, item_id=signal.pk, decision="open_case")

    signal.triage_item.refresh_from_db()
    assert signal.triage_item.state == ItemState.CASE_OPENED


def test_whoever_is_told_of_a_signal_is_told_that_a_model_found_it() -> None:
    where = lesson()
    signal = signal_for(where)

    place()
    told = Alert.objects.get(recipient=where.psychologist.user, url__contains=str(signal.triage_item_id))

    assert told.params["model"] == str(signal.card)
    assert item(told)["ai_generated"] is True
