"""How the figures of an evaluation read on the card."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class EvaluationFigures:
    """How well negative, neutral and positive were told: whole percents with the ends of their 95 % interval."""

    right_percent: int
    low_percent: int
    high_percent: int
    calibration_error: float


@dataclass(frozen=True, slots=True)
class EvaluatedGroup:
    """One group of a set. `used` of `files` is None for too small a group, `figures` where too few were used."""

    name: str
    files: int | None
    used: int | None
    figures: EvaluationFigures | None


def shown_figures(kept: Mapping[str, Any]) -> EvaluationFigures:
    """Of `figures` as an evaluation keeps them, of the whole set or of one group."""
    right = kept["pooled"]["accuracy"]
    value, low, high = (round(100 * right[name]) for name in ("value", "low", "high"))
    return EvaluationFigures(value, low, high, kept["calibration"]["expected_error"])


def shown_groups(kept: Mapping[str, Any]) -> tuple[EvaluatedGroup, ...]:
    return tuple(_group(group) for group in kept["groups"])


def _group(kept: Mapping[str, Any]) -> EvaluatedGroup:
    figures = shown_figures(kept["figures"]) if "figures" in kept else None
    return EvaluatedGroup(kept["group"], kept.get("files"), kept.get("used", {}).get("count"), figures)
