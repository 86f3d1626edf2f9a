"""Whether a picture is a new one. A picture that stands still says nothing, least of all that all is calm."""

from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.pipeline.images import Image

# A sensor is never as still: what an encoder lets through of its noise moves a picture by more, in levels of 256.
STILL: Final = 0.02
EVERY_PX: Final = 16


class Stillness:
    """Compares each picture with the last one that was new."""

    def __init__(self) -> None:
        self._last: npt.NDArray[np.int16] | None = None

    def is_new(self, image: Image) -> bool:
        """Whether this one differs from the last new one; the first and one of another size always do."""
        coarse = image[::EVERY_PX, ::EVERY_PX].astype(np.int16)
        last = self._last
        if last is not None and last.shape == coarse.shape and float(np.abs(coarse - last).mean()) <= STILL:
            return False
        self._last = coarse
        return True
