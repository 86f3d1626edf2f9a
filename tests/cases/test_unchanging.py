"""What was entered into a chronology stays as it was, for the program and in the database."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from caseflow.cases.enums import Visibility
from caseflow.cases.models import ChronologyEntry
from caseflow.records.append_only import AppendOnlyError
from tests.cases.factories import case_of, note_in, psychologist

pytestmark = pytest.mark.django_db
CHANGES: dict[str, Any] = {
    "text_sealed": b"another",
    "event_at": timezone.now() - timedelta(days=9),
    "recorded_at": timezone.now() - timedelta(days=9),
    "day_only": True,
    "author": None,
    "visibility": Visibility.TEAM,
    "kind": "task",
    "code": "opened",
}


@pytest.fixture
def note() -> ChronologyEntry:
    who = psychologist()
    return note_in(case_of(who), who, "Плохо спит")


def rows(note: ChronologyEntry) -> Any:
    """The row as nothing but the database guards it."""
    return ChronologyEntry._base_manager.filter(pk=note.pk)


@pytest.mark.parametrize("field", CHANGES)
def test_the_database_refuses_another_value(note: ChronologyEntry, field: str) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows(note).update(**{field: CHANGES[field]})
    assert getattr(rows(note).get(), field) == getattr(note, field)


def test_the_program_refuses_to_change_or_remove_a_line(note: ChronologyEntry) -> None:
    for act in (
        lambda: note.save(),
        lambda: note.delete(),
        lambda: ChronologyEntry.objects.filter(pk=note.pk).update(code="opened"),
        lambda: ChronologyEntry.objects.filter(pk=note.pk).delete(),
    ):
        with pytest.raises(AppendOnlyError):
            act()


def test_erasure_blanks_the_text_or_removes_the_row(note: ChronologyEntry) -> None:
    rows(note).update(text_sealed=b"", ref="", params={})
    assert bytes(rows(note).get().text_sealed) == b""
    rows(note).delete()
    assert not rows(note).exists()


def test_the_guard_stands_in_the_database() -> None:
    """A later migration that remakes the table on SQLite loses it, and has to end with `keep_unchanged` again."""
    catalogue = {"sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'"}
    with connection.cursor() as cursor:
        cursor.execute(catalogue.get(connection.vendor, "SELECT tgname FROM pg_trigger"))
        assert ("cases_chronologyentry_stays",) in cursor.fetchall()
