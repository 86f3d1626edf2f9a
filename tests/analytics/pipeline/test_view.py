"""A camera that moved is told from one before which somebody walks. Rooms, lessons and shots are drawn."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.pipeline.clips import seat_outline
from analytics.pipeline.geometry import Seat, SeatPlan
from analytics.pipeline.images import Image
from analytics.pipeline.stills import POINTS_ACROSS, _coarse
from analytics.pipeline.view import EVERY_S, MOVED_AFTER, Look, View, ViewCheck
from tests.analytics.pipeline.drawn_rooms import HEIGHT_PX, PLACES, WIDTH_PX, Shot, blurred, lesson, plan, room
from tests.analytics.pipeline.sources import box

ROOMS = (1, 2)
STILLS = {"empty": room, "blurred": lambda number: blurred(room(number))}
CHECKS = {(kind, number): ViewCheck(still(number), plan()) for kind, still in STILLS.items() for number in ROOMS}
# By so many degrees for each share of the width a turn moves the left and the right edge by it; a zoom by twice it.
DEGREES = 114.6
FLAT = np.full((HEIGHT_PX, WIDTH_PX, 3), 180, np.uint8)
SIGNS = st.sampled_from((-1, 1))
LESSONS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "light": st.floats(-0.35, 0.35),
        "exposure": st.floats(0.5, 1.3),
        "covered": st.floats(0, 0.3),
        "covered_from": st.floats(0, 0.7),
        "seed": st.integers(0, 1000),
    }
)
VIBRATION = st.one_of(
    st.builds(lambda x, y: {"right": x, "down": y}, st.floats(-0.004, 0.004), st.floats(-0.004, 0.004)),
    st.builds(lambda share: {"turned_deg": share * DEGREES}, st.floats(-0.004, 0.004)),
    st.builds(lambda share: {"zoom": 1 + 2 * share}, st.floats(-0.004, 0.004)),
)
SHIFTS = st.one_of(
    st.builds(lambda sign, share: {"right": sign * share}, SIGNS, st.floats(0.03, 0.3)),
    st.builds(lambda sign, share: {"down": sign * share}, SIGNS, st.floats(0.03, 0.3)),
)
TURNS = st.one_of(
    st.builds(lambda sign, share: {"turned_deg": sign * share * DEGREES}, SIGNS, st.floats(0.03, 0.3)),
    st.builds(lambda sign, share: {"zoom": 1 + sign * 2 * share}, SIGNS, st.floats(0.03, 0.2)),
)
every_check = pytest.mark.parametrize("check", CHECKS.items(), ids=lambda item: "-".join(map(str, item[0])))
some = settings(max_examples=10, deadline=None)


def seen(check: ViewCheck, pictures: Iterable[Image]) -> list[View]:
    return [check.see(number * EVERY_S, picture) for number, picture in enumerate(pictures)]


class TestLook:
    @every_check
    @some
    @given(shot=LESSONS, vibration=VIBRATION)
    def test_light_people_and_vibration_are_no_move(
        self, check: tuple[tuple[str, int], ViewCheck], shot: dict[str, Any], vibration: dict[str, Any]
    ) -> None:
        (_, number), asked = check
        assert asked.look(lesson(number, Shot(**shot, **vibration))) is not Look.DIFFERENT

    @every_check
    @some
    @given(seed=st.integers(0, 1000), vibration=VIBRATION)
    def test_a_lesson_nobody_walks_through_shows_the_same(
        self, check: tuple[tuple[str, int], ViewCheck], seed: int, vibration: dict[str, Any]
    ) -> None:
        (_, number), asked = check
        assert asked.look(lesson(number, Shot(seed=seed, **vibration))) is Look.SAME

    @every_check
    @some
    @given(shot=LESSONS, moved=st.one_of(SHIFTS, TURNS))
    def test_a_moved_camera_never_shows_the_same(
        self, check: tuple[tuple[str, int], ViewCheck], shot: dict[str, Any], moved: dict[str, Any]
    ) -> None:
        (_, number), asked = check
        assert asked.look(lesson(number, Shot(**shot, **moved))) is not Look.SAME

    @every_check
    @some
    @given(seed=st.integers(0, 1000), moved=SHIFTS)
    def test_a_shift_is_told_by_one_picture(
        self, check: tuple[tuple[str, int], ViewCheck], seed: int, moved: dict[str, Any]
    ) -> None:
        (_, number), asked = check
        assert asked.look(lesson(number, Shot(seed=seed, **moved))) is Look.DIFFERENT

    @every_check
    def test_a_mirrored_picture_and_another_room_differ(self, check: tuple[tuple[str, int], ViewCheck]) -> None:
        (_, number), asked = check
        assert asked.look(lesson(number, Shot(mirrored=True))) is Look.DIFFERENT
        assert [asked.look(lesson(other)) for other in (7, 8, 9)] == [Look.DIFFERENT] * 3

    @every_check
    def test_a_dark_picture_says_nothing(self, check: tuple[tuple[str, int], ViewCheck]) -> None:
        (_, number), asked = check
        assert asked.look(lesson(number, Shot(exposure=0.02))) is Look.UNCLEAR
        assert asked.look(np.zeros((HEIGHT_PX, WIDTH_PX, 3), np.uint8)) is Look.UNCLEAR

    def test_a_room_that_shows_nothing_beside_its_seats_says_nothing(self) -> None:
        assert ViewCheck(FLAT, plan()).look(lesson(1)) is Look.UNCLEAR
        everywhere = SeatPlan((Seat("a", box(0, 0, 1, 1), 0.2),), WIDTH_PX / HEIGHT_PX)
        assert ViewCheck(room(1), everywhere).look(lesson(2)) is Look.UNCLEAR

    def test_people_in_their_seats_are_not_compared(self) -> None:
        """Whatever a seat shows: it is blank in both."""
        picture = room(1)
        aspect = WIDTH_PX / HEIGHT_PX
        for place in PLACES:
            corners = np.array(seat_outline(place, aspect)) * (WIDTH_PX, HEIGHT_PX)
            (left, top), (right, bottom) = corners.min(axis=0).astype(int), corners.max(axis=0).astype(int)
            picture[top:bottom, left:right] = np.random.default_rng(1).integers(0, 255, (bottom - top, right - left, 3))
        assert CHECKS["empty", 1].look(picture) is Look.SAME

    @pytest.mark.parametrize("points", POINTS_ACROSS[2:])
    def test_a_still_blurred_beyond_marks_says_nothing(self, points: int) -> None:
        check = ViewCheck(_coarse(room(1), points), plan())
        assert [check.look(lesson(number)) for number in (1, 2)] == [Look.UNCLEAR] * 2

    def test_a_larger_face_makes_a_larger_shift_harmless(self) -> None:
        """A quarter of a head: 1.2 points of the 160 compared for faces of 5 % of the height, 3.2 for 14 %."""
        small = SeatPlan(
            tuple(Seat(seat.seat_id, seat.outline, 0.05) for seat in plan().seats), plan().aspect_ratio
        )  # fmt: skip
        shifted = lesson(1, Shot(right=0.012))
        assert ViewCheck(room(1), small).look(shifted) is Look.DIFFERENT
        assert CHECKS["empty", 1].look(shifted) is Look.SAME

    def test_a_still_of_another_size_is_compared_all_the_same(self) -> None:
        larger = np.ascontiguousarray(room(1).repeat(3, axis=0).repeat(3, axis=1))
        assert ViewCheck(larger, plan()).look(lesson(1)) is Look.SAME


class Scripted(ViewCheck):
    """Says what it is told to."""

    def __init__(self, *looks: Look) -> None:
        super().__init__(FLAT, plan())
        self.looks, self.looked = list(looks), 0

    def look(self, image: Image) -> Look:
        self.looked += 1
        return self.looks[self.looked - 1]


class TestView:
    @given(st.lists(st.sampled_from([*Look, Look.DIFFERENT, Look.DIFFERENT]), min_size=1, max_size=40))
    @settings(deadline=None)
    def test_it_moved_when_so_many_clear_looks_in_a_row_differ(self, looks: list[Look]) -> None:
        check, picture = Scripted(*looks), FLAT
        said = [check.see(number * EVERY_S, picture) for number in range(len(looks))]
        since, same_s = 0, -1.0
        for number, look in enumerate(looks):
            if look is Look.SAME:
                since, same_s = 0, number * EVERY_S
            since += look is Look.DIFFERENT
            unmoved = View.SAME if same_s >= 0 else View.UNSEEN
            expected = View.MOVED if since >= MOVED_AFTER else View.DOUBTFUL if since else unmoved
            assert said[number] is expected
        assert check.same_s == same_s

    def test_it_looks_every_five_seconds_only(self) -> None:
        check = Scripted(*[Look.SAME] * 3)
        for second in range(13):
            check.see(float(second), room(1))
        assert (check.looked, check.same_s) == (3, 10.0)

    def test_a_camera_nudged_midway_has_moved_within_a_minute(self) -> None:
        check = ViewCheck(room(1), plan())
        before = seen(check, (lesson(1, Shot(seed=n)) for n in range(3)))
        after = [
            check.see(15 + n * EVERY_S, lesson(1, Shot(right=0.05, seed=n, light=0.02 * n)))
            for n in range(MOVED_AFTER)
        ]  # fmt: skip
        assert before == [View.SAME] * 3
        assert after == [View.DOUBTFUL] * (MOVED_AFTER - 1) + [View.MOVED]
        assert check.same_s == 10.0

    def test_somebody_before_the_lens_is_no_move(self) -> None:
        """Half a minute of a back, then the room again."""
        hidden = [lesson(1, Shot(covered=1.0, covered_from=0.0, seed=n)) for n in range(6)]
        said = seen(ViewCheck(room(1), plan()), [lesson(1), *hidden, lesson(1)])
        assert View.MOVED not in said
        assert said[-1] is View.SAME
