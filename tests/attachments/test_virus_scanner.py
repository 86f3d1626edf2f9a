"""A daemon that is set up is asked about every file; one that does not answer lets nothing through."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from caseflow.attachments import virus_scanner
from caseflow.attachments.rules import AttachmentRefused
from caseflow.attachments.virus_scanner import EICAR, refuse_infected


@contextmanager
def daemon(listening: socket.socket, answer: bytes) -> Iterator[list[bytes]]:
    """A daemon that reads one whole stream as clamd does and gives this answer."""
    heard: list[bytes] = []

    def serve() -> None:
        peer, _address = listening.accept()
        with peer:
            stream = peer.makefile("rb")
            assert stream.read(10) == b"zINSTREAM\0"
            while size := int.from_bytes(stream.read(4), "big"):
                heard.append(stream.read(size))
            peer.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield heard
    finally:
        thread.join(5)
        listening.close()


def on_tcp() -> tuple[socket.socket, str]:
    listening = socket.create_server(("127.0.0.1", 0))
    return listening, f"tcp://127.0.0.1:{listening.getsockname()[1]}"


def test_without_a_daemon_nothing_is_asked(settings: Any) -> None:
    settings.CLAMD = ""
    refuse_infected(b"anything")


def test_a_clean_file_passes_in_pieces(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virus_scanner, "PIECE", 4)
    listening, settings.CLAMD = on_tcp()
    with daemon(listening, b"stream: OK\0") as heard:
        refuse_infected(b"abcdefghij")
    assert heard == [b"abcd", b"efgh", b"ij"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"stream: Eicar-Signature FOUND\0", "infected"),
        (b"INSTREAM size limit exceeded. ERROR\0", "unscanned"),
        (b"", "unscanned"),
    ],
)
def test_anything_else_is_a_refusal(answer: bytes, code: str, tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "clamd.ctl"
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(path))
    listening.listen()
    settings.CLAMD = f"unix:{path}"
    with daemon(listening, answer), pytest.raises(AttachmentRefused) as refused:
        refuse_infected(b"x")
    assert refused.value.code == code


def test_a_daemon_that_is_not_there_lets_nothing_through(settings: Any, tmp_path: Path) -> None:
    settings.CLAMD = f"unix:{tmp_path / 'none'}"
    with pytest.raises(AttachmentRefused, match="does not answer"):
        refuse_infected(b"x")


def test_the_test_file_of_scanners_is_refused_without_a_scanner_too(settings: Any) -> None:
    settings.CLAMD = ""
    for content in (EICAR, b"\xef\xbb\xbf" + EICAR + b"\n"):
        with pytest.raises(AttachmentRefused) as refused:
            refuse_infected(content)
        assert refused.value.code == "infected"
