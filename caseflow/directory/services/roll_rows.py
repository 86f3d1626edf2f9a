"""Checking the rows of an uploaded roll one by one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseflow.directory.enums import Relation, Sex
from caseflow.directory.rules import is_pupil_age, national_number_is_valid, split_class

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
LONGEST = {"number": 32, "last_name": 100, "first_name": 100, "patronymic": 100}

Message = str | Promise


@dataclass(slots=True)
class RollRow:
    """One checked row: `line` as in the file (the header is line 1), its values, what is wrong, what it will do.

    `changed` names the fields that it will write.
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
    errors: list[Message] = field(default_factory=list)
    change: str = ""
    changed: list[Message] = field(default_factory=list)


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
        birth_date=_date(cells["birth_date"], _("The birth date is not a date."), errors),
        sex=SEX_WORDS.get(cells["sex"].casefold(), ""),
        grade_letter=split_class(cells["class"]),
        national_number=cells.get("national_number", ""),
        left_on=_date(cells.get("left_on", ""), _("The leaving date is not a date."), errors),
        guardian=_guardian(cells),
        relation=RELATION_WORDS.get(cells.get("guardian_relation", "").casefold(), ""),
        guardian_phone=cells.get("guardian_phone", ""),
        errors=errors,
    )
    errors.extend(message for wrong, message in _checks(row, today) if wrong)
    return row


def _checks(row: RollRow, today: date) -> Iterable[tuple[bool, Message]]:
    yield not row.number, _("The pupil's number is missing.")
    yield not (row.last_name and row.first_name), _("The family name or the first name is missing.")
    yield any(len(getattr(row, name)) > limit for name, limit in LONGEST.items()), _("A value is too long.")
    yield row.birth_date is None and not row.errors, _("The birth date is missing.")
    yield row.birth_date is not None and not is_pupil_age(row.birth_date, today), _("The birth date is not a pupil's.")
    yield not row.sex, _("The sex is neither female nor male.")
    yield row.grade_letter is None, _("The class is not a grade and a letter, such as 7Б.")
    yield bool(row.national_number) and not national_number_is_valid(row.national_number), _("The IIN is wrong.")
    yield row.guardian is not None and not all(row.guardian[:2]), _("The guardian's name is incomplete.")
    yield row.guardian is not None and not row.relation, _("How the guardian is related is not known.")


def _find_contradictions(rows: list[RollRow]) -> None:
    """Rows with the same number must tell of the same pupil and each name another guardian."""
    persons: dict[str, set[tuple[object, ...]]] = {}
    for row in rows:
        persons.setdefault(row.number, set()).add((row.last_name, row.first_name, row.birth_date, row.grade_letter))
    repeats = Counter((row.number, row.guardian) for row in rows)
    for row in rows:
        if row.number and len(persons[row.number]) > 1:
            row.errors.append(_("Another row with this number tells of another pupil."))
        elif row.number and repeats[row.number, row.guardian] > 1:
            row.errors.append(_("The row stands in the file twice."))


def _guardian(cells: dict[str, str]) -> tuple[str, str, str] | None:
    names = tuple(cells.get(f"guardian_{part}", "") for part in ("last_name", "first_name", "patronymic"))
    return (names[0], names[1], names[2]) if any(names) else None


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
