"""The child is locked down, and the parent doubts what it says."""

import io
import json
import sys
from typing import Any

import pytest
from PIL import Image

from lockdown.files import child, examining
from lockdown.files.answers import LARGEST_PAGE, Examined, FileRefused, read_answer
from lockdown.files.examining import examine
from tests.lockdown.files import made

ATTEMPT = """
import os, sys
from lockdown.files import child
from lockdown.files.answers import Examined
def harm(content):
    try: open("/etc/hostname")
    except OSError: return Examined("text", b"shut", (), 0)
    return Examined("text", b"open", (), 0)
child.judge = harm if sys.argv else child.judge
child.warm_up = lambda: None
child.main()
"""


def test_a_child_says_what_the_file_is() -> None:
    assert examine("Мінездеме".encode()) == Examined("text", "Мінездеме".encode())
    found = examine(made.pdf(2))
    assert (found.kind, found.page_count, found.content) == ("pdf", 2, made.pdf(2)) or found.page_count == 2
    with pytest.raises(FileRefused, match="executable"):
        examine(b"MZ\x90\x00")


def test_the_child_opens_no_other_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "CHILD_PROGRAM", ATTEMPT)
    assert examine(b"x").content == b"shut"


@pytest.mark.parametrize(
    "program", ["import time; time.sleep(60)", "import os; os.abort()", "while True: pass", "print('no answer')"]
)
def test_a_child_that_hangs_or_dies_or_babbles_is_a_refusal(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "CHILD_PROGRAM", program)
    with pytest.raises(FileRefused, match=r"broken|too_complex"):
        examine(b"x", wait_s=0.5)


def said(**head: Any) -> bytes:
    rest: bytes = head.pop("rest", b"")
    return json.dumps({"kind": "pdf", "same": True, "page_count": 1, "sizes": [0], **head}).encode() + b"\n" + rest


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]\n",
        b"x" * 5000,
        said(kind="exe"),
        said(page_count=-1),
        said(sizes=[]),
        said(sizes=[-1, 1]),
        said(sizes=[0] * 7),
        said(sizes=[3], rest=b"ab"),
        said(sizes=[11], rest=b"a" * 11),
        said(sizes=[0, LARGEST_PAGE + 1], rest=b"a" * (LARGEST_PAGE + 1)),
        said(sizes="x"),
        said(refused="something else"),
    ],
)
def test_what_the_child_says_is_doubted(answer: bytes) -> None:
    with pytest.raises(FileRefused, match="broken"):
        read_answer(answer, b"sent", 10)


def test_an_answer_carries_what_was_drawn_anew() -> None:
    found = read_answer(said(kind="jpeg", same=False, sizes=[2, 3], rest=b"abcde"), b"sent", 10)
    assert found == Examined("jpeg", b"ab", (b"cde",), 1)


def test_the_child_answers_once_it_is_locked_down(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    for name in ("warm_up", "die_with", "limit_resources", "deny_calls"):
        monkeypatch.setattr(child, name, lambda *_given, name=name: order.append(name))

    class Sent(io.BytesIO):
        def read(self, *given: Any) -> bytes:
            order.append("read")
            return super().read(*given)

    out = io.BytesIO()
    monkeypatch.setattr(sys, "argv", ["-c", "1", "2"])
    monkeypatch.setattr(sys, "stdin", type("In", (), {"buffer": Sent(b"MZ")}))
    monkeypatch.setattr(sys, "stdout", type("Out", (), {"buffer": out}))
    child.main()
    assert order == ["warm_up", "die_with", "limit_resources", "deny_calls", "read"]
    assert json.loads(out.getvalue()) == {"refused": "executable"}


def test_what_takes_all_memory_unpacks_too_far(monkeypatch: pytest.MonkeyPatch) -> None:
    child.warm_up()
    for error in (MemoryError, Image.DecompressionBombError):

        def fails(_content: bytes, error: type[Exception] = error) -> Examined:
            raise error

        out = io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(child, "judge", fails)
            child.answer(io.BytesIO(b"x"), out)
        assert json.loads(out.getvalue()) == {"refused": "unpacks"}
    out = io.BytesIO()
    child.answer(io.BytesIO(made.picture()), out)
    assert json.loads(out.getvalue().split(b"\n")[0])["same"] is False
