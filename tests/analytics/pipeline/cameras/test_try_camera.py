"""An administrator tries a camera and is told what it sends, or why it cannot be watched."""

import os
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.analytics.pipeline.cameras.conftest import ROOT, camera


def tried(url: str) -> str:
    out = StringIO()
    call_command("try_camera", url, seconds=2, stdout=out)
    return out.getvalue()


def test_it_says_what_the_camera_sends(film: Path, settings: Any) -> None:
    settings.CAMERA_NETWORKS = "127.0.0.0/8"
    with camera(film) as place:
        said = tried(place.url)
    assert said.startswith("H264, 320 x 180, ")
    assert said.rstrip().endswith("0 damaged.")
    assert 7 < float(said.split(", ")[2].split()[0]) < 14


def test_an_address_outside_of_the_schools_networks_is_not_called() -> None:
    with pytest.raises(CommandError, match="CAMERA_NETWORKS"):
        tried("rtsp://127.0.0.1:1/")


def test_kept_on_it_says_each_change(film: Path) -> None:
    with camera(film) as place:
        trying = subprocess.Popen(
            [sys.executable, "manage.py", "try_camera", place.url, "--keep"],
            cwd=ROOT,
            env={**os.environ, "CAMERA_NETWORKS": "127.0.0.0/8"},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert trying.stdout
        assert trying.stdout.readline().split()[1] == "calling"
        assert trying.stdout.readline().split()[1] == "seeing"
    assert trying.stdout.readline().split()[1] == "blind"
    trying.send_signal(signal.SIGINT)
    said = trying.communicate(timeout=180)[0]
    assert said.endswith("in the last hour 0 stalls, 0 reconnects.\n")
    assert trying.returncode == 0


def test_what_is_wrong_is_said(settings: Any) -> None:
    settings.CAMERA_NETWORKS = "127.0.0.0/8"
    with pytest.raises(CommandError, match="no address like"):
        tried("http://127.0.0.1/")
    with pytest.raises(CommandError, match="Nobody answers"):
        tried("rtsp://127.0.0.1:1/")
