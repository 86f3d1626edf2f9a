"""A camera that runs is heard; one that misbehaves is an error that says how, and is never followed elsewhere."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice, pairwise
from pathlib import Path
from threading import Thread, Timer
from time import monotonic

import pytest

from analytics.pipeline.cameras import rtsp
from analytics.pipeline.cameras.places import CameraPlace, parse_camera_url
from analytics.pipeline.cameras.rtp import Coding
from analytics.pipeline.cameras.rtsp import play
from analytics.pipeline.errors import (
    CameraError,
    CameraGone,
    CameraRedirects,
    CameraRefuses,
    CameraSilent,
    CameraSpeaksOddly,
    CameraUnreachable,
)
from tests.analytics.pipeline.cameras.conftest import Starts
from tests.analytics.pipeline.cameras.server import PASSWORD, USER

LOGIN = f"{USER}:{PASSWORD.replace(':', '%3A').replace(' ', '%20')}@"
HERE = "127.0.0.1"


def test_pictures_come_at_their_pace_with_rising_times(film: Path, starts: Starts) -> None:
    began = monotonic()
    with play(starts(film), HERE) as stream:
        units = list(islice(stream.units(), 45))
    assert 3.5 < monotonic() - began < 12
    assert stream.track.coding == Coding.H264
    assert stream.track.parameters.startswith(b"\0\0\0\1\x67")
    assert [unit.is_key for unit in units[:20]] == [number % 5 == 0 for number in range(20)]
    times = sorted(unit.ticks for unit in units)
    steps = {later - earlier for earlier, later in pairwise(times)}
    assert steps <= set(range(8900, 9700)), "ten a second, over the end of the film too"
    assert stream.assembler.damaged == 0


@pytest.mark.parametrize("way", ["digest", "basic"])
def test_name_and_password_are_given_as_the_camera_asks(way: str, film: Path, starts: Starts) -> None:
    with play(starts(film, way, login=LOGIN), HERE) as stream:
        assert next(stream.units()).is_key


@pytest.mark.parametrize("login", ["", "viewer:wrong@"])
@pytest.mark.parametrize("way", ["digest", "basic"])
def test_a_wrong_or_missing_password_is_refused_once(way: str, login: str, film: Path, starts: Starts) -> None:
    with pytest.raises(CameraRefuses, match="DESCRIBE: 401"), play(starts(film, way, login=login), HERE):
        pass


def test_a_redirection_is_never_followed(film: Path, starts: Starts) -> None:
    with socket.create_server((HERE, 0)) as elsewhere:
        elsewhere.settimeout(0.5)
        location = f"rtsp://{HERE}:{elsewhere.getsockname()[1]}/live"
        with pytest.raises(CameraRedirects), play(starts(film, "redirect", location=location), HERE):
            pass
        with pytest.raises(TimeoutError):
            elsewhere.accept()


@pytest.mark.parametrize(("way", "error"), [("mute", CameraSilent), ("odd", CameraSpeaksOddly)])
def test_what_sends_nothing_or_nonsense_is_named(
    way: str, error: type[CameraError], film: Path, starts: Starts
) -> None:
    with pytest.raises(error), play(starts(film, way), HERE) as stream:
        next(stream.units(silence_s=0.5))


def test_lost_packets_cost_pictures_and_nothing_else(film: Path, starts: Starts) -> None:
    with play(starts(film, "lossy"), HERE) as stream:
        assert len(list(islice(stream.units(), 40))) == 40
        assert stream.assembler.damaged > 0


def test_nobody_there_is_told_within_two_seconds() -> None:
    with socket.socket() as free:
        free.bind((HERE, 0))
        port = free.getsockname()[1]
    with pytest.raises(CameraUnreachable), play(parse_camera_url(f"rtsp://{HERE}:{port}/"), HERE):
        pass


@contextmanager
def saying(*answers: bytes) -> Iterator[CameraPlace]:
    """A camera that gives these answers whatever it is asked; an empty one at the end closes the line."""

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            for answer in answers:
                connection.recv(4096)
                connection.sendall(answer)
            if not answers[-1]:
                connection.shutdown(socket.SHUT_WR)
            connection.recv(4096)

    with socket.create_server((HERE, 0)) as server:
        Thread(target=serve, daemon=True).start()
        yield parse_camera_url(f"rtsp://{HERE}:{server.getsockname()[1]}/live")


def said(body: str = "", **fields: str) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"RTSP/1.0 200 OK\r\n{lines}Content-Length: {len(body)}\r\n\r\n{body}".encode()


SDP = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:rtsp://elsewhere.example/track\r\n"
FRAME = b"$\0\0\x10\x80\xe0" + bytes(10) + b"\x65abc"
OTHER = b"$\1\0\x03abc"
NOTHING = b"$\0\0\1x"  # which makes this side say that it is still there


def test_other_channels_and_answers_between_pictures_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtsp, "SESSION_S", 0)
    monkeypatch.setattr(rtsp, "ANSWER_S", 2)
    answers = (said(SDP), said(Session="7"), OTHER + FRAME + said(CSeq="99") + said() + NOTHING, OTHER + said() + FRAME)
    with saying(*answers) as place, play(place, HERE) as stream:
        stream._keep_alive_s = 0
        unit = next(stream.units(silence_s=2))
        assert unit.content == b"\0\0\0\1\x65abc"


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ((b"RTSP/1.0 x\r\n\r\n",), CameraSpeaksOddly),
        ((b"RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n",), CameraSpeaksOddly),
        ((b"RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n",), CameraSpeaksOddly),
        ((b"RTSP/1.0 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",), CameraSpeaksOddly),
        ((b"a" * 20_000,), CameraSpeaksOddly),
        ((said(SDP), said()), CameraSpeaksOddly),
        ((said(SDP), said(Session="7"), b""), CameraGone),
        ((b"RTSP/1.0 404 Not Found\r\n\r\n",), CameraRefuses),
        ((b"RTSP/1.0 200 OK\r\n",), CameraSilent),
    ],
)
def test_odd_answers_are_errors_that_say_so(
    answers: tuple[bytes, ...], error: type[CameraError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rtsp, "ANSWER_S", 0.5)
    with saying(*answers) as place, pytest.raises(error), play(place, HERE) as stream:
        next(stream.units(silence_s=0.5))


def test_a_line_is_read_until_a_moment_and_no_longer() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        line = rtsp._Line(ours)
        with pytest.raises(CameraSilent):
            line.frame(monotonic() - 1)
        theirs.close()
        with pytest.raises(CameraGone):
            line.send(b"GET_PARAMETER")


def test_a_packet_may_come_in_pieces() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for at in range(len(FRAME)):
            Timer(0.02 * at, theirs.send, [FRAME[at : at + 1]]).start()
        assert rtsp._Line(ours).frame(monotonic() + 5) == (0, FRAME[4:])


def test_a_line_that_breaks_is_gone() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        ours.close()
        with pytest.raises(CameraGone):
            rtsp._Line(ours).frame(monotonic() + 1)


@pytest.mark.parametrize(
    ("control", "asked"),
    [
        ("", "rtsp://10.1.2.3/live"),
        ("*", "rtsp://10.1.2.3/live"),
        ("trackID=1", "rtsp://10.1.2.3/live/trackID=1"),
        ("rtsp://10.1.2.3/other", "rtsp://10.1.2.3/other"),
    ],
)
def test_a_track_is_asked_for_as_the_camera_names_it(control: str, asked: str) -> None:
    assert rtsp._joined("rtsp://10.1.2.3/live", control) == asked
