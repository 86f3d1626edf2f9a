"""An upright, equally large cut-out of every face, so that sharpness and expression are comparable."""

from math import atan2, cos, degrees, sin
from typing import Final

import cv2
import numpy as np

from analytics.pipeline.images import Image
from analytics.pipeline.packs import Face

ALIGNED_PX: Final = 112
# The detector's box ends at the brows; the expression network was trained on boxes that take in the forehead.
MARGIN: Final = 1.2
LIFT: Final = 0.05


def align_face(image: Image, face: Face) -> Image:
    """A square of `ALIGNED_PX` around the face with its eyes on a level, in the image's colours."""
    angle = eye_line_angle(face)
    side_px = max(face.width_px, face.height_px) * MARGIN
    up_px = face.height_px * LIFT
    centre = (
        face.left_px + face.width_px / 2 + sin(angle) * up_px,
        face.top_px + face.height_px / 2 - cos(angle) * up_px,
    )
    turn = np.asarray(cv2.getRotationMatrix2D(centre, degrees(angle), ALIGNED_PX / side_px), dtype=np.float64)
    turn[:, 2] += np.array([ALIGNED_PX / 2 - centre[0], ALIGNED_PX / 2 - centre[1]])
    return cv2.warpAffine(image, turn, (ALIGNED_PX, ALIGNED_PX), flags=cv2.INTER_LINEAR).astype(np.uint8, copy=False)


def eye_line_angle(face: Face) -> float:
    """The tilt of the line through the eyes, in radians, positive when the right one is lower in the image."""
    return atan2(face.right_eye[1] - face.left_eye[1], face.right_eye[0] - face.left_eye[0])


def grey_of(image: Image) -> Image:
    """The image itself where it is grey."""
    if image.ndim == 2:
        return image
    return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)


def sharpness(aligned: Image) -> float:
    """Variance of the Laplacian of the grey aligned cut-out (Pech-Pacheco et al., ICPR 2000)."""
    _, deviation = cv2.meanStdDev(cv2.Laplacian(grey_of(aligned), cv2.CV_16S))
    return float(deviation[0, 0] ** 2)
