"""Parts of a file, as browsers ask for them to jump within a video."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from analytics.views.ranges import part_of, starts_at_the_beginning

CONTENT = bytes(range(100))


@pytest.mark.parametrize(
    ("asked", "status", "first", "end"),
    [
        ("", 200, 0, 100),
        ("bytes=0-", 206, 0, 100),
        ("bytes=10-19", 206, 10, 20),
        ("bytes=90-1000", 206, 90, 100),
        ("bytes=-5", 206, 95, 100),
        ("bytes=-1000", 206, 0, 100),
        ("bytes=100-", 416, 0, 0),
        ("bytes=20-10", 416, 0, 0),
        ("bytes=-0", 416, 0, 0),
        ("bytes=-", 200, 0, 100),
        ("bytes=0-1,5-6", 200, 0, 100),
        ("lines=0-1", 200, 0, 100),
    ],
)
def test_what_is_asked_for_is_what_comes(asked: str, status: int, first: int, end: int) -> None:
    answer = part_of(CONTENT, "video/webm", asked, {"Cache-Control": "no-store"})
    assert (answer.status_code, answer["Accept-Ranges"], answer["Cache-Control"]) == (status, "bytes", "no-store")
    assert answer.content == CONTENT[first:end]
    said = {206: f"bytes {first}-{end - 1}/100", 416: "bytes */100"}.get(status)
    assert answer.get("Content-Range") == said


@given(st.text(max_size=30))
def test_no_header_breaks_it(asked: str) -> None:
    assert part_of(CONTENT, "video/webm", asked, {}).status_code in (200, 206, 416)


@pytest.mark.parametrize(
    ("asked", "begins"), [("", True), ("bytes=0-", True), ("bytes=1-", False), ("bytes=-5", True), ("nonsense", True)]
)
def test_a_later_part_is_no_new_look(asked: str, begins: bool) -> None:
    assert starts_at_the_beginning(RequestFactory().get("/", headers={"Range": asked})) is begins
