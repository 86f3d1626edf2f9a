"""What a signal rests on, frozen at the moment of its crossing, so that the review shows what the system saw.

Values of days are in units of the day statistic, `z` and `ewma` in standard deviations of the baseline.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Self

from analytics.pipeline.baseline import Chart, ChartParameters, Crossing
from analytics.pipeline.quality import Rejection
from analytics.pipeline.series import DayState, DayValue

BAND_SD: Final = 2.0  # the usual range: mean plus and minus two standard deviations
GOOD_COVERAGE: Final = 0.8
FAIR_COVERAGE: Final = 0.6
GOOD_USED_SHARE: Final = 0.5
FAIR_USED_SHARE: Final = 0.25
FROZEN_NOTICED: Final = 0.05


@dataclass(frozen=True)
class EvidenceDay:
    """A day of the series; `value` is None for a day of insufficient data, `ewma` None within the baseline."""

    day: date
    value: float | None
    low: float | None
    high: float | None
    p_neg: float | None
    windows: int
    lessons: int
    ewma: float | None = None


@dataclass(frozen=True)
class Figures:
    """How good the pictures were since the shift began: means over the windows used, and shares of frames.

    `disagreement` 0..1 of two models, the mean over the windows at which both looked; None where there were none.
    """

    face_height_px: float
    sharpness: float
    nose_offset: float
    score: float
    frames_used: int
    frames_rejected: Mapping[str, int]
    disagreement: float | None = None

    @property
    def used_share(self) -> float:
        return self._share(self.frames_used)

    @property
    def frozen_share(self) -> float:
        """Of the frames that only repeated the picture before."""
        return self._share(self.frames_rejected.get(Rejection.FROZEN, 0))

    def _share(self, frames: int) -> float:
        seen = self.frames_used + sum(self.frames_rejected.values())
        return frames / seen if seen else 0.0


@dataclass(frozen=True)
class Evidence:
    """`usual_share` and `shifted_share` are mean shares of negative expression in the baseline and since the shift."""

    days: tuple[EvidenceDay, ...]
    mean: float
    sd: float
    limit: float
    baseline_first: date
    baseline_last: date
    since: date
    crossed_on: date
    above: int
    shifted: int
    usual_share: float
    shifted_share: float
    figures: Figures

    def to_json(self) -> dict[str, Any]:
        """As the signal's row keeps it."""
        content: dict[str, Any] = _plain(asdict(self))
        return content

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """What `to_json` was given. Raises KeyError, TypeError or ValueError for anything else."""
        dates = ("baseline_first", "baseline_last", "since", "crossed_on")
        days = tuple(EvidenceDay(**{**day, "day": date.fromisoformat(day["day"])}) for day in content["days"])
        parsed = {name: date.fromisoformat(content[name]) for name in dates}
        return cls(**{**content, **parsed, "days": days, "figures": Figures(**content["figures"])})


def evidence_of(
    chart: Chart,
    crossing: Crossing,
    spreads: Mapping[date, tuple[float | None, float | None]],
    figures: Figures,
    parameters: ChartParameters,
) -> Evidence:
    """The evidence of a crossing; `spreads` gives the lowest and highest lesson of each day."""
    if chart.baseline is None:
        raise ValueError("a crossing without a baseline")
    base, ewma = chart.baseline, {point.day: point.ewma for point in chart.points}
    shifted = [day for day in chart.days if day.state is DayState.VALID and crossing.since <= day.day <= crossing.day]
    usual = [day for day in chart.days if base.first_day <= day.day <= base.last_day]
    upper = base.mean + BAND_SD * base.sd
    return Evidence(
        days=tuple(_day(day, spreads, ewma) for day in chart.days),
        mean=base.mean,
        sd=base.sd,
        limit=parameters.limit_in_baseline_sd,
        baseline_first=base.first_day,
        baseline_last=base.last_day,
        since=crossing.since,
        crossed_on=crossing.day,
        above=sum(day.statistic is not None and day.statistic > upper for day in shifted),
        shifted=len(shifted),
        usual_share=_mean_share(usual),
        shifted_share=_mean_share(shifted),
        figures=figures,
    )


def quality_of(coverage_share: float, figures: Figures, thresholds: Mapping[str, float]) -> int:
    """Data quality 1 weak, 2 medium, 3 good: by the share of valid days and the share of frames used (own policy).

    It is never good where the picture stood still for a share that is noticed. What two models see differently is the
    less sure; the card's thresholds say from where on.
    """
    return min(_quality_of_data(coverage_share, figures), sureness(figures.disagreement, thresholds))


def sureness(disagreement: float | None, thresholds: Mapping[str, float]) -> int:
    """3 where two models agree or only one looked, 2 where they agree in part, 1 where they disagree."""
    if disagreement is None or disagreement <= thresholds["doubt_disagreement"]:
        return 3
    return 2 if disagreement <= thresholds["max_disagreement"] else 1


def _quality_of_data(coverage_share: float, figures: Figures) -> int:
    moving = figures.frozen_share < FROZEN_NOTICED
    if moving and coverage_share >= GOOD_COVERAGE and figures.used_share >= GOOD_USED_SHARE:
        return 3
    if coverage_share >= FAIR_COVERAGE and figures.used_share >= FAIR_USED_SHARE:
        return 2
    return 1


def _day(
    day: DayValue, spreads: Mapping[date, tuple[float | None, float | None]], ewma: Mapping[date, float]
) -> EvidenceDay:
    low, high = spreads.get(day.day, (None, None))
    return EvidenceDay(day.day, day.statistic, low, high, day.p_neg, day.n_windows, day.n_lessons, ewma.get(day.day))


def _mean_share(days: list[DayValue]) -> float:
    shares = [day.p_neg for day in days if day.p_neg is not None and day.state is DayState.VALID]
    return sum(shares) / len(shares) if shares else 0.0


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
