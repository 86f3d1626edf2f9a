"""What the decoding process answers, asked inside the test's own process."""

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analytics.pipeline import decoder_child
from analytics.pipeline.decoder_job import Job
from analytics.pipeline.decoding import ROOT
from analytics.pipeline.framing import LENGTH_BYTES
from analytics.pipeline.video import Limits
from tests.analytics.pipeline.sources import write_sound


def heads(answer: bytes) -> list[dict[str, Any]]:
    """The heads of all messages in the order they were sent."""
    found = []
    pipe = io.BytesIO(answer)
    while length := pipe.read(LENGTH_BYTES):
        found.append(json.loads(pipe.read(int.from_bytes(length, "big"))))
        pipe.seek(found[-1]["bytes"], io.SEEK_CUR)
    return found


def answers(path: Path, interval_s: float = 1.0) -> list[dict[str, Any]]:
    pipe = io.BytesIO()
    with path.open("rb") as file:
        decoder_child.serve(Job(0, interval_s, Limits()), file, pipe, "nothing missing")
    return heads(pipe.getvalue())


def test_a_video_is_answered_by_facts_frames_and_an_end(small_video: Path) -> None:
    info, *frames, end = answers(small_video)
    assert (info["kind"], info["info"]["probed_frames"], info["info"]["recorded_at"]) == ("info", 40, None)
    assert [(frame["kind"], frame["t_s"], frame["bytes"]) for frame in frames] == [
        ("frame", float(second), 128 * 64 * 3) for second in range(8)
    ]
    assert end == {
        "kind": "end", "bytes": 0, "decoded_s": 8.0, "decoded_frames": 8, "damaged_packets": 0,
        "keyframes_only": True, "degradation": "nothing missing",
    }  # fmt: skip


def test_probing_is_answered_by_facts_alone(lesson_path: Path) -> None:
    (info,) = answers(lesson_path, interval_s=0)
    assert info["info"]["recorded_at"] == "2026-03-02T09:00:00+00:00"


def test_a_bad_file_is_answered_by_its_error(tmp_path: Path) -> None:
    (error,) = answers(write_sound(tmp_path / "sound.mp4"))
    assert (error["kind"], error["code"]) == ("error", "no_video_stream")


def test_want_of_memory_is_told(small_video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise MemoryError

    monkeypatch.setattr(decoder_child, "probe", fail)
    (error,) = answers(small_video)
    assert (error["code"], error["detail"]) == ("decoder_crashed", "out of memory")


def test_signs_of_life_are_passed_on(small_video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.pipeline.probing.PACKETS_BETWEEN_SIGNS_OF_LIFE", 20)
    assert [head["kind"] for head in answers(small_video, interval_s=0)] == ["alive", "alive", "info"]
    seen = [head["kind"] for head in answers(small_video, interval_s=8.0)]
    assert seen == ["alive", "alive", "info", "frame", "alive", "alive", "end"]


def test_the_process_starts_without_what_it_does_not_need() -> None:
    """It is started for every file, twice for a clip, and what is not loaded has no fault."""
    ask = "import sys, analytics.pipeline.decoder_child; print({'cv2', 'django', 'socket'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_job_survives_the_command_line() -> None:
    job = Job(7, 0.5, Limits(cpu_s=3))
    assert Job.from_json(job.as_json()) == job


def test_the_process_locks_itself_down_before_it_answers(small_video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr(decoder_child, "die_with", lambda pid: order.append(f"dies with {pid}"))
    monkeypatch.setattr(decoder_child, "limit_resources", lambda memory, cpu: order.append(f"{memory} bytes, {cpu} s"))
    monkeypatch.setattr(decoder_child, "deny_calls", lambda: f"weak after {len(order)}")
    pipe = io.BytesIO()
    monkeypatch.setattr(sys, "argv", ["", Job(5, 1.0, Limits(memory_bytes=10, cpu_s=2)).as_json()])
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=pipe))
    with small_video.open("rb") as file, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", SimpleNamespace(buffer=file))
        decoder_child.main()
    assert order == ["dies with 5", "10 bytes, 2 s"]
    assert heads(pipe.getvalue())[-1]["degradation"] == "weak after 2"
