"""What a camera says of its streams: the first picture that we can read, and nothing believed beyond that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.pipeline.cameras.logins import Login
from analytics.pipeline.cameras.rtp import Coding
from analytics.pipeline.cameras.sdp import parse_sdp
from analytics.pipeline.errors import CameraSpeaksOddly, UnsupportedCodec

HEAD = "v=0\r\ns=camera\r\nm=audio 0 RTP/AVP 0\r\na=control:sound\r\n"
JPEG = "m=video 0 RTP/AVP 26\r\na=rtpmap:26 JPEG/90000\r\n"
H265 = (
    "m=video 0 RTP/AVP 97\r\na=control:track2\r\na=rtpmap:97 H265/90000\r\n"
    "a=fmtp:97 sprop-vps=QAE=; sprop-sps=!; sprop-pps=RAE=\r\n"
)


def test_the_first_picture_in_a_coding_that_is_known_is_taken() -> None:
    track = parse_sdp(HEAD + JPEG + H265)
    assert (track.payload_type, track.coding, track.ticks_a_second, track.control) == (
        97,
        Coding.H265,
        90_000,
        "track2",
    )
    assert track.parameters == b"\0\0\0\1\x40\1\0\0\0\1\x44\1", "the unreadable one is left out"


def test_a_track_may_say_neither_address_nor_parameters() -> None:
    track = parse_sdp("m=video 0 RTP/AVP 96\na=rtpmap:96 h264/90000\n")
    assert (track.control, track.parameters) == ("", b"")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", CameraSpeaksOddly),
        (HEAD, CameraSpeaksOddly),
        (JPEG, UnsupportedCodec),
        ("m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/0\r\n", UnsupportedCodec),
    ],
)
def test_no_picture_or_none_of_ours_is_an_error(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse_sdp(text)


@given(st.text(max_size=300))
def test_nothing_that_is_said_makes_it_fall(text: str) -> None:
    for said in (text, "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 " + text):
        try:
            parse_sdp(said)
        except (CameraSpeaksOddly, UnsupportedCodec):
            continue


def test_the_example_of_the_standard_is_answered_as_it_says() -> None:
    login = Login("Mufasa", "Circle Of Life")
    challenge = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc"'
    assert login.learn(challenge)
    proof = login.proof("GET", "/dir/index.html")
    assert 'response="670fd8c2df070c60b045671b8b24ff02"' in proof
    assert 'opaque="5ccc"' in proof
    assert "qop" not in proof


def test_a_camera_that_wants_each_proof_to_differ_gets_that() -> None:
    login = Login("viewer", "secret")
    assert login.learn('Digest realm="r", qop="auth-int, auth", nonce="n"')
    first, second = (login.proof("PLAY", "rtsp://a/") for _ in range(2))
    assert "qop=auth, nc=00000001" in first
    assert "nc=00000002" in second
    assert first != second


@pytest.mark.parametrize("challenge", ["", "Bearer x", "Negotiate"])
def test_what_cannot_be_proved_is_not_tried(challenge: str) -> None:
    login = Login("viewer", "secret")
    assert not login.learn(challenge)
    assert login.proof("PLAY", "rtsp://a/") == ""


def test_a_proof_that_was_refused_is_given_again_only_when_it_is_stale() -> None:
    login = Login("viewer", "secret")
    assert login.learn('Digest realm="r", nonce="one"')
    assert not login.learn('Digest realm="r", nonce="two"')
    assert login.learn('Digest realm="r", nonce="two", stale=TRUE')
    assert 'nonce="two"' in login.proof("PLAY", "rtsp://a/")
