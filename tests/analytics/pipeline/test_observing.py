"""What of a seat reaches the models."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.pipeline.alignment import ALIGNED_PX
from analytics.pipeline.masks import SeatMask
from analytics.pipeline.observing import Look, look_at_seat
from analytics.pipeline.quality import Thresholds
from tests.analytics.pipeline.sources import frontal_face, scripted_pack, textured

SEAT = SeatMask(
    "a", 0, 0, np.full((200, 200), 255, dtype=np.uint8), np.zeros((200, 200), dtype=np.uint8), face_height_px=100.0
)


@pytest.mark.parametrize(
    ("in_colour", "shape"), [(True, (ALIGNED_PX, ALIGNED_PX, 3)), (False, (ALIGNED_PX, ALIGNED_PX))]
)
def test_an_expression_model_is_given_the_colours_it_wants(in_colour: bool, shape: tuple[int, ...]) -> None:
    face = frontal_face(50, 50, 100)
    pack, _, expression = scripted_pack(face)
    expression.in_colour = in_colour
    look = look_at_seat(textured(200, 200), SEAT, pack, Thresholds())
    assert isinstance(look, Look)
    assert (look.face, look.shares) == (face, expression.shares)
    assert [given.shape for given in expression.seen] == [shape]


def test_two_models_are_each_given_the_colours_they_want() -> None:
    pack, _, expression = scripted_pack(frontal_face(50, 50, 100))
    _, _, second = scripted_pack(frontal_face(50, 50, 100))
    expression.in_colour = False
    look = look_at_seat(textured(200, 200), SEAT, replace(pack, second=second), Thresholds())
    assert isinstance(look, Look)
    assert look.second_shares == second.shares
    assert [given.ndim for given in (*expression.seen, *second.seen)] == [2, 3]
