"""CSV opens in spreadsheets with its letters, and holds no formula."""

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from caseflow.documents.csv_file import csv_file
from caseflow.documents.xlsx import FORMULA_SIGNS


def test_letters_of_every_language_are_read() -> None:
    content = csv_file([("Ұлағат", 5), ("a, «b»", "")])
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(StringIO(content.decode("utf-8-sig")))) == [["Ұлағат", "5"], ["a, «b»", ""]]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00")))
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    [[cell]] = csv.reader(StringIO(csv_file([[text or "x"]]).decode("utf-8-sig")))
    assert not cell.startswith(FORMULA_SIGNS)
