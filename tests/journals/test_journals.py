"""The journals are what was recorded: nothing is kept beside, and nobody's is read by others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caseflow.appointments.enums import AppointmentKind, CalledOffBy
from caseflow.appointments.models import Appointment
from caseflow.appointments.services import call_off, record_not_come
from caseflow.audit.models import AuditEntry
from caseflow.directory.models import School
from caseflow.documents.sheets import FileFormat
from caseflow.instruments.models import Administration
from caseflow.journals.enums import Journal
from caseflow.journals.models import ResultRecord, WorkRecord
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.columns import Line
from caseflow.journals.selectors.lines import keys_of, lines_for, totals_of
from caseflow.journals.selectors.words import Work, work_of
from caseflow.journals.services import reading, record_result, record_work
from caseflow.journals.services.reading import export_journal, list_lines, open_journal
from caseflow.journals.services.recording import open_result, open_work
from tests.appointments.factories import PURPOSE, at, planned
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import GuardianFactory, GuardianshipFactory
from tests.journals.factories import (
    THEME,
    asked,
    finished,
    group_of,
    held,
    principal_of,
    recorded,
    school_of,
)

pytestmark = pytest.mark.django_db


def lines(who: object, **facts: object) -> list[Line]:
    wanted = asked(**facts)  # type: ignore[arg-type]
    return lines_for(keys_of(who, wanted), first=1, year=wanted.period.first.year)  # type: ignore[arg-type]


def test_a_consultation_that_was_held_and_one_to_which_nobody_came_are_lines_and_no_other_appointment() -> None:
    who = psychologist()
    pupil = pupil_of(who)
    recorded(who, pupil)
    record_not_come(who, planned(who, at(-2, 11), pupil).pk)
    off = planned(who, at(-3, 11), pupil)
    call_off(who, off.pk, by=CalledOffBy.SCHOOL)
    planned(who, at(-4, 11), pupil)
    held(who, days=-5, kind=AppointmentKind.MEETING)
    held(who, pupil, days=-20)
    held(who, pupil, days=-21, hour=9)
    found = lines(who)
    assert [line.state for line in found] == ["held", "not_come", "held"]
    assert [line.theme for line in found] == [PURPOSE, PURPOSE, THEME]
    assert (found[2].asker, found[2].minutes, found[2].number) == ("teacher", 45, 3)
    totals = totals_of(keys_of(who, asked()))
    assert (totals.lines, totals.held, totals.minutes) == (3, 2, 90)


def test_a_journal_is_narrowed_to_a_psychologist_and_a_kind() -> None:
    who = psychologist()
    colleague = psychologist(school_of(who))
    held(who, pupil_of(who))
    held(colleague, pupil_of(who), kind=AppointmentKind.TEACHER)
    assert len(lines(who)) == 2
    assert [line.psychologist for line in lines(who, psychologist=colleague.user.pk)] == [colleague.user.short_name]
    assert [line.kind for line in lines(who, kind="teacher")] == ["teacher"]
    assert len(lines(who, kind="group")) == 2


def test_the_line_names_class_and_case_of_whoever_it_is_about() -> None:
    who = psychologist()
    case = case_of(who)
    mother = GuardianshipFactory.create(pupil=case.pupil).guardian
    held(who, kind=AppointmentKind.PARENT, case=case.pk, guardians=(mother.pk,))
    (line,) = lines(who)
    assert (line.classes, line.case_number) == ((str(case.pupil.school_class),), case.number)
    assert set(line.names) == {case.pupil.short_name, mother.short_name}
    assert mother.short_name in line.secret_words


def test_a_group_counts_whom_its_record_says_and_the_pupils_in_the_calendar_before() -> None:
    who = psychologist()
    pupils = [pupil_of(who), pupil_of(who)]
    group_of(who, *pupils)
    held(who, *pupils, days=-2, kind=AppointmentKind.GROUP)
    found = lines(who, journal=Journal.GROUP)
    assert [(line.people, line.audience, line.form) for line in found] == [(2, "", ""), (24, "7 «Б»", "training")]


def test_diagnostics_are_questionnaires_and_meetings_for_them_each_once() -> None:
    who = psychologist()
    case = case_of(who)
    one = finished(who, case)
    record_result(who, one.pk, purpose="Общий отбор", told=["parent", "pupil"])
    held(who, kind=AppointmentKind.DIAGNOSTICS, case=case.pk)
    recorded(who, pupil_of(who), days=-2, kind=AppointmentKind.DIAGNOSTICS, work=Work(theme="Рисунок", participants=1))
    found = lines(who, journal=Journal.DIAGNOSTICS)
    assert [(line.method, line.theme, line.told) for line in found] == [
        ("", "Рисунок", ()),
        (one.version.name, "Общий отбор", ("pupil", "parent")),
    ]
    assert not any(hasattr(line, "score") for line in found)
    colleague = psychologist(school_of(who))
    assert lines(who, journal=Journal.DIAGNOSTICS, psychologist=colleague.user.pk) == []


def test_the_own_child_and_another_school_stand_in_nobodys_journal() -> None:
    who = psychologist()
    colleague = psychologist(school_of(who))
    child = pupil_of(who)
    GuardianshipFactory.create(pupil=child, guardian=GuardianFactory.create(user=who.user))
    held(colleague, child)
    assert (len(lines(who)), len(lines(colleague))) == (0, 1)
    assert lines(psychologist()) == []
    for stranger in (lead_over(school_of(who)), principal_of(who)):
        with pytest.raises(School.DoesNotExist):
            open_journal(stranger, asked())


def test_what_is_shown_is_logged_and_costs_the_same_for_one_line_and_thirty() -> None:
    who = psychologist()
    case = case_of(who)
    finished(who, case)
    recorded(who, pupil_of(who), days=-2, kind=AppointmentKind.DIAGNOSTICS, work=Work(theme="Рисунок"))
    wanted = asked(Journal.DIAGNOSTICS)
    open_journal(who, wanted)
    with CaptureQueriesContext(connection) as few:
        assert len(open_journal(who, wanted).lines) == 2
    for number in range(30):
        held(who, pupil_of(who), days=-3 - number // 10, hour=8 + number % 10, kind=AppointmentKind.DIAGNOSTICS)
    with CaptureQueriesContext(connection) as many:
        page = open_journal(who, wanted)
    assert (len(page.lines), len(many)) == (32, len(few))
    entry = AuditEntry.objects.filter(action="journal_read").latest("pk")
    assert entry.detail["lines"] == [line.ref for line in page.lines]


def test_a_long_journal_has_pages_that_number_on(monkeypatch: pytest.MonkeyPatch) -> None:
    who = psychologist()
    for hour in (8, 10, 12):
        held(who, pupil_of(who), hour=hour)
    monkeypatch.setattr(reading, "PER_PAGE", 2)
    page = open_journal(who, asked(), "2")
    assert ([line.number for line in page.lines], page.totals.lines) == ([3], 3)
    assert [cell for head, cell in page.shown[0][1] if head.column.key == "number"] == [3]
    _form, heads, found, number = list_lines(who, asked(), 1, 1)
    assert (len(heads), [line.number for line in found], number) == (10, [2], 3)
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    with pytest.raises(JournalRefused, match="too many lines"):
        export_journal(who, asked(), FileFormat.XLSX, "ru")


def test_what_was_done_is_said_of_what_was_held_alone_and_may_be_said_anew() -> None:
    who = psychologist()
    case = case_of(who)
    made = held(who, case=case.pk)
    assert open_work(who, made.pk).work == Work(theme=PURPOSE)
    record_work(who, made.pk, Work(asker="pupil", theme=" Сон "))
    record_work(who, made.pk, Work(asker="parent", theme="Сон и телефон", result="Режим"))
    opened = open_work(who, made.pk)
    assert (opened.work.theme, opened.asker_label, opened.form_label, opened.may_write) == (
        "Сон и телефон", "parent", "", True,
    )  # fmt: skip
    assert WorkRecord.objects.count() == 1
    entry = AuditEntry.objects.filter(action="work_recorded").latest("pk")
    assert (entry.pupil_id, entry.detail) == (case.pupil_id, {})
    sealed = WorkRecord.objects.get()
    assert "Сон".encode() not in bytes(sealed.theme_sealed)
    for other, said in (
        (planned(who, at(2, 10)), "was held"),
        (held(who, days=-2, kind=AppointmentKind.MEETING), "stands in no journal"),
    ):
        with pytest.raises(JournalRefused, match=said):
            record_work(who, other.pk, Work(theme="x"))
    for stranger in (psychologist(), lead_over(school_of(who)), principal_of(who)):
        with pytest.raises(Appointment.DoesNotExist):
            record_work(stranger, made.pk, Work(theme="x"))
    group = open_work(who, group_of(who, days=-3).pk)
    assert (group.form_label, group.is_work) == ("training", True)


def test_words_go_with_the_key_and_nothing_more_is_written_then() -> None:
    who = psychologist()
    made = recorded(who, pupil_of(who))
    Appointment.objects.filter(pk=made.pk).update(data_key=None)
    gone = Appointment.objects.select_related("work_record", "data_key").get(pk=made.pk)
    assert work_of(gone).theme == ""
    assert not open_work(who, made.pk).may_write
    with pytest.raises(JournalRefused, match="has been erased"):
        record_work(who, made.pk, Work(theme="x"))


def test_a_result_is_explained_once_the_questionnaire_is_finished() -> None:
    who = psychologist()
    case = case_of(who)
    one = finished(who, case)
    assert open_result(who, one.pk).explained.is_written is False
    record_result(who, one.pk, purpose="Просьба мамы", told=["teacher", "nobody"])
    opened = open_result(who, one.pk)
    assert (opened.explained.purpose, opened.explained.told, opened.told_labels) == (
        "Просьба мамы", ("teacher",), "to the class teacher, in general words",
    )  # fmt: skip
    assert ResultRecord.objects.count() == 1
    Administration.objects.filter(pk=one.pk).update(state="given", ended_at=None)
    with pytest.raises(JournalRefused, match="not finished"):
        record_result(who, one.pk, purpose="x", told=[])
    for stranger in (psychologist(), principal_of(who)):
        with pytest.raises(Administration.DoesNotExist):
            record_result(stranger, one.pk, purpose="x", told=[])
        with pytest.raises(Administration.DoesNotExist):
            open_result(stranger, one.pk)


def test_classes_are_those_of_the_year_that_is_asked_for() -> None:
    who = psychologist()
    pupil = pupil_of(who)
    assert pupil.school_class is not None
    pupil.school_class.grade = 8
    pupil.school_class.save()
    held(who, pupil)
    began = pupil.school_class.year.starts_on.year
    shown = [lines_for(keys_of(who, asked()), first=1, year=year)[0].classes for year in (began, began - 1)]
    assert shown == [(f"8 «{pupil.school_class.letter}»",), (f"7 «{pupil.school_class.letter}»",)]
