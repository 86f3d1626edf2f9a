"""A recorded file is fed to the watch: windows and events are printed, and kept for a camera."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import cv2
import pytest
from django.core.management import CommandError, call_command

from analytics.models import CameraMotion, Disturbance
from analytics.pipeline.disturbance.watching import STATE_VERSION
from analytics.services.disturbances import keep_motion
from tests.analytics.disturbance_factories import corridor_camera
from tests.analytics.pipeline.disturbance.scenes import (
    BEGAN,
    HEIGHT,
    WIDTH,
    filmed,
    scuffle,
    walking,
    who_knows_walking,
)
from tests.directory.factories import SchoolFactory

pytestmark = pytest.mark.django_db
SCENES = ((walking, 6), (scuffle, 9), (walking, 14))


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "corridor.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (WIDTH, HEIGHT))
    for scene, seconds in SCENES:
        for _at, image in filmed(scene, seconds):
            writer.write(image)
    writer.release()
    return path


def said(film: Path, **options: object) -> str:
    out = StringIO()
    call_command("try_disturbance", film, stdout=out, began=BEGAN, **options)
    return out.getvalue()


def test_an_unknown_camera_learns(film: Path) -> None:
    lines = said(film, windows=True).splitlines()
    assert len(lines) == 14
    assert {line.split(" ", 1)[1] for line in lines} == {"seen learning"}


def test_a_known_camera_tells_and_keeps_its_event(film: Path) -> None:
    camera = corridor_camera(SchoolFactory.create())
    keep_motion(camera.pk, {"version": STATE_VERSION, **who_knows_walking().to_json()})
    before = CameraMotion.objects.get().state
    told = said(film, camera=camera.pk)
    assert "event, strength" in told
    assert "in the queue" in told
    found = Disturbance.objects.get()
    assert timedelta(seconds=10) < found.at - BEGAN < timedelta(seconds=24)
    assert 11 < found.duration_s <= 12
    assert CameraMotion.objects.get().state != before
    assert "not shown" in said(film, camera=camera.pk)  # taken already


def test_what_is_no_video_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match="not_a_video"):
        said(path)
