"""Pictures that people send: what they are is found by content, and they are drawn anew (rule 25)."""

from collections.abc import Mapping
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_PIXELS = 40_000_000  # A3 at 300 dpi is 17 million
PREVIEW_PX = 1400
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
SCANS = {name: MEDIA_TYPES[name] for name in ("JPEG", "PNG")}


class UnreadablePictureError(ValueError):
    """No picture of the types that are asked for, or a larger one than a page needs."""


def redrawn(content: bytes, formats: Mapping[str, str] = MEDIA_TYPES) -> tuple[bytes, str]:
    """The picture decoded and encoded again, and its media type; the name that came with it plays no part.

    So EXIF with place and device, comments and what lies behind the picture are gone; how the camera was held is kept
    by turning the pixels. `formats` maps names of Pillow to media types. Raises UnreadablePictureError.
    """
    try:
        with Image.open(BytesIO(content), formats=tuple(formats)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise UnreadablePictureError
            return _encoded(picture), formats[str(picture.format)]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadablePictureError from error


def _encoded(picture: Image.Image) -> bytes:
    """Pixels alone: a new picture carries no metadata over."""
    mode = "L" if picture.mode in ("1", "L") else "RGB"
    upright = ImageOps.exif_transpose(picture)
    bare = Image.new(mode, upright.size)
    bare.paste(upright.convert(mode))
    out = BytesIO()
    bare.save(out, format=picture.format, quality=85)
    return out.getvalue()


def shrunk(content: bytes | Image.Image) -> bytes:
    """A picture as a page shows it: at most PREVIEW_PX wide and high, as WebP."""
    picture = Image.open(BytesIO(content)) if isinstance(content, bytes) else content
    small = picture.convert("RGB")
    small.thumbnail((PREVIEW_PX, PREVIEW_PX))
    out = BytesIO()
    small.save(out, format="WEBP", quality=80)
    return out.getvalue()
