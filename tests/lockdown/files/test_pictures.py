"""Pictures are drawn anew: what a camera wrote beside the pixels is gone, and nothing else than a picture passes."""

from io import BytesIO

import pytest
from PIL import Image

from lockdown.files import pictures
from lockdown.files.pictures import MEDIA_TYPES, SCANS, UnreadablePictureError, redrawn

MAKER, GPS = "the phone of Aru", 0x8825
TURNED_RIGHT = 6  # of EXIF's orientations


def picture(form: str, size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, format=form, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    told = Image.Exif()
    told[0x010F], told[0x0112] = MAKER, orientation
    told.get_ifd(GPS)[1] = "N"
    return told


@pytest.mark.parametrize("form", sorted(MEDIA_TYPES))
def test_a_picture_keeps_its_type_and_loses_what_the_camera_told(form: str) -> None:
    dirty = picture(form, exif=exif())
    assert MAKER.encode() in dirty
    clean, media_type = redrawn(dirty)
    assert media_type == f"image/{form.lower()}"
    assert MAKER.encode() not in clean
    with Image.open(BytesIO(clean)) as drawn:
        assert (drawn.format, drawn.size, dict(drawn.getexif())) == (form, (40, 20), {})


def test_a_picture_taken_with_the_phone_turned_is_upright() -> None:
    clean, _media_type = redrawn(picture("JPEG", exif=exif(TURNED_RIGHT)))
    with Image.open(BytesIO(clean)) as drawn:
        assert drawn.size == (20, 40)


def test_what_lies_behind_a_picture_does_not_come_along() -> None:
    clean, _media_type = redrawn(picture("PNG") + b"<script>hidden()</script>")
    assert b"hidden" not in clean


@pytest.mark.parametrize("content", [b"", b"ftypheic", b"RIFF0000WAVEfmt ", picture("GIF"), picture("JPEG")[:200]])
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadablePictureError):
        redrawn(content)


def test_who_asks_for_scans_gets_no_other_type() -> None:
    with pytest.raises(UnreadablePictureError):
        redrawn(picture("WEBP"), SCANS)


def test_a_picture_of_too_many_pixels_is_not_even_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 799)
    with pytest.raises(UnreadablePictureError):
        redrawn(picture("PNG"))
