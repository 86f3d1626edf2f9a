from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseflow.instruments.rules.chart import BOTTOM, LEFT, RIGHT, TOP, draw
from caseflow.instruments.rules.scoring import Axis

DAY = datetime(2026, 11, 1, 9, tzinfo=UTC)
AXIS = Axis(27, (5, 10))


def test_a_single_total_stands_in_the_middle() -> None:
    drawing = draw([(DAY, 27)], AXIS)
    assert (drawing.dots[0].x, drawing.dots[0].y) == ((LEFT + RIGHT) // 2, TOP)
    assert drawing.line == f"M{(LEFT + RIGHT) // 2},{TOP}"


def test_the_levels_are_the_ends_of_the_scale_and_the_limits_of_the_table() -> None:
    levels = draw([(DAY, 0)], AXIS).levels
    assert [(level.value, level.is_limit) for level in levels] == [(0, False), (5, True), (10, True), (27, False)]
    assert (levels[0].y, levels[-1].y) == (BOTTOM, TOP)


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 27)), min_size=2, max_size=12))
def test_dots_stay_within_the_drawing_in_the_order_of_time_and_height(drawn: list[tuple[int, int]]) -> None:
    totals = sorted((DAY + timedelta(hours=hours), total) for hours, total in drawn)
    drawing = draw(totals, AXIS)
    assert all(LEFT <= dot.x <= RIGHT and TOP <= dot.y <= BOTTOM for dot in drawing.dots)
    assert [dot.x for dot in drawing.dots] == sorted(dot.x for dot in drawing.dots)
    assert drawing.line.count("L") == len(totals) - 1
    for dot, other in zip(drawing.dots, drawing.dots[1:], strict=False):
        assert (dot.y > other.y) == (dot.total < other.total)
