"""Windows of ten seconds: the only thing about an expression that outlives its frame."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Final

from analytics.pipeline.packs import Expression

WINDOW_S: Final = 10.0
MIN_OBSERVATIONS: Final = 5
NEGATIVE: Final = frozenset(
    {Expression.ANGER, Expression.CONTEMPT, Expression.DISGUST, Expression.FEAR, Expression.SADNESS}
)
POSITIVE: Final = frozenset({Expression.HAPPINESS})


@dataclass(frozen=True)
class Observation:
    """One face that passed the observation gate; `second` is (p_neg, p_pos) of a second model."""

    p_neg: float
    p_pos: float
    score: float
    face_height_px: float
    nose_offset: float
    sharpness: float
    second: tuple[float, float] | None = None


@dataclass(frozen=True)
class Window:
    """Means over one seat's window. `(seat_id, index)` is its key: a repeated run delivers the same windows again.

    It covers `start_s` to `start_s + WINDOW_S` of the video. `p_neg` and `p_pos` are shares 0..1 of expressions
    pooled as negative and positive; the rest is neutral or surprised. `mean_quality` is the mean detector score, 0..1.
    `disagreement` 0..1 of two models about the window, None where only one looked.
    """

    seat_id: str
    index: int
    start_s: float
    n_observations: int
    p_neg: float
    p_pos: float
    mean_quality: float
    mean_face_height_px: float
    mean_nose_offset: float
    mean_sharpness: float
    disagreement: float | None = None

    @property
    def end_s(self) -> float:
        return self.start_s + WINDOW_S


@dataclass
class OpenWindow:
    """The window of one seat that is being filled. `spoilt` once its gate was closed at any of its frames."""

    seat_id: str
    index: int
    spoilt: bool = False
    observations: list[Observation] = field(default_factory=list)

    def close(self) -> Window | None:
        """The finished window, or None if its gate was closed at a frame or it has too few observations."""
        if self.spoilt or len(self.observations) < MIN_OBSERVATIONS:
            return None
        return mean_window(self.seat_id, self.index, self.observations)


def window_index(t_s: float) -> int:
    return int(t_s // WINDOW_S)


def windows_in(duration_s: float) -> int:
    """How many windows of that duration can hold `MIN_OBSERVATIONS` at a frame a second."""
    whole, rest_s = divmod(duration_s, WINDOW_S)
    return int(whole) + (rest_s >= MIN_OBSERVATIONS)


def pooled(distribution: Mapping[Expression, float]) -> tuple[float, float]:
    """(p_neg, p_pos) of a distribution over expressions."""
    negative = sum(share for expression, share in distribution.items() if expression in NEGATIVE)
    positive = sum(share for expression, share in distribution.items() if expression in POSITIVE)
    return negative, positive


def mean_window(seat_id: str, index: int, observations: Sequence[Observation]) -> Window:
    """The mean of the distributions; pooling before or after taking the mean is the same."""
    return Window(
        seat_id=seat_id,
        index=index,
        start_s=index * WINDOW_S,
        n_observations=len(observations),
        p_neg=fmean(o.p_neg for o in observations),
        p_pos=fmean(o.p_pos for o in observations),
        mean_quality=fmean(o.score for o in observations),
        mean_face_height_px=fmean(o.face_height_px for o in observations),
        mean_nose_offset=fmean(o.nose_offset for o in observations),
        mean_sharpness=fmean(o.sharpness for o in observations),
        disagreement=_disagreement(observations),
    )


def disagreement(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Of two (p_neg, p_pos): the share 0..1 that would have to move from one kind to another to make them alike.

    The total variation distance of the distributions over negative, positive and the rest.
    """
    negative, positive = one[0] - other[0], one[1] - other[1]
    return (abs(negative) + abs(positive) + abs(negative + positive)) / 2


def _disagreement(observations: Sequence[Observation]) -> float | None:
    """Between the means, since single looks waver in any model."""
    pairs = [((o.p_neg, o.p_pos), o.second) for o in observations if o.second is not None]
    if not pairs:
        return None
    ones, others = zip(*pairs, strict=True)
    return disagreement(_mean_shares(ones), _mean_shares(others))


def _mean_shares(shares: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return fmean(p_neg for p_neg, _ in shares), fmean(p_pos for _, p_pos in shares)
