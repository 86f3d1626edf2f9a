"""From windows to comparable days: which lessons count, which series a day belongs to, and its value."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from analytics.enums import SeriesState
from analytics.models import AnalysisRun, DayValue, RunSeat, Series, Window
from analytics.pipeline import series as days
from analytics.pipeline.series import LessonWindow, class_medians, contrast, day_value
from analytics.rules.geometry import seat_hash
from analytics.selectors.counted_runs import runs_that_count

LATEST = datetime.max.replace(tzinfo=UTC)

Medians: TypeAlias = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Key:
    """What must stay the same for days to be comparable."""

    pupil_id: UUID
    seat_hash: str
    camera_id: int
    card_id: int


@dataclass(slots=True)
class PupilDay:
    """One pupil's lessons of one day before one camera in one seat."""

    key: Key
    windows: list[LessonWindow] = field(default_factory=list)
    lessons: list[str] = field(default_factory=list)
    first_frame_at: datetime = LATEST
    demo: bool = False


def rebuild_day(pupil_id: UUID, day: date) -> list[Series]:
    """`rebuild_days` for one pupil."""
    return rebuild_days([pupil_id], day)


@transaction.atomic
def rebuild_days(pupil_ids: Iterable[UUID], day: date) -> list[Series]:
    """Work out the day's values of these pupils anew from the windows that are kept. Returns the series touched.

    A series that ended with a human decision is not touched by later days: another one begins with a new baseline.
    """
    wanted = set(pupil_ids)
    runs = runs_that_count(AnalysisRun.objects.filter(date=day, seats__pupil__in=wanted).distinct())
    windows = _windows(runs)
    medians = class_medians({str(pupil): rows for pupil, rows in windows.items()})
    touched = []
    for pupil_day in _pupil_days(runs, windows, wanted):
        series = _series_for(pupil_day, day, medians)
        _save_day(series, pupil_day, day, medians)
        touched.append(series)
    return touched


def _lesson(run: AnalysisRun) -> str:
    """The lesson of a day as one camera saw it, however often it was analysed and its seats were drawn."""
    return f"{run.slot_id}:{run.plan.camera_id}"


def _windows(runs: list[AnalysisRun]) -> dict[UUID, list[LessonWindow]]:
    lessons = {run.pk: _lesson(run) for run in runs}
    rows = Window.objects.filter(run__in=runs).order_by("run", "index")
    by_pupil: defaultdict[UUID, list[LessonWindow]] = defaultdict(list)
    for run_id, pupil_id, p_neg, p_pos in rows.values_list("run_id", "pupil_id", "p_neg", "p_pos"):
        by_pupil[pupil_id].append(LessonWindow(lessons[run_id], p_neg, p_pos))
    return dict(by_pupil)


def _pupil_days(
    runs: list[AnalysisRun], windows: Mapping[UUID, list[LessonWindow]], wanted: set[UUID]
) -> list[PupilDay]:
    """The lessons of each wanted pupil, apart by seat, camera and model."""
    by_id = {run.pk: run for run in runs}
    found: dict[Key, PupilDay] = {}
    for row in RunSeat.objects.filter(run__in=runs, pupil__in=wanted).select_related("seat").order_by("pk"):
        run = by_id[row.run_id]
        lesson = _lesson(run)
        geometry = seat_hash(row.seat.polygon, run.plan.frame_width, run.plan.frame_height)
        key = Key(row.pupil_id, geometry, run.plan.camera_id, run.card_id)
        day = found.setdefault(key, PupilDay(key))
        if lesson not in day.lessons:  # else this is another piece of it
            day.windows += [w for w in windows.get(row.pupil_id, ()) if w.lesson_id == lesson]
            day.lessons.append(lesson)
        day.first_frame_at = min(day.first_frame_at, run.recorded_at)
        day.demo = day.demo or run.demo
    return list(found.values())


def _series_for(pupil_day: PupilDay, day: date, medians: Medians) -> Series:
    key = pupil_day.key
    known = Series.objects.filter(
        pupil=key.pupil_id, seat_hash=key.seat_hash, camera=key.camera_id, card=key.card_id
    ).select_related("signal__triage_item")
    series = known.filter(baseline_from__lte=day).first() or known.order_by("baseline_from").first()
    if series is None:
        return _begin(pupil_day, day, medians)
    decided_on = _decided_on(series)
    if decided_on is not None and day > decided_on:
        Series.objects.filter(pk=series.pk).update(state=SeriesState.ENDED)
        return _begin(pupil_day, decided_on + timedelta(days=1), medians)
    series.baseline_from = min(series.baseline_from, day)
    series.first_frame_at = min(series.first_frame_at, pupil_day.first_frame_at)
    series.save(update_fields=["baseline_from", "first_frame_at"])
    return series


def _decided_on(series: Series) -> date | None:
    """The day a human decided on the series' signal."""
    signal = getattr(series, "signal", None)
    decided_at = signal.triage_item.decided_at if signal else None
    return timezone.localdate(decided_at) if decided_at else None


def _begin(pupil_day: PupilDay, baseline_from: date, medians: Medians) -> Series:
    key = pupil_day.key
    return Series.objects.create(
        pupil_id=key.pupil_id,
        seat_hash=key.seat_hash,
        camera_id=key.camera_id,
        card_id=key.card_id,
        class_median=bool(pupil_day.lessons) and all(lesson in medians for lesson in pupil_day.lessons),
        baseline_from=baseline_from,
        first_frame_at=pupil_day.first_frame_at,
        demo=pupil_day.demo,
    )


def _save_day(series: Series, pupil_day: PupilDay, day: date, medians: Medians) -> None:
    subtracted = medians if series.class_median else None
    value = day_value(day, pupil_day.windows, geometry=series.seat_hash, medians=subtracted)
    spread = _lesson_values(pupil_day, subtracted) if value.statistic is not None else []
    DayValue.objects.update_or_create(
        series=series,
        date=day,
        defaults={
            "pupil_id": series.pupil_id,
            "value": value.statistic,
            "low": min(spread, default=None),
            "high": max(spread, default=None),
            "p_neg": value.p_neg,
            "p_pos": value.p_pos,
            "windows": value.n_windows,
            "lessons": value.n_lessons,
        },
    )


def _lesson_values(pupil_day: PupilDay, medians: Medians | None) -> list[float]:
    """Each lesson's own value, counted as the day's."""
    by_lesson: defaultdict[str, list[LessonWindow]] = defaultdict(list)
    for window in pupil_day.windows:
        by_lesson[window.lesson_id].append(window)
    return [
        contrast(rows) - (medians[lesson] if medians is not None else 0.0)
        for lesson, rows in by_lesson.items()
        if medians is None or lesson in medians
    ]


def charted(series: Series, rows: Iterable[DayValue]) -> list[days.DayValue]:
    """The series' rows as the pipeline charts them, in the order of time."""
    return [
        days.DayValue(
            day=row.date,
            geometry=series.seat_hash,
            relative=series.class_median,
            state=days.DayState.INSUFFICIENT if row.value is None else days.DayState.VALID,
            statistic=row.value,
            p_neg=row.p_neg,
            p_pos=row.p_pos,
            n_windows=row.windows,
            n_lessons=row.lessons,
        )
        for row in sorted(rows, key=lambda row: row.date)
    ]
