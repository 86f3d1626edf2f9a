"""One rendered lesson for all tests of this room."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from analytics.pipeline.clips import render_clip
from tests.analytics.factories import lesson_clip

Film = Callable[[datetime], bytes]


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Twelve seconds with three faces, without a recording time."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    render_clip(path, lesson_clip())
    return path.read_bytes()


@pytest.fixture
def dated_film(tmp_path: Path) -> Film:
    """Renders a short film that says when it was recorded."""

    def render(recorded_at: datetime) -> bytes:
        path = tmp_path / "dated.mp4"
        render_clip(path, lesson_clip(duration_s=2, recorded_at=recorded_at))
        return path.read_bytes()

    return render
