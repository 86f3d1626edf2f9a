"""The entries of a case as the database holds them, without what a chronology does not need of them."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from caseflow.accounts.models import User
from caseflow.cases.models import Case, ChronologyEntry
from prepared import prepared


class Entry(NamedTuple):
    """A `ChronologyEntry` with its author's names. No model: a case has hundreds, and each model costs its fields."""

    pk: UUID
    kind: str
    event_at: datetime
    day_only: bool
    recorded_at: datetime
    author_id: int | None
    visibility: str
    text_sealed: bytes | memoryview
    code: str
    params: dict[str, Any]
    ref: str
    corrects_id: UUID | None
    last_name: str | None
    first_name: str | None
    patronymic: str | None


OF_AUTHOR = ("last_name", "first_name", "patronymic")
COLUMNS = tuple(f"author__{name}" if name in OF_AUTHOR else name for name in Entry._fields)


def entries_of(case: Case) -> list[Entry]:
    """All entries of the case, the newest first. One query."""
    return [Entry._make(row) for row in _rows(case.pk)]


@prepared
def _rows(case_id: UUID) -> QuerySet[ChronologyEntry, tuple[Any, ...]]:
    return ChronologyEntry.objects.filter(case=case_id).values_list(*COLUMNS)


def names_of(entries: list[Entry]) -> dict[int, str]:
    """Those who wrote the entries, by id, as papers name them."""
    authors = {entry.author_id: entry for entry in entries if entry.author_id is not None}
    return {pk: User(**{name: getattr(one, name) for name in OF_AUTHOR}).short_name for pk, one in authors.items()}
