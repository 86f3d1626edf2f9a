"""From windows to one statistic per pupil and day: logit p_neg - logit p_pos of the day means."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import log
from statistics import fmean, median
from typing import Final

# A share below 1 % cannot be told from none with this model; without a bound a single smile would move a day by 5.
SHARE_FLOOR: Final = 0.01
MIN_WINDOWS: Final = 30
MIN_LESSONS: Final = 2
MIN_CLASS_SIZE: Final = 8


@dataclass(frozen=True)
class LessonWindow:
    """The shares of one kept window of one pupil, and the lesson it comes from."""

    lesson_id: str
    p_neg: float
    p_pos: float


class DayState(StrEnum):
    """INSUFFICIENT means exactly that, never "calm"."""

    VALID = "valid"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True)
class DayValue:
    """One pupil's day. `statistic` is None unless the day is valid; `p_neg` and `p_pos` are means over its windows.

    `geometry` names what must stay the same within a series: pupil's seat outline, camera and model version.
    `relative` says whether the class median was subtracted, which is fixed for a series.
    """

    day: date
    geometry: str
    relative: bool
    state: DayState
    statistic: float | None
    p_neg: float | None
    p_pos: float | None
    n_windows: int
    n_lessons: int


def logit(share: float) -> float:
    """log(p / (1 - p)) with p held within SHARE_FLOOR and 1 - SHARE_FLOOR."""
    held = min(max(share, SHARE_FLOOR), 1 - SHARE_FLOOR)
    return log(held / (1 - held))


def contrast(windows: Sequence[LessonWindow]) -> float:
    """logit of the mean p_neg minus logit of the mean p_pos. Raises StatisticsError without windows."""
    return logit(fmean(w.p_neg for w in windows)) - logit(fmean(w.p_pos for w in windows))


def class_medians(windows_by_pupil: Mapping[str, Iterable[LessonWindow]]) -> dict[str, float]:
    """For each lesson in which at least MIN_CLASS_SIZE consented pupils were seen: the median of their contrasts."""
    seen: defaultdict[str, dict[str, list[LessonWindow]]] = defaultdict(lambda: defaultdict(list))
    for pupil_id, windows in windows_by_pupil.items():
        for window in windows:
            seen[window.lesson_id][pupil_id].append(window)
    return {
        lesson_id: median(map(contrast, by_pupil.values()))
        for lesson_id, by_pupil in seen.items()
        if len(by_pupil) >= MIN_CLASS_SIZE
    }


def day_value(
    day: date, windows: Iterable[LessonWindow], *, geometry: str, medians: Mapping[str, float] | None = None
) -> DayValue:
    """One pupil's value of one day, valid with at least MIN_WINDOWS windows from at least MIN_LESSONS lessons.

    With `medians` (of `class_medians`) the series is relative: only lessons that have a median count, and the mean of
    those medians, each weighted by the pupil's windows in that lesson, is subtracted.
    """
    relative = medians is not None
    counted = [w for w in windows if medians is None or w.lesson_id in medians]
    lessons = {w.lesson_id for w in counted}
    valid = len(counted) >= MIN_WINDOWS and len(lessons) >= MIN_LESSONS
    reference = fmean(medians[w.lesson_id] for w in counted) if medians is not None and counted else 0.0
    return DayValue(
        day=day,
        geometry=geometry,
        relative=relative,
        state=DayState.VALID if valid else DayState.INSUFFICIENT,
        statistic=contrast(counted) - reference if valid else None,
        p_neg=fmean(w.p_neg for w in counted) if counted else None,
        p_pos=fmean(w.p_pos for w in counted) if counted else None,
        n_windows=len(counted),
        n_lessons=len(lessons),
    )
