import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.rules import BadCursorError, Cursor, is_local_path

numbers = st.integers(min_value=0, max_value=2**63 - 1)


@given(numbers, numbers)
def test_a_cursor_reads_back_as_it_was_written(xid: int, row: int) -> None:
    assert Cursor.parse(str(Cursor(xid, row))) == Cursor(xid, row)


@given(numbers, numbers, numbers, numbers)
def test_cursors_are_ordered_by_transaction_then_row(xid: int, row: int, other_xid: int, other_row: int) -> None:
    assert (Cursor(xid, row) < Cursor(other_xid, other_row)) == ((xid, row) < (other_xid, other_row))


@pytest.mark.parametrize(
    "text",
    ["", "5", "5.", ".5", "-1.2", "1.-2", "1.2.3", " 1.2", "1.2\n", "१.२", "1e3.2", f"{2**63}.1", "9" * 20 + ".1"],
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
