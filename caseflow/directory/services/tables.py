"""Reading uploaded lists: XLSX and CSV by content, never by name."""

import csv
import io
import zipfile
import zlib
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_lazy as lazy
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 10_000
MAX_COLUMNS = 64  # one cell far to the right would make thousands of empty ones in each row
MAX_UNPACKED_BYTES = 200 * 1024 * 1024  # a list of 10 000 pupils unpacks to about 10 MB

HEADERS: dict[str, tuple[str, ...]] = {
    "number": ("number", "номер", "№", "нөмір", "нөмірі", "личный номер", "pupil number"),
    "last_name": ("last name", "surname", "фамилия", "тегі"),
    "first_name": ("first name", "имя", "аты"),
    "patronymic": ("patronymic", "отчество", "әкесінің аты"),
    "birth_date": ("birth date", "дата рождения", "туған күні"),
    "sex": ("sex", "пол", "жынысы"),
    "class": ("class", "класс", "сынып", "сыныбы"),
    "national_number": ("iin", "иин", "жсн"),
    "left_on": ("left on", "дата выбытия", "кеткен күні"),
    "guardian_last_name": ("guardian last name", "фамилия представителя", "өкілдің тегі"),
    "guardian_first_name": ("guardian first name", "имя представителя", "өкілдің аты"),
    "guardian_patronymic": ("guardian patronymic", "отчество представителя", "өкілдің әкесінің аты"),
    "guardian_relation": ("guardian relation", "кем приходится", "кім болып келеді"),
    "guardian_phone": ("guardian phone", "телефон представителя", "өкілдің телефоны"),
}
# What openpyxl, zipfile and the XML parser raise for files that are damaged, cut or locked with a password.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    RuntimeError,
    OSError,
)
TOO_LARGE = _("The file is larger than 10 MB. Split it by class.")
NO_TABLE = _("The file is neither an XLSX table nor CSV text.")
REQUIRED = ("number", "last_name", "first_name", "birth_date", "sex", "class")


class UnreadableTableError(Exception):
    """The file is not a list that can be read; the message says why and what to do."""


def is_table(beginning: bytes) -> bool:
    """Whether it begins like an XLSX package or like text."""
    return beginning.startswith(b"PK") or b"\0" not in beginning


def read_table(content: bytes) -> list[dict[str, str]]:
    """The rows of an XLSX or CSV list, by known column names, cells as stripped text (dates as ISO).

    Raises UnreadableTableError: too large, neither XLSX nor CSV text, too many rows, a required column missing.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableTableError(TOO_LARGE)
    if not content.strip():
        raise UnreadableTableError(_("The file is empty."))
    rows = _xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content)
    filled = [row for row in rows if any(row)]
    if not filled:
        raise UnreadableTableError(_("The file has no rows."))
    columns = _columns(filled[0])
    return [{name: row[place] if place < len(row) else "" for name, place in columns.items()} for row in filled[1:]]


def _columns(header: list[str]) -> dict[str, int]:
    names = {title: name for name, titles in HEADERS.items() for title in titles}
    found = {names[cell.casefold()]: place for place, cell in enumerate(header) if cell.casefold() in names}
    missing = [HEADERS[name][0] for name in REQUIRED if name not in found]
    if missing:
        raise UnreadableTableError(lazy("Columns are missing: %(names)s.") % {"names": ", ".join(missing)})
    return found


def _xlsx_rows(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > MAX_UNPACKED_BYTES:
                raise UnreadableTableError(TOO_LARGE)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [
            [_text(cell) for cell in row]
            for row in sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True)
        ]
    except DAMAGED as error:
        raise UnreadableTableError(NO_TABLE) from error
    return _not_too_many(rows)


def _csv_rows(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows = [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        ]
    except csv.Error as error:
        raise UnreadableTableError(NO_TABLE) from error
    return _not_too_many(rows)


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise UnreadableTableError(NO_TABLE)
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTableError(NO_TABLE)


def _not_too_many(rows: list[list[str]]) -> list[list[str]]:
    if len(rows) > MAX_ROWS + 1:
        raise UnreadableTableError(_("The file has more than 10,000 rows. Split it by class."))
    return rows


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
