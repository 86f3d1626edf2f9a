"""A seat that closes leaves nothing behind."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.pipeline.quality import Rejection
from analytics.pipeline.tracks import Access, SeatTrack
from analytics.pipeline.windows import WINDOW_S, Observation

SEEN = Observation(0.2, 0.4, 0.9, 100.0, 0.1, 50.0)


def run(gates: list[bool]) -> tuple[SeatTrack, list[int], list[int]]:
    """Feed a frame a second. Returns the track, the indexes delivered, and at which frames a purge was told."""
    track, delivered, purges = SeatTrack("a"), [], []
    for second, gate_open in enumerate(gates):
        if track.access is not Access.PURGED and track.admit(float(second), gate_open=gate_open):
            purges.append(second)
        if track.access is Access.OPEN:
            window = track.add(float(second), SEEN)
            delivered += [window.index] if window else []
    last = track.finish()
    return track, delivered + ([last.index] if last else []), purges


def test_an_open_seat_delivers_each_window_once() -> None:
    track, delivered, purges = run([True] * 25)
    assert (delivered, purges) == ([0, 1, 2], [])
    result = track.result(possible_windows=3)
    assert (result.coverage_share, result.frames_used, len(result.windows)) == (1.0, 25, 3)


def test_a_seat_that_closes_midway_is_purged_for_good() -> None:
    track, _, purges = run([True] * 15 + [False] + [True] * 30)
    assert purges == [15]
    assert track == SeatTrack("a", Access.PURGED)


def test_a_seat_that_opens_midway_loses_the_window_in_which_it_was_closed() -> None:
    track, delivered, purges = run([False] * 3 + [True] * 27)
    assert (delivered, purges) == ([1, 2], [0])
    assert track.access is Access.OPEN


def test_a_seat_never_opened_tells_its_purge_once() -> None:
    track, delivered, purges = run([False] * 30)
    assert (delivered, purges, track.access) == ([], [0], Access.UNSEEN)


def test_rejections_are_counted_by_reason() -> None:
    track = SeatTrack("a")
    track.admit(0.0, gate_open=True)
    for reason in (Rejection.NO_FACE, Rejection.NO_FACE, Rejection.BLURRED):
        track.add(0.0, reason)
    assert track.result(1).rejected == {Rejection.NO_FACE: 2, Rejection.BLURRED: 1}


def test_no_possible_window_means_no_coverage() -> None:
    assert SeatTrack("a").result(0).coverage_share == 0.0


@given(st.lists(st.booleans(), max_size=60))
def test_no_window_is_kept_that_had_a_closed_frame(gates: list[bool]) -> None:
    track, _, _ = run(gates)
    first_open = gates.index(True) if True in gates else len(gates)
    if False in gates[first_open:]:
        assert not track.windows
    for window in track.windows:
        start = round(window.index * WINDOW_S)
        assert all(gates[start : start + round(WINDOW_S)])
