import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.rules import BadCursorError, Cursor, is_local_path

numbers = st.integers(min_value=0, max_value=2**63 - 1)


@given(numbers)
def test_a_cursor_reads_back_as_it_was_written(position: int) -> None:
    assert Cursor.parse(str(Cursor(position))) == Cursor(position)


@pytest.mark.parametrize(
    "text",
    ["", "5.", ".5", "-1", "1.2", " 1", "1\n", "१", "1e3", str(2**63), "9" * 20],
)
def test_other_text_is_no_cursor(text: str) -> None:
    with pytest.raises(BadCursorError):
        Cursor.parse(text)


@given(st.text(max_size=30))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        cursor = Cursor.parse(text)
    except BadCursorError:
        return
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("/cases/1/", True),
        ("/", True),
        ("//evil.example/", False),
        ("/\\evil.example/", False),
        ("https://evil.example/", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_an_alert_leads_only_into_this_installation(url: str, *, local: bool) -> None:
    assert is_local_path(url) is local
