"""What a cell of a class's heat-map may tell of one pupil: at most one step, and never which value."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.enums import ClimateBreak, ClimateLevel
from analytics.rules.climate import FEWEST_PUPILS, FEWEST_SIGHTS, Place, Setting, Sight, breaks, level_of, levels

MONDAY = date(2026, 11, 2)
ROWS, WEEKS = 2, 3
PLACES = [(row, MONDAY + timedelta(weeks=week)) for row in range(ROWS) for week in range(WEEKS)]
ANY_CONTRAST = st.floats(-10, 10)
some = settings(max_examples=60, deadline=None)
Shown = Mapping[Place, ClimateLevel]


def pupil(number: int) -> UUID:
    return UUID(int=number)


def sights_of(number: int, contrasts: list[float | None], ground: str = "seat") -> list[Sight]:
    """One sight for each place, none where there is no value."""
    return [
        Sight(pupil(number), row, week, ground, contrast)
        for (row, week), contrast in zip(PLACES, contrasts, strict=True)
        if contrast is not None
    ]


VALUES = st.lists(st.one_of(ANY_CONTRAST, st.none()), min_size=len(PLACES), max_size=len(PLACES))
WHOLE = st.lists(ANY_CONTRAST, min_size=len(PLACES), max_size=len(PLACES))
CLASSES = st.lists(VALUES, min_size=FEWEST_PUPILS - 1, max_size=FEWEST_PUPILS + 3)


def class_of(values: list[list[float | None]]) -> list[Sight]:
    return [sight for number, own in enumerate(values) for sight in sights_of(number, own)]


def far_apart(one: Shown, other: Shown) -> int:
    """By how many steps two maps differ in a cell that both show."""
    return max((abs(one[place] - other[place]) for place in one.keys() & other.keys()), default=0)


@some
@given(CLASSES, VALUES, VALUES)
def test_replacing_all_of_one_pupils_values_by_anything_moves_a_cell_by_at_most_one_step(
    others: list[list[float | None]], before: list[float | None], after: list[float | None]
) -> None:
    rest = class_of(others)
    assert far_apart(levels(rest + sights_of(99, before)), levels(rest + sights_of(99, after))) <= 1


@some
@given(CLASSES, VALUES)
def test_leaving_one_pupil_out_moves_a_cell_by_at_most_one_step_or_takes_it_away(
    others: list[list[float | None]], own: list[float | None]
) -> None:
    """What a reader sees who looks before and after a withdrawal."""
    rest = class_of(others)
    with_them, without = levels(rest + sights_of(99, own)), levels(rest)
    assert far_apart(with_them, without) <= 1
    assert without.keys() <= with_them.keys()


@some
@given(st.lists(WHOLE, min_size=FEWEST_PUPILS - 1, max_size=FEWEST_PUPILS + 3), st.lists(WHOLE, min_size=8, max_size=8))
def test_whoever_knows_everybody_elses_values_tells_at_most_two_kinds_of_a_pupil_apart(
    others: list[list[float]], candidates: list[list[float]]
) -> None:
    """One bit for each cell is the most that can be told, and the two steps are neighbours."""
    rest = class_of([list(own) for own in others])
    maps = [levels(rest + sights_of(99, list(own))) for own in candidates]
    for place in PLACES:
        seen = {shown[place] for shown in maps}
        assert len(seen) <= 2
        assert max(seen) - min(seen) <= 1


@some
@given(CLASSES, ANY_CONTRAST)
def test_how_much_a_pupil_usually_shows_moves_nothing(others: list[list[float | None]], shift: float) -> None:
    """A pupil who always looks sad, or whose face the model reads so, weighs like any other."""
    own = [0.5, -0.25, 0.0, 0.75, 0.25, -0.5]
    rest = class_of(others)
    plain = levels(rest + sights_of(99, list(own)))
    assert plain == levels(rest + sights_of(99, [value + round(shift) for value in own]))


@some
@given(st.lists(VALUES, min_size=0, max_size=FEWEST_PUPILS + 3))
def test_no_cell_is_shown_with_fewer_than_ten_pupils(values: list[list[float | None]]) -> None:
    for place in levels(class_of(values)):
        column = PLACES.index(place)
        counted = [own for own in values if own[column] is not None and len(_known(own)) >= FEWEST_SIGHTS]
        assert len(counted) >= FEWEST_PUPILS


def _known(own: list[float | None]) -> list[float]:
    return [value for value in own if value is not None]


def test_a_pupil_of_whom_little_is_known_does_not_count() -> None:
    little: list[float | None] = [0.0] * (FEWEST_SIGHTS - 1) + [None] * (len(PLACES) - FEWEST_SIGHTS + 1)
    known: list[float | None] = [0.0] * len(PLACES)
    assert levels(class_of([known] * (FEWEST_PUPILS - 1) + [little])) == {}
    assert set(levels(class_of([known] * FEWEST_PUPILS)).values()) == {ClimateLevel.USUAL}


def test_a_lesson_in_which_the_class_differs_stands_out_both_ways() -> None:
    week: list[float | None] = [0.0, 0.2, -0.2, 0.1, 3.0, -3.0]
    shown = levels(class_of([week] * FEWEST_PUPILS))
    assert [shown[place] for place in PLACES] == [0, 1, -1, 0, 2, -2]


def test_one_pupil_out_of_ten_never_makes_a_usual_lesson_stand_out() -> None:
    calm: list[float | None] = [0.0] * len(PLACES)
    loud: list[float | None] = [*calm[1:], 9.0]
    shown = levels(class_of([*[calm] * (FEWEST_PUPILS - 1), loud]))
    assert shown[PLACES[-1]] == ClimateLevel.USUAL


def test_what_was_seen_from_another_seat_or_by_another_model_is_not_compared() -> None:
    half: list[float | None] = [0.0] * len(PLACES)
    raised: list[float | None] = [5.0] * len(PLACES)
    both = [
        sight
        for number in range(FEWEST_PUPILS)
        for sight in sights_of(number, half, "seat") + sights_of(number, raised, "another seat")
    ]
    assert set(levels(both).values()) == {ClimateLevel.USUAL}


@pytest.mark.parametrize(
    ("distance", "level"),
    [(-2.0, -2), (-1.0, -1), (-0.51, -1), (-0.5, 0), (0.0, 0), (0.5, 0), (0.51, 1), (1.0, 1), (1.01, 2), (2.0, 2)],
)
def test_the_steps_of_a_mean_distance(distance: float, level: int) -> None:
    assert level_of(distance) == level


class TestBreaks:
    first, second = UUID(int=1), UUID(int=2)

    def test_another_plan_or_model_is_marked_in_its_week_and_not_after_it(self) -> None:
        settings = {
            MONDAY: {Setting(7, self.first, 1)},
            MONDAY + timedelta(weeks=1): {Setting(7, self.second, 1)},
            MONDAY + timedelta(weeks=2): {Setting(7, self.second, 1)},
            MONDAY + timedelta(weeks=4): {Setting(7, self.second, 2)},
        }
        assert breaks(settings) == {
            MONDAY + timedelta(weeks=1): (ClimateBreak.SEATS,),
            MONDAY + timedelta(weeks=4): (ClimateBreak.MODEL,),
        }

    def test_a_change_within_a_week_is_marked_and_another_room_is_none(self) -> None:
        settings = {
            MONDAY: {Setting(7, self.first, 1), Setting(7, self.second, 2)},
            MONDAY + timedelta(weeks=1): {Setting(8, self.first, 2)},
        }
        assert breaks(settings) == {MONDAY: (ClimateBreak.SEATS, ClimateBreak.MODEL)}
