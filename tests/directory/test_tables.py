"""Uploaded lists are read by content, or refused with a reason."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from caseflow.directory.services.tables import (
    MAX_BYTES,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    UnreadableTableError,
    read_table,
)

HEADER = ("Номер", "Фамилия", "Имя", "Дата рождения", "Пол", "Класс")
MADINA = (7, "Серікова", "Мадина", date(2013, 3, 5), "ж", "7Б")
READ = {
    "number": "7",
    "last_name": "Серікова",
    "first_name": "Мадина",
    "birth_date": "2013-03-05",
    "sex": "ж",
    "class": "7Б",
}
MEBIBYTE = 1024 * 1024


def workbook(*rows: tuple[object, ...], iso_dates: bool = False) -> bytes:
    book = Workbook(iso_dates=iso_dates)
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_sheet(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with something else in the XML of its sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w") as written:
        for name in read.namelist():
            part = read.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert part.count(old) == 1
                part = part.replace(old, new)
            written.writestr(name, part)
    return out.getvalue()


def packed_zeros(size: int) -> bytes:
    """A small package whose only part unpacks to at least that many bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(size // MEBIBYTE + 1):
            part.write(bytes(MEBIBYTE))
    return out.getvalue()


def reason(content: bytes) -> str:
    with pytest.raises(UnreadableTableError) as refused:
        read_table(content)
    return str(refused.value)


def csv_list(rows: int) -> bytes:
    lines = [";".join(HEADER), *(f"{number};Серікова;Мадина;05.03.2013;ж;7Б" for number in range(rows))]
    return "\n".join(lines).encode()


def test_dates_written_as_iso_text_are_read_like_those_of_excel() -> None:
    assert read_table(workbook(HEADER, MADINA)) == [READ]
    assert read_table(workbook(HEADER, MADINA, iso_dates=True)) == [READ]


def test_a_whole_number_written_with_a_fraction_has_none() -> None:
    """Google Sheets writes 7 as 7.0."""
    content = with_sheet(workbook(HEADER, MADINA), b"<v>7</v>", b"<v>7.0</v>")

    assert read_table(content) == [READ]


def test_an_empty_cell_is_empty_text() -> None:
    (row,) = read_table(workbook((*HEADER, "Отчество", "ИИН"), (*MADINA, None, "130305655556")))

    assert (row["patronymic"], row["national_number"]) == ("", "130305655556")


def test_a_list_may_have_ten_thousand_rows_and_no_more() -> None:
    assert len(read_table(csv_list(MAX_ROWS))) == MAX_ROWS
    assert reason(csv_list(MAX_ROWS + 1)) == "The file has more than 10,000 rows. Split it by class."


def test_a_file_that_is_too_large_or_unpacks_to_too_much_is_to_be_split() -> None:
    bomb = packed_zeros(MAX_UNPACKED_BYTES)
    assert len(bomb) < MAX_BYTES

    assert {reason(b"7" * (MAX_BYTES + 1)), reason(bomb)} == {"The file is larger than 10 MB. Split it by class."}


@pytest.mark.parametrize("content", [b";;\n;;\n", workbook((None, None))], ids=["CSV", "XLSX"])
def test_a_table_of_empty_cells_has_no_rows(content: bytes) -> None:
    assert reason(content) == "The file has no rows."


def test_text_in_no_known_encoding_is_no_table() -> None:
    assert reason(b"7;\x98\n") == "The file is neither an XLSX table nor CSV text."
