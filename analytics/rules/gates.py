"""How good the data behind a signal are: each figure against its threshold on the AI card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from analytics.rules.evidence import FAIR_COVERAGE, FAIR_USED_SHARE, Evidence, sureness

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BORDERLINE: Final = 0.1  # within a tenth of the threshold


@dataclass(frozen=True, slots=True)
class QualityGate:
    """`state` is "pass", "borderline" (passed, by less than a tenth) or "fail"; `digits` after the comma.

    What is `counted` is enough or not, never borderline; `borderline` says where else than at a tenth that begins.
    """

    label: "StrOrPromise"
    sign: str
    threshold: float
    value: float
    unit: "StrOrPromise"
    digits: int
    counted: bool = False
    borderline: float | None = None

    @property
    def state(self) -> str:
        more = self.value - self.threshold if self.sign == "≥" else self.threshold - self.value
        if more < 0:
            return "fail"
        margin = BORDERLINE * self.threshold if self.borderline is None else abs(self.threshold - self.borderline)
        return "borderline" if more < margin and not self.counted else "pass"


def quality_gates(
    evidence: Evidence, coverage_share: float, thresholds: Mapping[str, float]
) -> tuple[QualityGate, ...]:
    """The gates of the review page, from the figures since the shift began."""
    figures = evidence.figures
    baseline = sum(
        day.value is not None and evidence.baseline_first <= day.day <= evidence.baseline_last for day in evidence.days
    )
    gates = (
        QualityGate(_("Face height"), "≥", thresholds["min_face_height_px"], figures.face_height_px, "px", 0),
        QualityGate(_("Detector's score"), "≥", thresholds["min_score"], figures.score, "", 2),
        QualityGate(_("Sharpness"), "≥", thresholds["min_sharpness"], figures.sharpness, "", 0),
        QualityGate(_("Turned away"), "≤", thresholds["max_nose_offset"], figures.nose_offset, "", 2),
        QualityGate(_("Frames used"), "≥", FAIR_USED_SHARE * 100, figures.used_share * 100, "%", 0),
        QualityGate(_("Days with enough data"), "≥", FAIR_COVERAGE * 100, coverage_share * 100, "%", 0),
        QualityGate(_("Days in the baseline"), "≥", thresholds["baseline_days"], baseline, "", 0, counted=True),
    )
    return gates if figures.disagreement is None else (*gates, _second_opinion(figures.disagreement, thresholds))


def _second_opinion(disagreement: float, thresholds: Mapping[str, float]) -> QualityGate:
    """How far two models see the same faces differently; from the smaller threshold on it is borderline."""
    most, doubt = thresholds["max_disagreement"] * 100, thresholds["doubt_disagreement"] * 100
    return QualityGate(_("Disagreement of two models"), "≤", most, disagreement * 100, "%", 0, borderline=doubt)


AGREEMENT: "Final[Mapping[int, StrOrPromise]]" = {
    3: _("Two models saw the same."),
    2: _("Two models saw the same in part: the less sure is what they say."),
    1: _("Two models saw it differently: what they say is unsure."),
}


def agreement_words(evidence: Evidence, thresholds: Mapping[str, float]) -> "StrOrPromise | None":
    """What a second model means for the signal, in words; None where only one looked."""
    found = evidence.figures.disagreement
    return None if found is None else AGREEMENT[sureness(found, thresholds)]
