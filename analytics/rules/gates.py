"""How good the data behind a signal are: each figure against its threshold on the AI card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from analytics.rules.evidence import FAIR_COVERAGE, FAIR_USED_SHARE, Evidence

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BORDERLINE: Final = 0.1  # within a tenth of the threshold


@dataclass(frozen=True, slots=True)
class QualityGate:
    """`state` is "pass", "borderline" (passed, by less than a tenth) or "fail"; `digits` after the comma.

    What is `counted` is enough or not, never borderline.
    """

    label: "StrOrPromise"
    sign: str
    threshold: float
    value: float
    unit: "StrOrPromise"
    digits: int
    counted: bool = False

    @property
    def state(self) -> str:
        more = self.value - self.threshold if self.sign == "≥" else self.threshold - self.value
        if more < 0:
            return "fail"
        return "borderline" if more < BORDERLINE * self.threshold and not self.counted else "pass"


def quality_gates(
    evidence: Evidence, coverage_share: float, thresholds: Mapping[str, float]
) -> tuple[QualityGate, ...]:
    """The gates of the review page, from the figures since the shift began."""
    figures = evidence.figures
    baseline = sum(
        day.value is not None and evidence.baseline_first <= day.day <= evidence.baseline_last for day in evidence.days
    )
    return (
        QualityGate(_("Face height"), "≥", thresholds["min_face_height_px"], figures.face_height_px, "px", 0),
        QualityGate(_("Detector's score"), "≥", thresholds["min_score"], figures.score, "", 2),
        QualityGate(_("Sharpness"), "≥", thresholds["min_sharpness"], figures.sharpness, "", 0),
        QualityGate(_("Turned away"), "≤", thresholds["max_nose_offset"], figures.nose_offset, "", 2),
        QualityGate(_("Frames used"), "≥", FAIR_USED_SHARE * 100, figures.used_share * 100, "%", 0),
        QualityGate(_("Days with enough data"), "≥", FAIR_COVERAGE * 100, coverage_share * 100, "%", 0),
        QualityGate(_("Days in the baseline"), "≥", thresholds["baseline_days"], baseline, "", 0, counted=True),
    )
