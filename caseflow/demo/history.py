"""Ten weeks of generated windows for one class, plainly marked as demo, charted by the product's own code."""

from datetime import datetime, timedelta
from math import exp

import numpy as np
from django.utils import timezone

from analytics.enums import RunState
from analytics.models import AiUse, AnalysisRun, ModelCard, RunSeat, Seat, SeatPlan, Series, Window
from analytics.rules.builtin_card import SLUG
from analytics.services.series import rebuild_days
from analytics.services.signals import evaluate
from analytics.services.withdrawal import end_terms
from caseflow.demo.consents import REFUSED, UNANSWERED, WITHDRAWN
from caseflow.demo.lessons import Lesson, confirm
from caseflow.demo.people import People

CLOSED = frozenset({REFUSED, WITHDRAWN, UNANSWERED})
SHIFTED = {"Тасболат": 1.15, "Нуриева": 1.05}
"""Whose logit p_neg rises in the last days, and by how much."""
SHIFT_DAYS = 11
POORLY_SEEN = "Нуриева"
WINDOWS_A_LESSON, POOR_WINDOWS = 22, 16
LESSON_WINDOWS = 270  # 45 minutes
SEED = 20260901


def make_history(plan: SeatPlan, lessons: list[Lesson], people: People) -> list[Series]:
    """Runs with windows for these lessons, day values, and a signal where the chart finds a shift."""
    rng = np.random.default_rng(SEED)
    card = ModelCard.objects.get(slug=SLUG)
    seats = [seat for number, seat in enumerate(plan.seats.select_related("pupil")) if number not in CLOSED]
    days = sorted({lesson.day for lesson in lessons})
    shifted_days = set(days[-SHIFT_DAYS:])
    for day in days:
        moods = {seat.pk: float(rng.normal(0, 0.3)) + _shift(seat, shifted=day in shifted_days) for seat in seats}
        for lesson in (lesson for lesson in lessons if lesson.day == day):
            _make_run(plan, lesson, people, card, seats, moods, rng)
        rebuild_days([seat.pupil_id for seat in seats if seat.pupil_id], day)
    series = list(Series.objects.filter(demo=True).order_by("pupil__last_name"))
    for one in series:
        evaluate(one)
    end_terms()
    return series


def _shift(seat: Seat, *, shifted: bool) -> float:
    return SHIFTED.get(seat.pupil.last_name, 0.0) if shifted and seat.pupil else 0.0


def _make_run(  # one lesson needs all of these
    plan: SeatPlan,
    lesson: Lesson,
    people: People,
    card: ModelCard,
    seats: list[Seat],
    moods: dict[int, float],
    rng: np.random.Generator,
) -> None:
    run = AnalysisRun.objects.create(
        school=plan.camera.room.school,
        slot=lesson.slot,
        date=lesson.day,
        plan=plan,
        confirmation=confirm(plan, lesson, people),
        card=card,
        recorded_at=lesson.starts_at,
        requested_by=people.staff["psychologist"].user,
        state=RunState.DONE,
        attempt=1,
        started_at=lesson.starts_at + timedelta(hours=3),
        ended_at=lesson.starts_at + timedelta(hours=3, minutes=6),
        progress=1,
        declared_s=2700,
        decoded_s=2700,
        sampled_frames=2700,
        masked_seats=len(CLOSED),
        demo=True,
    )
    AnalysisRun.objects.filter(pk=run.pk).update(requested_at=lesson.starts_at + timedelta(hours=2))
    windows = [window for seat in seats for window in _windows(run, seat, moods[seat.pk], rng)]
    Window.objects.bulk_create(windows, batch_size=500)
    RunSeat.objects.bulk_create(_run_seat(run, seat, windows) for seat in seats)
    AiUse.objects.bulk_create(AiUse(run=run, pupil=seat.pupil) for seat in seats)
    used = sum(window.n for window in windows)
    AnalysisRun.objects.filter(pk=run.pk).update(frames_used=used, frames_rejected={"turned_away": used // 3})


def _windows(run: AnalysisRun, seat: Seat, mood: float, rng: np.random.Generator) -> list[Window]:
    poor = seat.pupil is not None and seat.pupil.last_name == POORLY_SEEN
    count = POOR_WINDOWS if poor else WINDOWS_A_LESSON
    lesson_mood = mood + float(rng.normal(0, 0.15))
    places = sorted(int(n) for n in rng.choice(LESSON_WINDOWS, size=count, replace=False))
    return [_window(run, seat, index, lesson_mood + float(rng.normal(0, 0.4)), rng) for index in places]


def _window(run: AnalysisRun, seat: Seat, index: int, mood: float, rng: np.random.Generator) -> Window:
    p_neg = 1 / (1 + exp(2.1 - mood))
    p_pos = (1 - p_neg) / (1 + exp(1.3 + 0.4 * float(rng.normal())))
    return Window(
        run=run,
        pupil=seat.pupil,
        index=index,
        start_s=10.0 * index,
        n=int(rng.integers(6, 11)),
        p_neg=p_neg,
        p_pos=p_pos,
        score=0.9,
        face_height_px=seat.face_height_px,
        nose_offset=0.1,
        sharpness=120.0,
    )


def _run_seat(run: AnalysisRun, seat: Seat, windows: list[Window]) -> RunSeat:
    own = [window for window in windows if window.pupil_id == seat.pupil_id]
    used = sum(window.n for window in own)
    return RunSeat(
        run=run,
        seat=seat,
        pupil=seat.pupil,
        coverage=len(own) / LESSON_WINDOWS,
        frames_used=used,
        frames_rejected={"turned_away": used // 3},
    )


def last_moment(lessons: list[Lesson]) -> datetime:
    """When the newest of these lessons began."""
    return max((lesson.starts_at for lesson in lessons), default=timezone.now())
