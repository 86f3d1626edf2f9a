"""A file that nobody knows is tried in a process that may be killed."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from analytics.pipeline import trial
from analytics.pipeline.errors import ModelAsksForMore, ModelFailsTrial, ModelOfAnotherKind, ModelRefused, NotAModel
from analytics.pipeline.framing import send
from analytics.pipeline.trial import Bounds, Task, answer, judge, main, try_model
from tests.analytics.onnx_files import blue_squares, face_api, graph, model, node, value_info, write


@pytest.mark.parametrize(("content", "layout"), [(blue_squares(), "yunet"), (face_api(), "face-api")])
def test_a_model_of_its_layout_passes(tmp_path: Path, content: bytes, layout: str) -> None:
    path, _ = write(tmp_path / "model", content)
    try_model(path, layout)


@pytest.mark.parametrize(
    ("content", "layout", "error"),
    [
        (b"no model", "yunet", NotAModel),
        (face_api()[:-9], "face-api", NotAModel),
        (face_api(), "yunet", ModelOfAnotherKind),
        (blue_squares(), "face-api", ModelOfAnotherKind),
        (
            model(graph([node("F", ["input"], "out", "own")], [], [value_info("input", [1])], [])),
            "face-api",
            ModelAsksForMore,
        ),
        (model(graph([node("F", ["input"], "out")], [], [value_info("input", [1])], [])), "face-api", ModelFailsTrial),
    ],
)
def test_anything_else_is_refused_by_name(
    tmp_path: Path, content: bytes, layout: str, error: type[ModelRefused]
) -> None:
    path, _ = write(tmp_path / "model", content)
    with pytest.raises(error) as refused:
        try_model(path, layout)
    assert refused.type is error


def test_a_process_that_dies_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = write(tmp_path / "model", face_api())
    monkeypatch.setattr(trial, "CHILD_PROGRAM", "raise SystemExit")
    with pytest.raises(ModelFailsTrial, match="the pipe ended"):
        try_model(path, "face-api")


def test_a_model_that_wants_too_much_memory_is_refused(tmp_path: Path) -> None:
    path, _ = write(tmp_path / "model", face_api())
    with pytest.raises(ModelFailsTrial):
        try_model(path, "face-api", Bounds(memory_mib=1))


def test_a_process_that_says_nothing_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = write(tmp_path / "model", face_api())
    monkeypatch.setattr(trial, "CHILD_PROGRAM", "import time; time.sleep(60)")
    with pytest.raises(ModelFailsTrial, match="nothing for"):
        try_model(path, "face-api", Bounds(silence_s=0.3))


def test_an_answer_that_nobody_knows_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = write(tmp_path / "model", face_api())
    said = "import sys; from analytics.pipeline.framing import send; send(sys.stdout.buffer, 'error', code='no such')"
    monkeypatch.setattr(trial, "CHILD_PROGRAM", said)
    with pytest.raises(ModelFailsTrial):
        try_model(path, "face-api")


def test_the_process_has_no_other_file_and_no_network(tmp_path: Path) -> None:
    path, _ = write(tmp_path / "model", face_api())
    task = Task(os.getpid(), "face-api", Bounds()).as_json()
    program = (
        "import sys; from analytics.pipeline import trial\n"
        "def attempts(*_):\n"
        "    import socket\n"
        "    for call in (lambda: open('/etc/hostname'), lambda: socket.socket()):\n"
        "        try: call()\n"
        "        except OSError as error: sys.stdout.buffer.write(b'refused ')\n"
        "import socket; trial.answer = attempts; trial.main()"
    )
    with path.open("rb") as file:
        done = subprocess.run([sys.executable, "-c", program, task], stdin=file, capture_output=True, check=False)
    assert done.stdout == b"refused refused ", done.stderr


class TestWithinTheProcess:
    def test_a_refusal_is_a_message(self) -> None:
        out = io.BytesIO()
        answer(io.BytesIO(b"x"), out, "yunet")
        head = json.loads(out.getvalue()[4:])
        assert (head["kind"], head["code"]) == ("error", "not_a_model")

    def test_no_memory_is_a_message(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def exhausted(*_arguments: Any) -> None:
            raise MemoryError

        monkeypatch.setattr(trial, "judge", exhausted)
        out = io.BytesIO()
        answer(io.BytesIO(b""), out, "yunet")
        assert json.loads(out.getvalue()[4:])["detail"] == "out of memory"

    @pytest.mark.parametrize(("content", "layout"), [(blue_squares(), "yunet"), (face_api(), "face-api")])
    def test_a_model_that_fits_is_told_so(self, content: bytes, layout: str) -> None:
        judge(content, layout)
        expected, out = io.BytesIO(), io.BytesIO()
        send(expected, "fits")
        answer(io.BytesIO(content), out, layout)
        assert out.getvalue() == expected.getvalue()

    def test_it_locks_itself_down_before_it_reads(self, monkeypatch: pytest.MonkeyPatch) -> None:
        done: list[object] = []
        task = Task(4711, "yunet", Bounds(memory_mib=2, cpu_s=3))
        monkeypatch.setattr("sys.argv", ["-c", task.as_json()])
        monkeypatch.setattr(trial, "die_with", done.append)
        monkeypatch.setattr(trial, "limit_resources", lambda *limits: done.append(limits))
        monkeypatch.setattr(trial, "deny_calls", lambda: done.append("denied"))
        monkeypatch.setattr(trial, "answer", lambda _file, _pipe, layout: done.append(layout))
        with open(os.devnull, "rb") as nothing:  # noqa: PTH123 # as the standard input
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(nothing))
            main()
        assert done == [4711, (2 << 20, 3), "denied", "yunet"]
