"""The small chart of a case page: the pupil's own days against the pupil's own usual range."""

from datetime import date, timedelta

from analytics.rules.trend import BOTTOM, SHOWN_DAYS, TOP, WIDTH, Usual, draw_trend

MONDAY = date(2026, 3, 2)


def test_without_a_valid_day_nothing_is_drawn() -> None:
    assert draw_trend([(MONDAY, None)]) is None


def test_the_line_breaks_at_a_day_without_data_and_the_day_is_marked() -> None:
    trend = draw_trend([(MONDAY, 0.0), (MONDAY + timedelta(1), None), (MONDAY + timedelta(2), 1.0)])

    assert trend is not None
    assert (len(trend.lines), len(trend.points), len(trend.gaps)) == (2, 2, 1)
    assert (trend.band, trend.crossing_x) == (None, None)
    assert [point.above for point in trend.points] == [False, False]


def test_a_day_counts_as_above_only_over_the_band() -> None:
    trend = draw_trend([(MONDAY + timedelta(at), value) for at, value in enumerate((-3.0, 2.0, 2.1))], Usual(0.0, 1.0))

    assert trend is not None
    assert trend.band is not None
    assert [point.above for point in trend.points] == [False, False, True]
    assert trend.points[1].y == trend.band.top
    assert (trend.points[2].y, trend.points[0].y) == (TOP, BOTTOM)


def test_the_crossing_stands_on_its_day_and_not_at_all_when_that_day_is_not_shown() -> None:
    days = [(MONDAY + timedelta(at), 0.0) for at in range(SHOWN_DAYS + 5)]

    shown, left_out = (draw_trend(days, Usual(0.0, 1.0), days[at][0]) for at in (-1, 2))

    assert shown is not None
    assert left_out is not None
    assert shown.crossing_x == shown.points[-1].x
    assert shown.crossing_left
    assert left_out.crossing_x is None
    assert (shown.first, shown.last) == (days[5][0], days[-1][0])
    assert all(0 < label.x < WIDTH for label in shown.labels)
