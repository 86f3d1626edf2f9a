"""How a picture is made smaller. Apart from `images`, for the decoding process starts without OpenCV."""

import cv2

from analytics.pipeline.images import Image


def at_most(image: Image, longest_px: int) -> Image:
    """The picture itself, or one whose longer side is `longest_px` where it is larger."""
    height, width = image.shape[:2]
    share = min(1.0, longest_px / max(width, height))
    if share == 1.0:
        return image
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return cv2.resize(image, size, None, 0, 0, cv2.INTER_AREA).astype(image.dtype, copy=False)
