"""At most so many clips a camera and day, the strongest first."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from analytics.pipeline.disturbance.budget import Held, Place, place_for

ACTS = st.lists(st.one_of(st.floats(3.5, 12), st.integers(0, 9)), max_size=40)


def day(acts: list[float | int], most: int) -> tuple[dict[int, Held[int]], list[float]]:
    """The clips that have a place and the strengths of those that have none, after events and looks at clips."""
    held: dict[int, Held[int]] = {}
    passed_over = []
    for number, act in enumerate(acts):
        if isinstance(act, int):
            looked = sorted(held)[act % len(held)] if held else None
            if looked is not None:
                held[looked] = replace(held[looked], settled=True)
            continue
        place = place_for(act, list(held.values()), most)
        if place.gives_way is not None:
            passed_over.append(held.pop(place.gives_way).strength)
        if place.shown:
            held[number] = Held(number, act, settled=False)
        else:
            passed_over.append(act)
    return held, passed_over


@given(ACTS, st.integers(1, 5))
def test_never_more_than_the_budget_and_of_those_nobody_looked_at_the_strongest(
    acts: list[float | int], most: int
) -> None:
    held, passed_over = day(acts, most)
    waiting = [clip.strength for clip in held.values() if not clip.settled]
    events = sum(isinstance(act, float) for act in acts)
    assert len(held) == min(events, most)
    assert len(held) + len(passed_over) == events
    assert not waiting or max(passed_over, default=0) <= min(waiting)


@given(st.lists(st.floats(3.5, 12), max_size=30), st.integers(1, 5))
def test_without_a_look_they_are_the_strongest_of_the_day_in_whatever_order_they_came(
    strengths: list[float], most: int
) -> None:
    held, _passed_over = day(list(strengths), most)
    assert sorted(clip.strength for clip in held.values()) == sorted(strengths)[-most:]


def test_a_clip_that_was_looked_at_keeps_its_place() -> None:
    seen = [Held(1, 4.0, settled=True), Held(2, 9.0, settled=False)]
    assert place_for(8.0, seen, 2) == Place(shown=False)
    assert place_for(10.0, seen, 2) == Place(shown=True, gives_way=2)
    assert place_for(10.0, seen[:1], 1) == Place(shown=False)
    assert place_for(4.0, [Held(1, 4.0, settled=False)], 1) == Place(shown=False)  # the earlier one stays
