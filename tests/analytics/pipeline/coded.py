"""Pictures whose every pixel says where and when it was, so that what a model was given can be told exactly."""

import numpy as np
import numpy.typing as npt

from analytics.pipeline.images import Image

Numbers = npt.NDArray[np.int64]
MOST = 254  # columns, rows and frames that can be told apart


def coded_frame(width_px: int, height_px: int, number: int) -> Image:
    """Blue is the column, green the row and red the frame, each plus one: black is what was masked."""
    if max(width_px, height_px, number) > MOST:
        raise ValueError((width_px, height_px, number))
    ys, xs = np.mgrid[0:height_px, 0:width_px]
    return np.dstack([xs + 1, ys + 1, np.full_like(xs, number + 1)]).astype(np.uint8)


def points_of(crop: Image) -> tuple[Numbers, Numbers, Numbers]:
    """Columns, rows and frames of the pixels that are not black."""
    told = crop[crop.any(axis=2)].astype(np.int64) - 1
    return told[:, 0], told[:, 1], told[:, 2]
