"""One rendered lesson for all tests of this room, and a worker that analyses it in the test's own thread."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from analytics.pipeline import engine
from analytics.pipeline.clips import render_clip
from analytics.services import analysing, gating, heartbeat
from analytics.tasks import run_analysis
from tests.analytics.factories import lesson_clip

Film = Callable[[datetime], bytes]
AtFrame = Callable[[int, Callable[[], object]], None]
Commits = Callable[..., AbstractContextManager[list[Callable[[], object]]]]
Execute = Callable[[UUID], None]


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


@pytest.fixture
def execute(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commits) -> Execute:
    """Execute a run as a worker does, in this thread alone: the test's transaction is seen by no other."""
    monkeypatch.setattr(heartbeat.Heartbeat, "__enter__", lambda self: self)
    monkeypatch.setattr(heartbeat.Heartbeat, "__exit__", lambda self, *error: None)

    def executing(run_id: UUID) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            run_analysis(str(run_id))

    return executing


@pytest.fixture
def beat(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beat at every frame, in the work's own thread, instead of every two seconds beside it."""
    progressing = analysing.Notes.on_progress

    def on_progress(self: analysing.Notes, progress: engine.Progress) -> None:
        progressing(self, progress)
        self._heartbeat.beat()

    monkeypatch.setattr(analysing.Notes, "on_progress", on_progress)


@pytest.fixture
def at_frame(monkeypatch: pytest.MonkeyPatch) -> AtFrame:
    """Have something happen before a frame is looked at; everything that is asked is asked anew at each frame."""
    monkeypatch.setattr(gating, "READ_ANEW_AFTER_S", 0.0)
    monkeypatch.setattr(analysing, "KEEP_EVERY_S", 0.0)

    def when(number: int, happens: Callable[[], object]) -> None:
        take = engine._Run.take

        def taking(self: engine._Run, t_s: float, image: object) -> None:
            if self.frames_sampled == number:
                happens()
            take(self, t_s, image)  # type: ignore[arg-type]

        monkeypatch.setattr(engine._Run, "take", taking)

    return when
