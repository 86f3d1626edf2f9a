"""A camera is a source of frames: they come as they were filmed, and what is broken is never looked at."""

import fcntl
import io
import json
import os
import signal
import sys
from itertools import islice
from pathlib import Path
from time import monotonic

import av
import numpy as np
import pytest

from analytics.pipeline.cameras import live_child
from analytics.pipeline.cameras.live import LIVE_LIMITS, watch
from analytics.pipeline.cameras.live_job import LiveJob
from analytics.pipeline.errors import CameraGone, CameraSilent, DecoderCrashed, FrameTooLarge
from analytics.pipeline.framing import send
from analytics.pipeline.images import Image
from analytics.pipeline.video import Limits
from tests.analytics.pipeline.cameras.conftest import Starts, camera
from tests.analytics.pipeline.cameras.server import Film
from tests.analytics.pipeline.test_decoder_child import heads

HERE = "127.0.0.1"


def pictures_of(film: Path) -> list[Image]:
    with av.open(film) as container:
        return [np.asarray(frame.to_ndarray(format="bgr24"), np.uint8) for frame in container.decode(video=0)]


def test_frames_are_those_of_the_film_one_a_second(film: Path, starts: Starts) -> None:
    with watch(starts(film), HERE) as found:
        frames = list(islice(found.frames(), 4))
    shown = pictures_of(film)
    assert [round(frame.t_s, 1) for frame in frames] == [0.0, 1.0, 2.0, 3.0]
    for frame, number in zip(frames, (0, 10, 0, 10), strict=True):
        assert np.abs(frame.image.astype(int) - shown[number]).mean() < 2
    assert found.counts.pictures >= 30
    assert found.counts.keys >= 6
    assert monotonic() - found.counts.heard_at < 5


def test_what_is_lost_costs_the_pictures_up_to_the_next_whole_one(film: Path, starts: Starts) -> None:
    with watch(starts(film, "lossy"), HERE, interval_s=0.1) as found:
        frames = list(islice(found.frames(), 25))
    assert found.counts.damaged > 0
    shown = pictures_of(film)
    for frame in frames:
        assert min(np.abs(frame.image.astype(int) - image).mean() for image in shown) < 1, "no smeared picture"


def test_a_camera_that_is_killed_is_gone_and_its_decoder_too(film: Path) -> None:
    with camera(film) as place:
        with watch(place, HERE) as found:
            frames = found.frames()
            next(frames)
            found._stream._line._connection.shutdown(2)  # the cable
            with pytest.raises(CameraGone):
                list(frames)
        assert not Path(f"/proc/{found.pid}").exists()


def test_a_decoder_that_is_killed_is_a_crash(film: Path, starts: Starts) -> None:
    with watch(starts(film), HERE) as found:
        frames = found.frames()
        next(frames)
        os.kill(found.pid, signal.SIGKILL)
        with pytest.raises((DecoderCrashed, CameraGone)):
            list(frames)


def test_a_camera_that_plays_nothing_is_silent(film: Path, starts: Starts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.pipeline.cameras.rtsp.SILENCE_S", 0.5)
    with watch(starts(film, "mute"), HERE) as found, pytest.raises(CameraSilent):
        list(found.frames())


def test_a_camera_of_which_nothing_can_be_shown_is_silent(
    film: Path, starts: Starts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analytics.pipeline.cameras.live.BLIND_S", 1.0)
    with watch(starts(film, "garbled"), HERE) as found, pytest.raises(CameraSilent, match="decodes"):
        list(found.frames())
    assert found.counts.pictures > 3


def test_a_picture_that_grows_is_refused(film: Path, starts: Starts) -> None:
    small = Limits(most_pixels=320 * 100)
    with watch(starts(film), HERE, limits=small) as found, pytest.raises(FrameTooLarge):
        list(found.frames())


def given(film: Path, *, spoil: int | None = None) -> io.BytesIO:
    """The film as the decoding process gets it."""
    pipe = io.BytesIO()
    for number, picture in enumerate(Film(str(film)).pictures):
        content = b"".join(b"\0\0\0\1" + unit for unit in picture.units)
        send(pipe, "picture", t_s=picture.shown_s, payload=b"\0\0\0\1nonsense" if number == spoil else content)
    pipe.seek(0)
    return pipe


def job(**limits: int) -> LiveJob:
    return LiveJob(os.getppid(), 1.0, Limits(**limits), "h264", "")


def answered(film: Path, asked: LiveJob, spoil: int | None = None) -> list[dict[str, object]]:
    pipe = io.BytesIO()
    with _readable(given(film, spoil=spoil)) as pictures:
        live_child.serve(asked, pictures, pipe)
    return heads(pipe.getvalue())


def _readable(content: io.BytesIO) -> io.BufferedReader:
    """A pipe, since the reader waits for its file."""
    ours, theirs = os.pipe()
    with os.fdopen(theirs, "wb") as pipe:
        fcntl.fcntl(theirs, fcntl.F_SETPIPE_SZ, 1 << 20)  # all of it fits
        pipe.write(content.getvalue())
    return os.fdopen(ours, "rb")


@pytest.mark.parametrize("spoil", [None, 3])
def test_the_decoding_process_answers_each_sampled_picture(film: Path, spoil: int | None) -> None:
    found = answered(film, job(), spoil)
    assert [answer["t_s"] for answer in found if answer["kind"] == "frame"] == [0.0, 1.0]
    assert len([answer for answer in found if answer["kind"] == "alive"]) == 20


def test_the_decoding_process_says_what_it_cannot_do(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(film, job(most_pixels=1000))[-1]["code"] == FrameTooLarge.code

    def full(*_args: object) -> None:
        raise MemoryError

    monkeypatch.setattr(live_child, "upright_bgr", full)
    assert answered(film, job())[-1]["detail"] == "out of memory"


def test_the_decoding_process_locks_itself_down_first(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    for name in ("die_with", "limit_resources", "deny_calls"):
        monkeypatch.setattr(live_child, name, lambda *_args, name=name: done.append(name))
    monkeypatch.setattr(live_child, "serve", lambda *_args: done.append("serve"))
    monkeypatch.setattr(sys, "argv", ["", job().as_json()])
    live_child.main()
    assert done == ["die_with", "limit_resources", "deny_calls", "serve"]
    assert json.loads(job().as_json())["limits"]["silence_s"] == Limits().silence_s
    assert LiveJob.from_json(job().as_json()) == job()
    assert LIVE_LIMITS.cpu_s > 30 * 24 * 3600
