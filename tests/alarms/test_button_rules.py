import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.alarms.enums import ButtonState
from caseflow.alarms.rules.buttons import (
    LARGEST_COUNTER,
    LARGEST_SKEW,
    LONGEST_MESSAGE,
    is_signed,
    read_message,
    signature,
    skew_of,
    state_of,
    urgency,
)
from ops.trouble import ROOT

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
DEVICE = UUID("5d0f3b1e-0000-4000-8000-000000000000")
KEY = bytes(range(32))
HOUR = timedelta(hours=1)
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.lists(st.integers(), max_size=2)
)


@given(st.binary(max_size=200), st.binary(max_size=200), st.integers(0, 255), st.integers(0, 199))
def test_a_signature_fits_its_own_words_alone(body: bytes, other: bytes, byte: int, place: int) -> None:
    signed = signature(KEY, b"POST", b"/p/", body)
    assert is_signed(KEY, f" {signed.upper()} ", b"POST", b"/p/", body)
    assert is_signed(KEY, signed, b"POST", b"/p/", other) == (body == other)
    assert not is_signed(KEY, signed, b"GET", b"/p/", body)
    assert not is_signed(KEY, signed, b"POST", b"/q/", body)
    key = bytearray(KEY)
    key[place % 32] ^= byte
    assert is_signed(bytes(key), signed, b"POST", b"/p/", body) == (byte == 0)


def test_the_signature_is_that_of_the_document() -> None:
    """The example of docs/fixed-buttons.md, by which a maker tries the own program."""
    body = b'{"device":"5d0f3b1e-0000-4000-8000-000000000000","counter":7}'
    signed = "2b54c9798c602ea66c998f961f0c16f7fc2de1bb905c63773c70851e2c790d69"
    assert signature(KEY, b"POST", b"/panic/button/press/", body) == signed
    assert signed in (ROOT / "docs/fixed-buttons.md").read_text()


@given(st.binary(max_size=300))
def test_whatever_comes_is_a_message_or_none(body: bytes) -> None:
    read_message(body)


@given(st.dictionaries(st.sampled_from(["counter", "press", "pressed_at", "sent_at", "battery", "real"]), ANYTHING))
def test_what_is_wrong_in_a_message_is_left_out_and_the_rest_stays(said: dict[str, object]) -> None:
    message = read_message(json.dumps(said | {"device": str(DEVICE)}).encode())
    if message is None:  # longer than any message
        assert len(json.dumps(said)) > LONGEST_MESSAGE - 100
        return
    assert message.device == DEVICE
    assert 0 <= message.counter <= LARGEST_COUNTER
    assert message.battery is None or 0 <= message.battery <= 100
    assert isinstance(message.waited_s, float)
    assert message.client_key == (message.press or message.client_key)
    assert message.real == (said.get("real") is True)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"{", b'{"device": 7}', b'{"device": "x"}', b" " * 3000, b"[" * 2000]
)
def test_without_a_device_there_is_no_message(body: bytes) -> None:
    assert read_message(body) is None


@given(st.floats(-1e6, 1e6), st.floats(0, 1e5))
def test_how_long_a_press_lay_is_told_right_by_a_wrong_clock(ahead: float, lay: float) -> None:
    sent = NOW.timestamp() + ahead
    body = {"device": str(DEVICE), "counter": 1, "pressed_at": sent - lay, "sent_at": sent}
    message = read_message(json.dumps(body).encode())
    assert message is not None
    assert message.waited_s == pytest.approx(lay, abs=0.01)
    skew = skew_of(message.sent_at, NOW)
    assert skew is not None
    assert skew.total_seconds() == pytest.approx(ahead, abs=0.51)


@given(st.floats(-1e12, 1e12))
def test_no_clock_is_absurdly_wrong(sent_at: float) -> None:
    skew = skew_of(sent_at, NOW)
    assert skew is not None
    assert abs(skew) <= LARGEST_SKEW
    assert skew_of(None, NOW) is None


def test_a_press_without_a_key_has_one_for_each_message() -> None:
    def read(counter: int) -> UUID:
        message = read_message(json.dumps({"device": str(DEVICE), "counter": counter}).encode())
        assert message is not None
        return message.client_key

    assert read(1) == read(1) != read(2)
    key = uuid4()
    message = read_message(json.dumps({"device": str(DEVICE), "press": str(key)}).encode())
    assert message is not None
    assert (message.client_key, message.counter) == (key, 0)


@pytest.mark.parametrize(
    ("ago", "battery", "skew", "state"),
    [
        (None, 5, None, ButtonState.NEVER_HEARD),
        (HOUR + timedelta(seconds=1), 5, None, ButtonState.SILENT),
        (HOUR, 20, None, ButtonState.LOW_BATTERY),
        (HOUR, 21, timedelta(hours=-2), ButtonState.WRONG_CLOCK),
        (HOUR, 21, HOUR, ButtonState.WELL),
        (timedelta(0), None, None, ButtonState.WELL),
    ],
)
def test_the_worst_is_said(
    ago: timedelta | None, battery: int | None, skew: timedelta | None, state: ButtonState
) -> None:
    heard_at = NOW - ago if ago is not None else None
    assert state_of(heard_at=heard_at, battery=battery, skew=skew, now=NOW, silent_after=HOUR) == state


def test_the_worst_stand_first_then_the_never_tested_then_the_longest_untested() -> None:
    well, silent = ButtonState.WELL, ButtonState.SILENT
    order = [(silent, NOW), (well, None), (well, NOW - HOUR), (well, NOW)]
    mixed = [order[2], order[0], order[3], order[1]]
    assert sorted(mixed, key=lambda row: urgency(*row)) == order
