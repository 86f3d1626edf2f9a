"""The one array type of this package, and how it is made smaller."""

from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

Image: TypeAlias = npt.NDArray[np.uint8]
"""(height, width) or (height, width, 3) in the order blue, green, red."""


def at_most(image: Image, longest_px: int) -> Image:
    """The picture itself, or one whose longer side is `longest_px` where it is larger."""
    height, width = image.shape[:2]
    share = min(1.0, longest_px / max(width, height))
    if share == 1.0:
        return image
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return cv2.resize(image, size, None, 0, 0, cv2.INTER_AREA).astype(image.dtype, copy=False)
