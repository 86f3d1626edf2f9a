"""One count as it may be shown, and what is computed from shown counts (rule 22)."""

import pytest

from caseflow.disclosure.rounding import change_percent, publish_count, share_percent


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (198, 200)])
def test_a_single_count(count: int, shown: int | None) -> None:
    assert publish_count(count) == shown


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (45, 60, 75),
        (5, 10, 50),
        (5, 5, None),
        (None, 60, None),
        (45, None, None),
        (60, 60, None),
        (0, 60, None),
        (5, 100, None),
    ],
)
def test_a_share_is_whole_and_never_near_none_or_all(part: int | None, whole: int | None, percent: int | None) -> None:
    assert share_percent(part, whole) == percent


@pytest.mark.parametrize(
    ("now", "before", "percent"), [(145, 200, -27), (40, 35, 14), (10, 5, None), (None, 35, None), (0, 10, -100)]
)
def test_a_change_comes_from_published_figures(now: int | None, before: int | None, percent: int | None) -> None:
    assert change_percent(now, before) == percent
