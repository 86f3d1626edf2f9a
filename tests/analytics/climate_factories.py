"""Weeks of one class before a camera, in which everybody shows the same unless told otherwise."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from analytics.enums import RunState
from analytics.models import AnalysisRun, Seat
from analytics.services.series import rebuild_days
from tests.analytics.factories import Lesson, run_of, seen, two_slots

BACK = (7, 14, 21, 28)  # the same weekday of four weeks, of which windows are still kept
USUAL, RAISED = 0.1, 0.6


def weeks_of(
    where: Lesson, *, back: Iterable[int] = BACK, raised: Iterable[int] = (7,), windows: int = 16
) -> list[AnalysisRun]:
    """Two lessons a day that many days ago, and the days' values; on `raised` days the first lesson differs."""
    runs = []
    for days in back:
        for number, slot in enumerate(two_slots(where)):
            run = run_of(where, day=ago(days), slot=slot, state=RunState.DONE)
            share = RAISED if days in raised and number == 0 else USUAL
            everybody(run, where.seats, p_neg=share, windows=windows)
            runs.append(run)
        rebuild_days([pupil.pk for pupil in where.pupils], ago(days))
    return runs


def everybody(run: AnalysisRun, seats: Iterable[Seat], *, p_neg: float = USUAL, windows: int = 16) -> None:
    """The run saw every one of them."""
    for seat in seats:
        seen(run, seat, p_neg=p_neg, windows=windows)


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
