"""What the decoding process answers is believed only as far as it makes sense."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from analytics.pipeline.answers import frame_of, info_of, outcome_of
from analytics.pipeline.errors import DecoderCrashed, TooLong
from analytics.pipeline.video import Limits
from tests.analytics.pipeline.sources import INFO, OUTCOME

LIMITS = Limits(longest_video_s=100, most_pixels=200 * 100)
FRAME = {"t_s": 3.0, "height_px": 2, "width_px": 3}


def facts(**changed: Any) -> dict[str, Any]:
    """As they come out of the pipe."""
    found = json.loads(json.dumps({"info": {**asdict(INFO), **changed}}))
    assert isinstance(found, dict)
    return found


def test_facts_are_read() -> None:
    assert info_of(facts(), LIMITS) == INFO
    told = replace(INFO, recorded_at=datetime(2026, 3, 2, 9, tzinfo=UTC), declared_s=None, declared_frames=None)
    claimed = facts(recorded_at="2026-03-02T14:00:00+05:00", declared_s=None, declared_frames=None)
    assert info_of(claimed, LIMITS) == told


@pytest.mark.parametrize(
    "changed",
    [
        {"width_px": 201},
        {"width_px": 0},
        {"width_px": "200"},
        {"height_px": 1.5},
        {"rotation_deg": 45},
        {"codecs": 7},
        {"fps": float("nan")},
        {"declared_s": -1.0},
        {"declared_s": 101.0},
        {"probed_s": float("inf")},
        {"probed_s": 10**400},
        {"probed_frames": -1},
        {"keyframes": 1 << 60},
        {"recorded_at": "yesterday"},
        {"recorded_at": 2026},
        {"recorded_at": "9999-12-31T23:59:59-12:00"},
    ],
)
def test_facts_that_cannot_be_are_a_crash(changed: dict[str, Any]) -> None:
    with pytest.raises(DecoderCrashed, match="contradicts"):
        info_of(facts(**changed), LIMITS)


@pytest.mark.parametrize("head", [{}, {"info": None}, {"info": []}, {"info": {"width_px": 2}}])
def test_facts_that_are_none_are_a_crash(head: dict[str, Any]) -> None:
    with pytest.raises(DecoderCrashed):
        info_of(head, LIMITS)


def test_a_frame_is_read() -> None:
    frame = frame_of(FRAME, bytearray(range(18)), 2.9, LIMITS)
    assert (frame.t_s, frame.image.shape, frame.image[1, 2].tolist()) == (3.0, (2, 3, 3), [15, 16, 17])


@pytest.mark.parametrize(
    ("changed", "size"),
    [
        ({}, 17),
        ({"t_s": float("nan")}, 18),
        ({"t_s": -1}, 18),
        ({"t_s": 2.5}, 18),
        ({"t_s": "3"}, 18),
        ({"width_px": float("inf")}, 18),
        ({"width_px": 0}, 0),
        ({"width_px": -3, "height_px": -2}, 18),
    ],
)
def test_a_frame_that_cannot_be_is_a_crash(changed: dict[str, Any], size: int) -> None:
    with pytest.raises(DecoderCrashed, match="contradicts"):
        frame_of({**FRAME, **changed}, bytearray(size), 2.5, LIMITS)


def test_frames_beyond_the_longest_video_are_refused_whatever_it_declared() -> None:
    with pytest.raises(TooLong):
        frame_of({**FRAME, "t_s": 100.5}, bytearray(18), 2.5, LIMITS)


def test_an_end_is_read_and_one_that_cannot_be_is_a_crash() -> None:
    assert outcome_of(asdict(OUTCOME)) == OUTCOME
    for changed in ({"decoded_s": -1}, {"decoded_frames": "many"}, {"damaged_packets": None}):
        with pytest.raises(DecoderCrashed):
            outcome_of({**asdict(OUTCOME), **changed})
    with pytest.raises(DecoderCrashed):
        outcome_of({"kind": "surprise"})
