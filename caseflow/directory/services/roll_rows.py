"""Checking the rows of an uploaded roll one by one.

An optional column that the list does not have says nothing: what is known stays as it is. An empty cell in a column
that it has says that there is nothing: what is known becomes empty. Of the two that say more than a value:

- a pupil who has left and is listed without a leaving date is back, with that column or without; a date yet to come
  stays without the column;
- empty names of the guardian end nothing, see `Roll.unnamed`; an empty relation means another legal representative.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseflow.directory.enums import Relation, Sex
from caseflow.directory.rules import is_pupil_age, national_number_is_valid, phone_of_text, split_class
from caseflow.directory.services.tables import HEADERS, REQUIRED

SEX_WORDS = {
    "f": Sex.FEMALE, "ж": Sex.FEMALE, "қ": Sex.FEMALE, "female": Sex.FEMALE, "женский": Sex.FEMALE, "әйел": Sex.FEMALE,
    "m": Sex.MALE, "м": Sex.MALE, "е": Sex.MALE, "male": Sex.MALE, "мужской": Sex.MALE, "ер": Sex.MALE,
}  # fmt: skip
RELATION_WORDS = {
    "": Relation.OTHER,
    "mother": Relation.MOTHER, "мать": Relation.MOTHER, "мама": Relation.MOTHER, "анасы": Relation.MOTHER,
    "father": Relation.FATHER, "отец": Relation.FATHER, "папа": Relation.FATHER, "әкесі": Relation.FATHER,
    "guardian": Relation.GUARDIAN, "опекун": Relation.GUARDIAN, "қорғаншы": Relation.GUARDIAN,
    "trustee": Relation.TRUSTEE, "попечитель": Relation.TRUSTEE, "қамқоршы": Relation.TRUSTEE,
}  # fmt: skip
Message = str | Promise

FIELDS: dict[str, Message] = {
    "last_name": _("family name"),
    "first_name": _("first name"),
    "patronymic": _("patronymic"),
    "birth_date": _("birth date"),
    "sex": _("sex"),
    "left_on": _("leaving date"),
    "grade_letter": _("class"),
    "national_number": _("IIN"),
}
IDENTITY = {"last_name", "first_name", "birth_date"}
LONGEST = {"number": 32, "last_name": 100, "first_name": 100, "patronymic": 100}
LONGEST_LETTER = 4
NOT_A_BIRTH_DATE = _("The birth date is not a date.")


@dataclass(slots=True)
class RollRow:
    """One checked row: `line` as in the file (the header is line 1), its values, what is wrong, what it will do.

    `kept` are the optional columns that the list does not have, `changed` names the fields that it will write.
    """

    line: int
    number: str
    last_name: str
    first_name: str
    patronymic: str
    birth_date: date | None
    sex: str
    grade_letter: tuple[int, str] | None
    national_number: str
    left_on: date | None
    guardian: tuple[str, str, str] | None
    relation: str
    guardian_phone: str
    kept: frozenset[str]
    errors: list[Message] = field(default_factory=list)
    change: str = ""
    changed: list[Message] = field(default_factory=list)

    @property
    def guardian_name(self) -> str:
        return " ".join(part for part in self.guardian or () if part)


def check_rows(table: list[dict[str, str]], today: date) -> list[RollRow]:
    """Each row of the table with everything that is wrong with it; a pupil may repeat to name another guardian."""
    rows = [_checked(line, cells, today) for line, cells in enumerate(table, start=2)]
    _find_contradictions(rows)
    return rows


def _checked(line: int, cells: dict[str, str], today: date) -> RollRow:
    errors: list[Message] = []
    row = RollRow(
        line=line,
        number=cells["number"],
        last_name=cells["last_name"],
        first_name=cells["first_name"],
        patronymic=cells.get("patronymic", ""),
        birth_date=_date(cells["birth_date"], NOT_A_BIRTH_DATE, errors),
        sex=SEX_WORDS.get(cells["sex"].casefold(), ""),
        grade_letter=split_class(cells["class"]),
        national_number=cells.get("national_number", ""),
        left_on=_date(cells.get("left_on", ""), _("The leaving date is not a date."), errors),
        guardian=_guardian(cells),
        relation=RELATION_WORDS.get(cells.get("guardian_relation", "").casefold(), ""),
        guardian_phone=_phone(cells.get("guardian_phone", ""), errors),
        kept=frozenset(HEADERS).difference(REQUIRED, cells),
        errors=errors,
    )
    errors.extend(message for wrong, message in _checks(row, today) if wrong)
    return row


def _checks(row: RollRow, today: date) -> Iterable[tuple[bool, Message]]:
    yield not row.number, _("The pupil's number is missing.")
    yield not (row.last_name and row.first_name), _("The family name or the first name is missing.")
    yield _is_too_long(row), _("A value is too long.")
    yield row.birth_date is None and NOT_A_BIRTH_DATE not in row.errors, _("The birth date is missing.")
    yield row.birth_date is not None and not is_pupil_age(row.birth_date, today), _("The birth date is not a pupil's.")
    yield not row.sex, _("The sex is neither female nor male.")
    yield row.grade_letter is None, _("The class is not a grade and a letter, such as 7Б.")
    yield bool(row.national_number) and not national_number_is_valid(row.national_number), _("The IIN is wrong.")
    yield row.guardian is not None and not all(row.guardian[:2]), _("The guardian's name is incomplete.")
    yield _is_too_long_a_guardian(row), _("The guardian's name is too long.")
    yield row.guardian is not None and not row.relation, _("How the guardian is related is not known.")


def _is_too_long(row: RollRow) -> bool:
    too_long = any(len(getattr(row, name)) > limit for name, limit in LONGEST.items())
    return too_long or (row.grade_letter is not None and len(row.grade_letter[1]) > LONGEST_LETTER)


def _is_too_long_a_guardian(row: RollRow) -> bool:
    return any(len(name) > LONGEST["last_name"] for name in row.guardian or ())


def _find_contradictions(rows: list[RollRow]) -> None:
    """Rows with the same number must tell the same of the pupil and each name another guardian."""
    of_pupil: defaultdict[str, list[RollRow]] = defaultdict(list)
    for row in rows:
        of_pupil[row.number].append(row)
    for number, its in of_pupil.items():
        if number:
            _compare(its)


def _compare(rows: list[RollRow]) -> None:
    differing = [name for name in FIELDS if len({getattr(row, name) for row in rows}) > 1]
    repeats = Counter(row.guardian for row in rows)
    for row in rows:
        if differing:
            row.errors.append(_contradiction(differing))
        elif repeats[row.guardian] > 1:
            row.errors.append(_("The row stands in the file twice."))


def _contradiction(differing: list[str]) -> Message:
    if IDENTITY.intersection(differing):
        return _("Another row with this number tells of another pupil.")
    names = ", ".join(str(FIELDS[name]) for name in differing)
    return _("Rows of this pupil contradict each other: %(fields)s.") % {"fields": names}


def _guardian(cells: dict[str, str]) -> tuple[str, str, str] | None:
    names = tuple(cells.get(f"guardian_{part}", "") for part in ("last_name", "first_name", "patronymic"))
    return (names[0], names[1], names[2]) if any(names) else None


def _phone(text: str, errors: list[Message]) -> str:
    phone = phone_of_text(text) if text else ""
    if phone is None:
        errors.append(_("The guardian's phone is not a telephone number."))
    return phone or ""


def _date(text: str, message: Message, errors: list[Message]) -> date | None:
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    errors.append(message)
    return None
