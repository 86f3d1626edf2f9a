import pytest
from django.db import connection

from caseflow.cases.enums import RiskLevel, Visibility
from caseflow.cases.services import (
    add_note,
    assign_case,
    break_glass,
    close_case,
    complete_task,
    correct_note,
    open_case,
    reopen_case,
    set_risk,
)
from caseflow.cases.services.reading import open_case_page
from caseflow.records.vault import VaultError
from tests.cases.factories import case_of, lead_over, note_in, psychologist, pupil_of, task_for

pytestmark = pytest.mark.django_db


def stored_bytes() -> bytes:
    """Everything in every table of the database."""
    dumped: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  names from the schema
            for row in cursor.fetchall():
                dumped += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row]
    return b"\n".join(dumped)


def test_not_a_word_of_a_case_lies_open_in_the_database() -> None:
    who = psychologist()
    case = open_case(who, pupil_id=pupil_of(who).pk, reason="Secret-opening")
    note = add_note(who, case.pk, text="Secret-note", visibility=Visibility.TEAM)
    correct_note(who, case.pk, note.pk, text="Secret-correction")
    set_risk(who, case.pk, level=RiskLevel.LOW, basis="Secret-basis")
    task = task_for(case, who, psychologist(case.school), title="Secret-title")
    complete_task(who, task.pk, outcome="Secret-outcome")
    break_glass(lead_over(case.school), school_id=case.school_id, number=case.number, reason="Secret-glass")
    assign_case(who, case.pk, lead_over(case.school).user.pk)
    close_case(who, case.pk, reason="Secret-closing")
    reopen_case(who, case.pk, reason="Secret-reopening")
    open_case_page(who, case.pk)
    dump = stored_bytes()
    assert who.user.username.encode() in dump
    assert b"Secret-" not in dump


def test_a_note_moved_to_another_entry_does_not_open() -> None:
    who = psychologist()
    case = case_of(who)
    first, second = note_in(case, who, "Один"), note_in(case, who, "Два")
    second.text_sealed = first.text_sealed
    type(second)._base_manager.filter(pk=second.pk).delete()
    type(second).objects.bulk_create([second])
    with pytest.raises(VaultError):
        open_case_page(who, case.pk)


def test_each_case_has_its_own_key() -> None:
    who = psychologist()
    assert case_of(who).data_key != case_of(who).data_key
