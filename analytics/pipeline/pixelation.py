"""Covers what moves: whatever moved once in a clip is covered in the whole of it (rule 12).

No model is asked who or what it is. A person who sits still from the first frame to the last is not covered.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from analytics.pipeline.images import Image
from analytics.pipeline.scaling import at_most

# Cells along the longer side. Familiar faces are told apart from about 7 by 10 points on (Sinha et al., Proc. IEEE
# 94(11), 2006): a face that fills a third of the picture's width has fewer.
CELLS_ACROSS: Final = 20
# Movement is looked for in a picture this many points across: fine enough for a hand, coarse enough against noise.
SEEN_ACROSS: Final = 320
# Levels of 256 by which a point must change in one of its colours to have moved: more where it is bright, for noise
# and compression grow with the light. What is left of them after the averaging stays below.
CHANGE: Final = 6
CHANGE_SHARE: Final = 0.05
# A picture whose levels lie closer together than this shows nothing reliably, so all of it is covered.
DIMMEST_SPREAD: Final = 24

Cells = NDArray[np.bool_]


class Movement:
    """Where anything moved, over all frames seen. They are BGR, (height, width, 3) uint8, all of one size."""

    def __init__(self) -> None:
        self._darkest: NDArray[np.uint8] | None = None
        self._brightest: NDArray[np.uint8] | None = None
        self._size = (0, 0)

    def see(self, image: Image) -> None:
        """Take one more frame into account."""
        seen = _coarse(image)
        self._size = (image.shape[0], image.shape[1])
        self._darkest = seen if self._darkest is None else np.minimum(self._darkest, seen)
        self._brightest = seen if self._brightest is None else np.maximum(self._brightest, seen)

    def cells(self) -> Cells:
        """Which cells to cover, (rows, columns): those in which something moved, and the ones around them; all of them
        in a picture that is too dim to tell.

        Raises ValueError before the first frame.
        """
        if self._darkest is None or self._brightest is None:
            raise ValueError("no frame was seen")
        rows, columns = grid(*self._size)
        low, high = np.percentile(self._brightest, (1, 99))
        if high - low < DIMMEST_SPREAD:
            return np.ones((rows, columns), np.bool_)
        change = self._brightest - self._darkest
        moved = np.asarray((change > CHANGE + CHANGE_SHARE * self._brightest).any(axis=2), np.float32)
        touched = cv2.resize(moved, (columns, rows), interpolation=cv2.INTER_AREA) > 0
        around = cv2.dilate(touched.astype(np.uint8), np.ones((3, 3), np.uint8))
        return around.astype(np.bool_)


def grid(height_px: int, width_px: int) -> tuple[int, int]:
    """Rows and columns of cells, nearly square, 20 along the longer side and at least one along the other."""
    longest = max(height_px, width_px)
    return max(round(CELLS_ACROSS * height_px / longest), 1), max(round(CELLS_ACROSS * width_px / longest), 1)


def pixelated(image: Image, cells: Cells) -> Image:
    """The picture with each of `cells` (rows, columns) in the one colour of its mean."""
    height, width = image.shape[:2]
    rows, columns = cells.shape
    means = cv2.resize(image, (columns, rows), interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(means, (width, height), interpolation=cv2.INTER_NEAREST)
    covered = cv2.resize(cells.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    return np.where(covered[..., None] > 0, coarse, image).astype(np.uint8, copy=False)


def _coarse(image: Image) -> NDArray[np.uint8]:
    small = at_most(image, SEEN_ACROSS)
    return cv2.GaussianBlur(small, (3, 3), 0).astype(np.uint8, copy=False)
