"""Columns, periods, words and forms, without a database."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.documents.sheets import said_in
from caseflow.journals.enums import Journal, Section
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.columns import CATALOGUE, Line, columns_of
from caseflow.journals.rules.forms import check_form, heads_of
from caseflow.journals.rules.layout import laid_out, laid_out_in
from caseflow.journals.rules.periods import (
    Period,
    grade_group,
    grade_then,
    school_months,
    usual_year,
)
from caseflow.journals.rules.reports import digest_of, may_sign_from
from caseflow.journals.rules.words import without_names

LINE = Line(
    ref="appointment:7f0d4b1e-0000-4000-8000-000000000000",
    number=3,
    at=datetime(2026, 10, 5, 9, 30),  # noqa: DTZ001  local already
    minutes=45,
    psychologist="Сабырова Айгүл",
    kind="pupil",
    state="held",
    classes=("7 «Б»",),
    case_number=12,
    people=1,
    asker="teacher",
    theme="Мадина боится контрольных; Мадинаға кеңес",
    result="Поговорить с Мадиной ещё раз",
    names=("Алиева Мадина",),
    secret_words=("Алиева Мадина Сериковна",),
)


def cells(line: Line, *keys: str, language: str = "en") -> list[Any]:
    with override(language):
        return laid_out(heads_of([{"key": key} for key in keys], with_names=True), [line])[0]


def test_names_go_out_of_free_words_with_the_ending_that_a_language_puts_to_them() -> None:
    said = cells(LINE, "theme", "result")
    assert said == ["… боится контрольных; … кеңес", "Поговорить с … ещё раз"]
    assert without_names("Повторить материал", ["Ли Материн"]) == "Повторить материал"
    assert without_names("Иванова пришла", ["Иван"]) == "… пришла"
    assert without_names("Все слова", []) == "Все слова"


@settings(max_examples=30, deadline=None, database=None)
@given(before=st.text("абв ", max_size=8), ending=st.sampled_from(["", "а", "ға", "ның", "мен"]))
def test_whatever_stands_around_a_name_it_is_not_read(before: str, ending: str) -> None:
    text = f"{before} Қалауова{ending} сказала"
    assert "алауов" not in without_names(text, ["Қалауова Мадина"])


def test_a_line_is_said_by_its_columns_in_the_language_of_the_reader() -> None:
    keys = ("number", "date", "time", "minutes", "kind", "asker", "whom", "came", "psychologist", "person", "people")
    assert cells(LINE, *keys) == [
        3, "05.10.2026", "09:30", 45, "Consultation of a pupil", "teacher", "7 «Б», case no. 12", "Held",
        "Сабырова Айгүл", "Алиева Мадина", 1,
    ]  # fmt: skip
    assert cells(LINE, "asker", "form", "told", "respondent", "method", "purpose", "audience") == [
        "teacher", "", "", "", "… боится контрольных; … кеңес", "", "7 «Б», case no. 12",
    ]  # fmt: skip


def test_both_state_languages_stand_in_one_cell_where_they_differ() -> None:
    heads = heads_of([{"key": "minutes"}, {"key": "psychologist"}, {"key": "kind"}], with_names=False)
    (row,) = laid_out_in("kk-ru", heads, [LINE])
    with override("kk"):
        kazakh = str(CATALOGUE["kind"].take(LINE))
    assert row[:2] == [45, "Сабырова Айгүл"]
    assert str(row[2]).startswith(f"{kazakh} / ")
    assert said_in("ru", lambda: "то же") == "то же"


def test_only_a_form_that_names_persons_may_have_the_name() -> None:
    assert [head.column.key for head in heads_of([{"key": "person"}, {"key": "date"}], with_names=False)] == ["date"]
    own = heads_of(
        [{"key": "date", "title": {"kk": "Күн", "ru": "День", "en": "Day"}}, {"key": "gone"}], with_names=True
    )
    assert [head.title for head in own] == ["Day"]
    assert {column.key for column in CATALOGUE.values() if column.personal} == {"person"}
    assert "asker" not in {column.key for column in columns_of(Journal.GROUP)}


@pytest.mark.parametrize(
    ("columns", "names", "source", "said"),
    [
        ([], False, "Order 377", "at least one column"),
        ([{"key": "date"}, {"key": "date"}], False, "Order 377", "stands in a form once"),
        ([{"key": "audience"}], False, "Order 377", "no such column"),
        ([{"key": "colour"}], False, "Order 377", "no such column"),
        ([{"key": "person"}], False, "Order 377", "only in a form that names persons"),
        ([{"key": "date"}], False, " x ", "Name the source"),
        ([{"key": "date", "title": {"kk": "Күн", "ru": "", "en": "Day"}}], False, "Order 377", "in none of them"),
    ],
)
def test_a_form_that_cannot_be_kept_is_refused(columns: list[Any], names: bool, source: str, said: str) -> None:
    with pytest.raises(JournalRefused, match=said):
        check_form(Journal.CONSULTATIONS, columns, names_persons=names, source=source)


def test_a_whole_form_is_kept() -> None:
    titles = {"kk": "Күн", "ru": "День", "en": "Day"}
    columns: list[Any] = [{"key": "person"}, {"key": "date", "title": titles}]
    check_form(Journal.CONSULTATIONS, columns, names_persons=True, source="Order 377")


def test_a_period_is_cut_to_what_is_asked_for() -> None:
    year = Period(date(2026, 9, 1), date(2027, 5, 25))
    assert year.within(None, date(2026, 10, 31)) == Period(date(2026, 9, 1), date(2026, 10, 31))
    assert year.within(date(2028, 1, 1), None) == year
    assert year.after == date(2027, 5, 26)
    assert list(Period(date(2026, 11, 30), date(2027, 1, 1)).months) == [(2026, 11), (2026, 12), (2027, 1)]
    assert usual_year(date(2027, 3, 1)) == Period(date(2026, 9, 1), date(2027, 8, 31))
    assert usual_year(date(2026, 9, 1)).first == date(2026, 9, 1)
    assert school_months() == [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8]


def test_a_class_of_another_year_tells_the_grade_of_then() -> None:
    assert grade_then(8, class_year=2027, asked_year=2026) == 7
    assert grade_then(1, class_year=2027, asked_year=2025) == 1
    assert [grade_group(grade) for grade in (1, 4, 5, 9, 10, 12)] == ["1-4", "1-4", "5-9", "5-9", "10-12", "10-12"]


def test_a_report_is_signed_in_the_last_weeks_and_any_change_of_it_is_seen() -> None:
    assert may_sign_from(date(2027, 5, 31)) == date(2027, 4, 30)
    assert digest_of({"a": 1, "b": "ә"}) == digest_of({"b": "ә", "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})
    assert Section.NEXT.value == "next"
