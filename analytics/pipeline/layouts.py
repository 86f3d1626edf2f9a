"""How a network's input is made and its output is read, by a name that stands on the AI card."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analytics.pipeline.packs import Expression

SEVEN: Final = (
    Expression.ANGER, Expression.DISGUST, Expression.FEAR, Expression.HAPPINESS, Expression.NEUTRAL, Expression.SADNESS,
    Expression.SURPRISE,
)  # fmt: skip
EIGHT: Final = (SEVEN[0], Expression.CONTEMPT, *SEVEN[1:])
FACE_API: Final = (
    Expression.NEUTRAL, Expression.HAPPINESS, Expression.SADNESS, Expression.ANGER, Expression.FEAR,
    Expression.DISGUST, Expression.SURPRISE,
)  # fmt: skip
IMAGENET_MEAN: Final = (123.675, 116.28, 103.53)
IMAGENET_DEVIATION: Final = (58.395, 57.12, 57.375)


class Role(StrEnum):
    """What a file is in a pack, as the card says it."""

    DETECTOR = "face detector"
    EXPRESSION = "expression"


@dataclass(frozen=True)
class ExpressionLayout:
    """Red, green, blue as 1×3×`input_px`×`input_px`, minus `mean`, by `deviation`, both in levels of 0..255.

    The first of `outputs` numbers are those of `labels`: logits, or probabilities.
    """

    input_px: int
    labels: tuple[Expression, ...]
    outputs: int
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    deviation: tuple[float, float, float] = (1.0, 1.0, 1.0)
    logits: bool = True


def _emotieff(input_px: int, labels: tuple[Expression, ...], further: int = 0) -> ExpressionLayout:
    return ExpressionLayout(input_px, labels, len(labels) + further, IMAGENET_MEAN, IMAGENET_DEVIATION)


BLAZEFACE: Final = "blazeface"
YUNET: Final = "yunet"
MINI_XCEPTION: Final = "mini-xception"
DETECTORS: Final = frozenset({BLAZEFACE, YUNET})
PACKAGED: Final = frozenset({BLAZEFACE, MINI_XCEPTION})
NETWORKS: Final = {
    "face-api": ExpressionLayout(112, FACE_API, 7, logits=False),
    "emotieff-7-260": _emotieff(260, SEVEN),
    "emotieff-8-224": _emotieff(224, EIGHT),
    "emotieff-8-260": _emotieff(260, EIGHT),
    "emotieff-8-mtl-224": _emotieff(224, EIGHT, further=2),  # valence and arousal, which nobody reads
    "mobilefacenet-7": ExpressionLayout(112, SEVEN, 7, (127.5, 127.5, 127.5), (127.5, 127.5, 127.5)),
}
INSTALLABLE: Final = (YUNET, *NETWORKS)


def role_of(layout: str) -> Role:
    """Raises KeyError for a layout that nobody knows."""
    if layout in DETECTORS:
        return Role.DETECTOR
    if layout != MINI_XCEPTION:
        NETWORKS[layout]
    return Role.EXPRESSION
