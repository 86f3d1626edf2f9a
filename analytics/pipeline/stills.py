"""A still on which seats are drawn must show nobody: looks for faces in it, and blurs it as a whole (rule 12)."""

from collections.abc import Iterator
from typing import Final

import cv2

from analytics.pipeline.images import Image
from analytics.pipeline.packs import FaceDetector
from analytics.pipeline.scaling import at_most

# The detector finds faces that fill 1/8 to 2/3 of what it is given, so a room is looked at in overlapping tiles.
TILE_SIDES_PX: Final = (160, 320, 640, 1280)
LONGEST_SCANNED_PX: Final = 1920
# Higher than what furniture, textures and written pages reach (0.73), lower than what a frontal face reaches (0.9).
FACE_SCORE: Final = 0.75
# Points across a blurred picture, coarser until no face is found. At 80 a face of a tenth of the frame's width is 8
# points wide; familiar faces are told apart from about 7 by 10 on (Sinha et al., Proc. IEEE 94(11), 2006).
POINTS_ACROSS: Final = (80, 56, 40, 28, 20)


def shows_a_face(picture: Image, detector: FaceDetector) -> bool:
    """Whether a face is found anywhere in a (height, width, 3) BGR picture. A face smaller than 20 px may be missed."""
    scanned = at_most(picture, LONGEST_SCANNED_PX)
    return any(detector.detect(tile, FACE_SCORE) for tile in _tiles(scanned))


def blurred_as_a_whole(picture: Image, detector: FaceDetector) -> Image:
    """A picture of the same size so coarse that no face is found in it and none can be recognised."""
    blurred = picture
    for points in POINTS_ACROSS:
        blurred = _coarse(picture, points)
        if not shows_a_face(at_most(blurred, TILE_SIDES_PX[2]), detector):
            return blurred
    return blurred


def _coarse(picture: Image, points: int) -> Image:
    height, width = picture.shape[:2]
    share = points / max(width, height)
    small = cv2.resize(
        picture, (max(1, round(width * share)), max(1, round(height * share))), None, 0, 0, cv2.INTER_AREA
    )
    smooth = cv2.GaussianBlur(small, (0, 0), 0.8)
    return cv2.resize(smooth, (width, height), None, 0, 0, cv2.INTER_CUBIC).astype(picture.dtype, copy=False)


def _tiles(picture: Image) -> Iterator[Image]:
    """The whole picture, then squares that overlap by half, the large ones first."""
    yield picture
    height, width = picture.shape[:2]
    for side in reversed([side for side in TILE_SIDES_PX if side < max(width, height)]):
        step = side // 2
        for top in range(0, max(1, height - step), step):
            for left in range(0, max(1, width - step), step):
                yield picture[top : top + side, left : left + side]
