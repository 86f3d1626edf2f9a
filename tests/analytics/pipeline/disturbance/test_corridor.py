"""The drawn corridor of the demo."""

import pytest

from analytics.pipeline.disturbance.corridor import HEIGHT_PX, WIDTH_PX, drawn_frames
from analytics.pipeline.disturbance.memory import pictures_of
from tests.analytics.pipeline.disturbance.scenes import BEGAN


@pytest.mark.parametrize("scuffle", [True, False])
def test_its_figures_move_and_are_the_same_every_time(*, scuffle: bool) -> None:
    frames = drawn_frames(BEGAN, 1.0, scuffle=scuffle)
    assert frames == drawn_frames(BEGAN, 1.0, scuffle=scuffle)
    pictures = [picture.image for picture in pictures_of(frames)]
    assert [picture.shape for picture in pictures] == [(HEIGHT_PX, WIDTH_PX, 3)] * 10
    assert len({picture.tobytes() for picture in pictures}) == 10
    assert frames[-1].at < BEGAN
