"""What the tests of the pipeline share: one rendered lesson with three faces, and the built-in models."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.pipeline.builtin import load_builtin_pack
from analytics.pipeline.clips import Clip, person_at, place_in_rows, render_clip
from analytics.pipeline.images import Image
from analytics.pipeline.packs import ModelPack
from tests.analytics.pipeline.sources import textured, write_video

RECORDED_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLACES = place_in_rows(columns=3, rows=1, face_height_share=0.18)
LESSON = Clip(
    places=PLACES,
    people=tuple(person_at(place, number) for number, place in enumerate(PLACES)),
    width_px=960,
    height_px=540,
    fps=4,
    duration_s=12,
    recorded_at=RECORDED_AT,
)


@pytest.fixture(scope="session")
def lesson_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds of H.264 with a keyframe each second."""
    path = tmp_path_factory.mktemp("lesson") / "lesson.mp4"
    render_clip(path, LESSON)
    return path


@pytest.fixture(scope="session")
def pack() -> ModelPack:
    return load_builtin_pack()


@pytest.fixture
def small_images() -> list[Image]:
    """Eight seconds at five frames a second."""
    return [textured(128, 64, seed) // 2 + number for number, seed in enumerate(range(40))]


@pytest.fixture
def small_video(tmp_path: Path, small_images: list[Image]) -> Path:
    return write_video(tmp_path / "small.mp4", small_images)
