"""Seats that are drawn anew on the day of a lesson: the lesson counts once, and what the old drawing said goes."""

from datetime import timedelta

import pytest
from django.db import transaction

from analytics.enums import RunState
from analytics.models import AiUse, AnalysisRun, DayValue, RunSeat, Seat, SeatPlan, Window
from analytics.pipeline.series import logit
from analytics.services.correcting import take_out_contradicted
from analytics.services.series import rebuild_days
from tests.analytics.factories import Lesson, confirm, lesson, plan_for, run_of, seen, two_slots

pytestmark = pytest.mark.django_db

MORE = 40.0


@pytest.fixture
def where() -> Lesson:
    """Two pupils; the first keeps the seat when the second's is drawn elsewhere."""
    return lesson(pupils=2)


def redrawn(where: Lesson) -> SeatPlan:
    """The next version, in force from the day of the lesson: the second seat lies elsewhere."""
    SeatPlan.objects.filter(pk=where.plan.pk).update(valid_to=where.date - timedelta(days=1))
    facts = SeatPlan.objects.values("camera_id", "school_class_id", "frame_width", "frame_height", "still_key_id")
    kept = facts.get(pk=where.plan.pk) | {"still_kind": where.plan.still_kind, "created_by": where.plan.created_by}
    plan = SeatPlan.objects.create(version=2, valid_from=where.date, **kept)
    for seat, moved in zip(where.seats, (0.0, MORE), strict=True):
        polygon = [[x + moved, y] for x, y in seat.polygon]
        Seat.objects.create(
            plan=plan, label=seat.label, polygon=polygon, pupil=seat.pupil, face_height_px=seat.face_height_px
        )
    return plan


def analysed(where: Lesson, plan: SeatPlan, *, state: RunState = RunState.DONE, p_neg: float = 0.1) -> AnalysisRun:
    """A run over a plan that saw both pupils."""
    run = run_of(where, state=state, plan=plan)
    for seat in plan.seats.order_by("pk"):
        seen(run, seat, p_neg=p_neg)
    return run


def worked_out(where: Lesson) -> DayValue:
    """The day of the first pupil, who did not move."""
    rebuild_days([pupil.pk for pupil in where.pupils], where.date)
    return DayValue.objects.get(pupil=where.pupils[0])


def test_a_lesson_analysed_over_two_drawings_is_one_lesson(where: Lesson) -> None:
    analysed(where, where.plan, p_neg=0.5)
    analysed(where, redrawn(where))

    day = worked_out(where)

    assert (day.windows, day.lessons, day.value) == (20, 1, None)
    assert day.p_neg == pytest.approx(0.1)
    assert DayValue.objects.filter(pupil=where.pupils[1]).count() == 1


def test_the_drawing_in_force_counts_though_only_a_part_could_be_read(where: Lesson) -> None:
    plan = redrawn(where)
    analysed(where, plan, state=RunState.PARTIAL)
    analysed(where, where.plan, p_neg=0.5)

    assert worked_out(where).p_neg == pytest.approx(0.1)


def test_of_two_lessons_each_counts_once(where: Lesson) -> None:
    analysed(where, where.plan)
    analysed(where, redrawn(where))
    second = run_of(where, state=RunState.DONE, slot=two_slots(where)[1])
    seen(second, where.seats[0])

    day = worked_out(where)

    assert (day.windows, day.lessons) == (40, 2)
    assert day.value == pytest.approx(logit(0.1) - logit(0.4))


def test_two_cameras_of_a_lesson_have_medians_of_their_own() -> None:
    where = lesson(pupils=8)
    beside = plan_for(where.slot, where.pupils)
    for slot in two_slots(where):
        for plan, p_neg in ((where.plan, 0.1), (beside, 0.3)):
            run = run_of(where, state=RunState.DONE, slot=slot, plan=plan)
            for seat in plan.seats.order_by("pk"):
                seen(run, seat, p_neg=p_neg)

    rebuild_days([pupil.pk for pupil in where.pupils], where.date)

    assert [day.value for day in DayValue.objects.all()] == [pytest.approx(0.0)] * 16
    assert set(DayValue.objects.values_list("lessons", flat=True)) == {2}


def test_confirming_the_new_drawing_takes_out_what_the_old_one_said(where: Lesson) -> None:
    run = analysed(where, where.plan)
    worked_out(where)
    plan = redrawn(where)

    with transaction.atomic():
        taken_out = take_out_contradicted(confirm(where.slot, where.date, plan))

    assert taken_out == 2
    for model in (Window, RunSeat, DayValue, AiUse):
        assert not model.objects.exists(), model
    run.refresh_from_db()
    assert (run.masked_seats, run.frames_used) == (2, 0)


def test_what_another_camera_another_lesson_and_another_day_said_stays(where: Lesson) -> None:
    beside = plan_for(where.slot, where.pupils)
    kept = [
        analysed(where, beside),
        run_of(where, state=RunState.DONE, slot=two_slots(where)[1]),
        run_of(where, state=RunState.DONE, day=where.date - timedelta(days=7)),
    ]
    for run in kept[1:]:
        seen(run, where.seats[0])

    with transaction.atomic():
        assert take_out_contradicted(confirm(where.slot, where.date, redrawn(where))) == 0

    assert set(RunSeat.objects.values_list("run", flat=True)) == {run.pk for run in kept}


def test_analysed_anew_the_lesson_counts_once_again(where: Lesson) -> None:
    analysed(where, where.plan)
    worked_out(where)
    plan = redrawn(where)
    with transaction.atomic():
        take_out_contradicted(confirm(where.slot, where.date, plan))
    analysed(where, plan)

    day = worked_out(where)

    assert (day.windows, day.lessons, day.value) == (20, 1, None)
