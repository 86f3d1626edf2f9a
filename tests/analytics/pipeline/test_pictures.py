"""Pictures from outside: found by content, upright, and refused by their size before they are decoded."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from analytics.pipeline import pictures
from analytics.pipeline.errors import NotAPicture, PictureTooLarge
from analytics.pipeline.pictures import decoded_picture, read_picture

TURNED_RIGHT = 6  # of EXIF's orientations


def encoded(form: str, size: tuple[int, int] = (4, 2), colour: str = "red", **options: object) -> bytes:
    out = BytesIO()
    Picture.new("RGB", size, colour).save(out, format=form, **options)
    return out.getvalue()


def test_pixels_come_as_blue_green_red() -> None:
    assert decoded_picture(encoded("PNG"), ("PNG",)).tolist() == [[[0, 0, 255]] * 4] * 2


def test_a_picture_taken_with_the_telephone_turned_is_upright() -> None:
    exif = Picture.Exif()
    exif[0x0112] = TURNED_RIGHT
    assert decoded_picture(encoded("JPEG", exif=exif), ("JPEG",)).shape == (4, 2, 3)


@pytest.mark.parametrize("content", [b"", b"no picture", encoded("GIF"), encoded("JPEG")[:200], encoded("WEBP")])
def test_what_is_none_of_the_formats_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        decoded_picture(content, ("JPEG", "PNG"))


def test_too_many_pixels_are_refused_from_the_head_alone() -> None:
    head = encoded("PNG", (4, 2))[:60]
    with pytest.raises(PictureTooLarge, match="4x2"):
        decoded_picture(head, ("PNG",), most_pixels=7)


def test_a_file_is_read_up_to_a_weight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(encoded("PNG", colour="blue"))
    assert np.array_equal(read_picture(path, ("PNG",))[0, 0], (255, 0, 0))
    monkeypatch.setattr(pictures, "MOST_BYTES", 10)
    with pytest.raises(PictureTooLarge, match="bytes"):
        read_picture(path, ("PNG",))
