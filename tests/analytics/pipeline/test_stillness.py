"""A picture that stands still is told from one that hardly moves."""

import numpy as np
import pytest

from analytics.pipeline.images import Image
from analytics.pipeline.stillness import STILL, Stillness
from tests.analytics.pipeline.sources import textured


def changed(image: Image, share: float) -> Image:
    """By one level at that share of the points that are compared."""
    other = image.copy()
    compared = other[::16, ::16]
    flat = compared.reshape(-1)
    flat[: round(share * flat.size)] += 1
    other[::16, ::16] = flat.reshape(compared.shape)
    return other


def test_the_first_picture_is_new_and_the_same_one_again_is_not() -> None:
    picture, asked = textured(320, 180), Stillness()
    assert [asked.is_new(picture) for _ in range(3)] == [True, False, False]


@pytest.mark.parametrize(("share", "is_new"), [(STILL * 0.9, False), (STILL * 1.2, True)])
def test_it_takes_more_than_a_fiftieth_of_a_level(share: float, is_new: bool) -> None:
    picture, asked = textured(640, 360), Stillness()
    asked.is_new(picture)
    assert asked.is_new(changed(picture, share)) is is_new


def test_what_changes_by_little_and_little_is_new_in_the_end() -> None:
    picture, asked = textured(640, 360), Stillness()
    said = [asked.is_new(changed(picture, step * STILL / 2)) for step in range(6)]
    assert said == [True, False, False, True, False, False]


def test_a_picture_of_another_size_is_new() -> None:
    asked = Stillness()
    assert [asked.is_new(np.zeros((side, side, 3), np.uint8)) for side in (32, 64)] == [True, True]
