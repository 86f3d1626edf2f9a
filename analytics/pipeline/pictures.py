"""Pictures from outside: what they are is found by content, and their size before anything is decoded (rule 25)."""

from io import BytesIO
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image as Picture
from PIL import ImageOps, UnidentifiedImageError

from analytics.pipeline.errors import NotAPicture, PictureTooLarge
from analytics.pipeline.images import Image

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000  # what telephones make at most


def decoded_picture(content: bytes, formats: tuple[str, ...], most_pixels: int = MOST_PIXELS) -> Image:
    """The pixels (BGR), upright as the camera was held. `formats` are names of Pillow. Raises a PictureError."""
    try:
        with Picture.open(BytesIO(content), formats=formats) as picture:
            if picture.width * picture.height > most_pixels:
                raise PictureTooLarge(f"{picture.width}x{picture.height}")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Picture.DecompressionBombError) as error:
        raise NotAPicture(str(error)) from error
    return cv2.cvtColor(np.asarray(upright), cv2.COLOR_RGB2BGR).astype(np.uint8, copy=False)


def read_picture(path: Path, formats: tuple[str, ...]) -> Image:
    """The pixels of a file, as above. Raises a PictureError, or OSError where it cannot be opened."""
    if path.stat().st_size > MOST_BYTES:
        raise PictureTooLarge(f"{path.stat().st_size} bytes")
    return decoded_picture(path.read_bytes(), formats)
