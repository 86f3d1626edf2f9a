"""One look at one seat: the face that may be looked at, cut out upright, and what the model says of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.pipeline.alignment import align_face, grey_of, sharpness
from analytics.pipeline.images import Image
from analytics.pipeline.masks import SeatMask
from analytics.pipeline.packs import Expression, ExpressionModel, Face, ModelPack
from analytics.pipeline.quality import Rejection, Thresholds, choose_face


@dataclass(frozen=True)
class Look:
    """A face that passed the observation gate, and the model's distribution over expressions for it.

    `second_shares` is that of the pack's second model, where it has one.
    """

    face: Face
    sharpness: float
    shares: Mapping[Expression, float]
    second_shares: Mapping[Expression, float] | None = None


def look_at_seat(crop: Image, seat: SeatMask, pack: ModelPack, thresholds: Thresholds) -> Look | Rejection:
    """What is seen in a seat's crop (BGR), or the first reason why nothing may be."""
    face = choose_face(pack.detector.detect(crop, thresholds.second_face_score), seat, thresholds)
    if isinstance(face, Rejection):
        return face
    aligned = align_face(crop if pack.in_colour else grey_of(crop), face)
    sharp = sharpness(aligned)
    if sharp < thresholds.min_sharpness:
        return Rejection.BLURRED
    second = _seen_by(pack.second, aligned) if pack.second else None
    return Look(face, sharp, _seen_by(pack.expression, aligned), second)


def _seen_by(model: ExpressionModel, aligned: Image) -> Mapping[Expression, float]:
    return model.distribution(aligned if model.in_colour else grey_of(aligned))
