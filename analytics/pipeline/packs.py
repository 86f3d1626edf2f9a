"""Models come as packs behind two protocols. A pack belongs to one thread: its interpreters are not shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from analytics.pipeline.images import Image


class Expression(StrEnum):
    """What an expression model can tell apart. Of a pupil only the shares they are summed into are shown or stored."""

    ANGER = "anger"
    CONTEMPT = "contempt"
    DISGUST = "disgust"
    FEAR = "fear"
    HAPPINESS = "happiness"
    NEUTRAL = "neutral"
    SADNESS = "sadness"
    SURPRISE = "surprise"


@dataclass(frozen=True)
class Face:
    """A face from the brows to the chin, in the pixels of the image given to the detector.

    It may reach beyond the image's edge. `left_eye` is the eye on the image's left side.
    """

    left_px: float
    top_px: float
    width_px: float
    height_px: float
    score: float
    left_eye: tuple[float, float]
    right_eye: tuple[float, float]
    nose: tuple[float, float]


class FaceDetector(Protocol):
    def detect(self, image: Image, min_score: float) -> list[Face]:
        """Faces of a (height, width, 3) BGR image that score at least `min_score` (0..1), the best first."""


class ExpressionModel(Protocol):
    @property
    def in_colour(self) -> bool:
        """Whether it is given faces in BGR; a grey one is cut out in a third of the time."""

    def distribution(self, face: Image) -> Mapping[Expression, float]:
        """Probabilities, summing to 1, for an upright face as `alignment.align_face` cuts it."""


@dataclass(frozen=True)
class ModelFile:
    """One file of a pack as its card states it: SPDX licence, where it comes from, and its pinned sha256.

    `layout` says how its input and output are read, see `layouts`; empty in the built-in pack.
    """

    role: str
    file_name: str
    licence: str
    source: str
    sha256: str
    layout: str = ""


@dataclass(frozen=True)
class PackCard:
    name: str
    version: str
    files: tuple[ModelFile, ...]


@dataclass(frozen=True)
class ModelPack:
    """`second` gives a second opinion of each face, which counts for nothing but the doubt about the first one's."""

    card: PackCard
    detector: FaceDetector
    expression: ExpressionModel
    second: ExpressionModel | None = None

    @property
    def in_colour(self) -> bool:
        """Whether a face is to be cut out in colour: one of the models wants it so."""
        return self.expression.in_colour or (self.second is not None and self.second.in_colour)
