"""Every column a journal can have: how it is called, how it is taken from a line, and whether it names persons."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from caseflow.appointments.enums import AppointmentKind, AppointmentState
from caseflow.instruments.enums import Respondent
from caseflow.journals.enums import Asker, Journal, Told, WorkForm
from caseflow.journals.rules.words import without_names

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Cell = str | int
CONSULTATIONS, GROUP, DIAGNOSTICS = Journal.CONSULTATIONS, Journal.GROUP, Journal.DIAGNOSTICS
EVERY = frozenset(Journal)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a journal as it was recorded; codes are read in the language of whoever looks.

    `ref` says from what it is made, `names` are all persons it is about, `secret_words` the names that free words must
    not hold, `classes` those of the pupils at that time.
    """

    ref: str
    number: int
    at: datetime
    minutes: int
    psychologist: str
    kind: str = ""
    state: str = ""
    classes: tuple[str, ...] = ()
    case_number: int | None = None
    people: int = 0
    asker: str = ""
    form: str = ""
    theme: str = ""
    audience: str = ""
    result: str = ""
    method: str = ""
    respondent: str = ""
    told: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    secret_words: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the appointment or of the questionnaire that the line is made of."""
        return self.ref.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Column:
    """`weight` is its share of the width of a sheet, beside the others'."""

    key: str
    title: "StrOrPromise"
    journals: frozenset[Journal]
    take: Callable[[Line], Cell]
    weight: int = 2
    personal: bool = False

    @property
    def is_number(self) -> bool:
        return self.key in NUMBERS


def columns_of(journal: Journal) -> list[Column]:
    """What the form of a journal can be made of, in the usual order."""
    return [column for column in CATALOGUE.values() if journal in column.journals]


def _label(choices: type, value: str) -> str:
    return str(choices(value).label) if value else ""


def _whom(line: Line) -> str:
    case = gettext("case no. %(number)s") % {"number": line.case_number} if line.case_number else ""
    return ", ".join(part for part in (*line.classes, case) if part)


def _said(words: Callable[[Line], str]) -> Callable[[Line], Cell]:
    """Free words: the names of whom the line is about are left out, for the form has none."""
    return lambda line: without_names(words(line), line.secret_words)


def _told(line: Line) -> str:
    return ", ".join(_label(Told, each) for each in line.told)


def _both(*journals: Journal) -> frozenset[Journal]:
    return frozenset(journals)


NUMBERS = frozenset({"number", "minutes", "people"})
CATALOGUE: dict[str, Column] = {
    column.key: column
    for column in (
        Column("number", _("No."), EVERY, lambda line: line.number, 1),
        Column("date", _("Date"), EVERY, lambda line: date_format(line.at, "d.m.Y")),
        Column("time", _("Time"), EVERY, lambda line: date_format(line.at, "H:i"), 1),
        Column("minutes", pgettext_lazy("a column", "Min."), EVERY, lambda line: line.minutes, 1),
        Column(
            "kind", _("Who was consulted"), _both(CONSULTATIONS), lambda line: _label(AppointmentKind, line.kind), 3
        ),
        Column(
            "person", pgettext_lazy("a person", "Name"), EVERY, lambda line: ", ".join(line.names), 4, personal=True
        ),
        Column("method", _("Method"), _both(DIAGNOSTICS), lambda line: line.method or _said(_theme)(line), 4),
        Column("respondent", _("Who answered"), _both(DIAGNOSTICS), lambda line: _label(Respondent, line.respondent)),
        Column("asker", _("At whose request"), _both(CONSULTATIONS), lambda line: _label(Asker, line.asker)),
        Column("whom", _("Class, number of the case"), _both(CONSULTATIONS, DIAGNOSTICS), _whom, 3),
        Column("audience", _("Class or group"), _both(GROUP), lambda line: _said(_audience)(line) or _whom(line), 3),
        Column("people", _("How many took part"), _both(GROUP, DIAGNOSTICS), lambda line: line.people, 1),
        Column(
            "theme", pgettext_lazy("of work", "Theme"), _both(CONSULTATIONS, GROUP), _said(lambda line: line.theme), 5
        ),
        Column("purpose", _("Purpose"), _both(DIAGNOSTICS), _said(lambda line: line.theme if line.method else ""), 4),
        Column("form", _("Form of work"), _both(GROUP), lambda line: _label(WorkForm, line.form)),
        Column("result", _("Result, recommendation"), EVERY, _said(lambda line: line.result), 5),
        Column("told", _("To whom the result was explained"), _both(DIAGNOSTICS), _told, 3),
        Column("came", _("Whether it took place"), _both(CONSULTATIONS), lambda line: _state(line)),
        Column("psychologist", _("Psychologist"), EVERY, lambda line: line.psychologist, 3),
    )
}


def _theme(line: Line) -> str:
    return line.theme


def _audience(line: Line) -> str:
    return line.audience


def _state(line: Line) -> str:
    return _label(AppointmentState, line.state)
