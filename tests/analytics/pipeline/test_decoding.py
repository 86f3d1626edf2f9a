"""Videos through the real decoding process, and what happens when it dies."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from analytics.pipeline import decoding
from analytics.pipeline.clips import draw_frame
from analytics.pipeline.decoding import ROOT, DecodingProcess, open_video, probe_video
from analytics.pipeline.errors import (
    VIDEO_ERRORS,
    DecoderCrashed,
    DecoderStalled,
    EmptyFile,
    NotAVideo,
    PipelineError,
    Truncated,
    VideoError,
)
from analytics.pipeline.framing import send
from analytics.pipeline.video import Limits, VideoInfo
from tests.analytics.pipeline.conftest import LESSON, RECORDED_AT
from tests.analytics.pipeline.sources import INFO, packet_positions, textured, write_video

BURN = """
import sys
from analytics.pipeline.decoder_job import Job
from lockdown.sandbox import limit_resources
limit_resources(1 << 30, Job.from_json(sys.argv[1]).limits.cpu_s)
while True: pass
"""
HOLD_A_VIDEO = """
import sys, time
from pathlib import Path
from analytics.pipeline.decoding import open_video
with open_video(Path(sys.argv[1])) as video:
    print(video.pid, flush=True)
    time.sleep(60)
"""


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_frames_arrive_with_their_times_and_pixels(lesson_path: Path) -> None:
    with open_video(lesson_path) as video:
        frames = list(video.frames())
    assert video.info.recorded_at == RECORDED_AT
    assert [frame.t_s for frame in frames] == [float(second) for second in range(12)]
    difference = np.abs(frames[3].image.astype(int) - draw_frame(LESSON, 3.0).astype(int))
    assert difference.mean() < 3
    assert (video.outcome.decoded_s, video.outcome.keyframes_only, video.outcome.degradation) == (12.0, True, "")
    assert not video.outcome.is_partial(video.info)


def test_probing_gives_the_facts_alone(small_video: Path) -> None:
    info = probe_video(small_video)
    assert (info.width_px, info.height_px, info.duration_s, info.codecs) == (128, 64, 8.0, ("h264",))


def test_the_child_is_gone_when_the_block_is_left(lesson_path: Path) -> None:
    with open_video(lesson_path) as video:
        assert is_running(video.pid)
    assert not is_running(video.pid)


def test_a_video_cut_short_is_partial(lesson_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.mp4"
    position, size = packet_positions(lesson_path)[8]
    path.write_bytes(lesson_path.read_bytes()[: position + size // 2])
    with open_video(path) as video:
        frames = list(video.frames())
    assert [frame.t_s for frame in frames] == [float(second) for second in range(8)]
    assert video.info.declared_s == 12.0
    assert video.outcome.decoded_s == pytest.approx(8.0, abs=0.3)
    assert video.outcome.is_partial(video.info)


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", EmptyFile), (b"Dear diary, " * 99, NotAVideo), (b"\0\0\0\x18ftypisom\0\0\0\0", Truncated)],
)
def test_a_file_that_is_no_video_is_told_apart_by_content(
    tmp_path: Path, content: bytes, error: type[VideoError]
) -> None:
    path = tmp_path / "lesson.mp4"
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        probe_video(path)
    assert caught.value.code == error.code


def test_what_is_no_file_is_no_video(tmp_path: Path, small_video: Path) -> None:
    """A pipe is not waited for, a link is not followed."""
    pipe, link, listening = tmp_path / "pipe", tmp_path / "link", tmp_path / "socket"
    os.mkfifo(pipe)
    link.symlink_to(small_video)
    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(listening))
        for path in (Path("/dev/null"), pipe, link, listening, tmp_path):
            with pytest.raises(NotAVideo, match="regular"):
                probe_video(path)


def test_a_file_that_is_gone_is_not_taken_for_a_bad_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        probe_video(tmp_path / "gone")


def test_a_small_file_gets_little_processor_time(
    tmp_path: Path, small_video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A spoilt video of a few kilobytes must not be decoded for hours."""
    monkeypatch.setattr(decoding, "CHILD_PROGRAM", BURN)
    monkeypatch.setattr("analytics.pipeline.video.LEAST_CPU_S", 1)
    with pytest.raises(DecoderStalled, match="processor"):
        probe_video(small_video)


def test_processor_time_grows_with_the_file_up_to_the_limit() -> None:
    limits = Limits(cpu_s=100)
    assert [limits.cpu_s_for(size) for size in (1, 1 << 20, 1 << 30)] == [11, 40, 100]


def test_killing_the_child_is_a_crash(lesson_path: Path) -> None:
    with open_video(lesson_path, interval_s=0.25) as video:
        frames = video.frames()
        next(frames)
        os.kill(video.pid, signal.SIGKILL)
        with pytest.raises(DecoderCrashed, match="status -9"):
            list(frames)
    with pytest.raises(RuntimeError, match="end"):
        _ = video.outcome


def test_a_child_without_memory_is_a_crash(lesson_path: Path) -> None:
    with pytest.raises(DecoderCrashed):
        probe_video(lesson_path, Limits(memory_bytes=200 << 20))


def test_a_silent_child_is_a_stall(lesson_path: Path) -> None:
    with open_video(lesson_path, Limits(silence_s=2), interval_s=0.25) as video:
        os.kill(video.pid, signal.SIGSTOP)
        with pytest.raises(DecoderStalled):
            list(video.frames())


def test_a_child_out_of_processor_time_is_a_stall(lesson_path: Path) -> None:
    with open_video(lesson_path, interval_s=0.25) as video:
        os.kill(video.pid, signal.SIGXCPU)
        with pytest.raises(DecoderStalled, match="processor"):
            list(video.frames())


def test_the_child_dies_with_its_parent(lesson_path: Path) -> None:
    command = [sys.executable, "-c", HOLD_A_VIDEO, str(lesson_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child_pid = int(parent.stdout.readline())
        assert is_running(child_pid)
        parent.kill()
    until = time.monotonic() + 5
    while is_running(child_pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_running(child_pid)


def test_signs_of_life_are_passed_over() -> None:
    read_fd, write_fd = os.pipe()
    with os.fdopen(read_fd, "rb") as readable, os.fdopen(write_fd, "wb") as writable:
        send(writable, "alive")
        send(writable, "info", info=json.loads(json.dumps(INFO.__dict__)))
        video = DecodingProcess(Mock(stdout=readable), Limits())
    assert video.info == INFO


def test_the_child_inherits_no_secret(monkeypatch: pytest.MonkeyPatch, small_video: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "vault")
    with open_video(small_video) as video:
        environment = Path(f"/proc/{video.pid}/environ").read_bytes()
    assert b"vault" not in environment


def test_the_child_holds_no_file_but_the_video(small_video: Path) -> None:
    with open_video(small_video, interval_s=0.2) as video:
        next(video.frames())
        links = [str(link.readlink()) for link in Path(f"/proc/{video.pid}/fd").iterdir()]
    assert [link for link in links if link.startswith("/") and not link.startswith("/dev/")] == [str(small_video)]


def test_frames_that_go_back_in_time_are_a_crash() -> None:
    read_fd, write_fd = os.pipe()
    with os.fdopen(read_fd, "rb") as readable, os.fdopen(write_fd, "wb") as writable:
        send(writable, "info", info=json.loads(json.dumps(INFO.__dict__)))
        for _ in range(2):
            send(writable, "frame", t_s=1.0, width_px=1, height_px=1, payload=b"abc")
        frames = DecodingProcess(Mock(stdout=readable), Limits()).frames()
        assert next(frames).t_s == 1.0
        with pytest.raises(DecoderCrashed, match="contradicts"):
            next(frames)


def test_every_error_of_a_video_has_a_code_of_its_own() -> None:
    codes = {error.code for error in VideoError.__subclasses__()}
    assert set(VIDEO_ERRORS) == codes
    assert len(codes) == len(VideoError.__subclasses__())
    assert str(PipelineError()) == "pipeline_error"


def test_a_video_that_declares_nothing_lasts_as_long_as_its_packets(tmp_path: Path) -> None:
    info = probe_video(write_video(tmp_path / "a.mp4", [textured(64, 64)] * 10))
    silent = VideoInfo(**{**info.__dict__, "declared_s": None})
    assert silent.duration_s == silent.probed_s == 2.0
