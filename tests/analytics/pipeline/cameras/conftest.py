"""Cameras as processes of their own, on loopback."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from analytics.pipeline.cameras.places import CameraPlace, parse_camera_url
from tests.analytics.pipeline.sources import textured, write_video

ROOT = Path(__file__).resolve().parents[4]
Starts = Callable[..., CameraPlace]


@contextmanager
def camera(film: Path, way: str = "plain", port: int = 0, login: str = "", location: str = "") -> Iterator[CameraPlace]:
    """A camera that shows the film, and where it is."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.analytics.pipeline.cameras.server", str(film), str(port), way],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "LOCATION": location},
        text=True,
    )
    assert process.stdout
    try:
        word, _, found = process.stdout.readline().partition(" ")
        assert word == "ready"
        yield parse_camera_url(f"rtsp://{login}127.0.0.1:{int(found)}/live")
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def starts() -> Iterator[Starts]:
    """Start a camera, see `camera`; all of them end with the test."""
    with ExitStack() as running:
        yield lambda film, way="plain", **more: running.enter_context(camera(film, way, **more))


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds at ten frames a second, a keyframe each half second."""
    images = [textured(320, 180, 1) // 2 + 4 * number for number in range(20)]
    return write_video(tmp_path_factory.mktemp("film") / "film.mp4", images, fps=10, gop=5)
