"""The one array type of this package."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Image: TypeAlias = npt.NDArray[np.uint8]
"""(height, width) or (height, width, 3) in the order blue, green, red."""
