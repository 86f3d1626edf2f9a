"""Importing the roll: preview with the error of each row, then all or nothing, safe to repeat."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardianship, Pupil, School, SchoolYear
from caseflow.directory.models.imports import ImportDraft
from caseflow.directory.services.roll_changes import Roll, has_left, roll_of
from caseflow.directory.services.roll_rows import Message, RollRow, check_rows
from caseflow.directory.services.roll_writing import write_row
from caseflow.directory.services.tables import read_table
from caseflow.records.files import files_with_rows, keep_file, read_file, remove_file
from caseflow.records.vault import new_key

NEW, CHANGED, SAME, BACK = "new", "changed", "same", "back"


class ImportRefusedError(Exception):
    """The list has rows with errors, was applied already, or there is no school year for it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, row by row; `unnamed` guardians stay, see `Roll.unnamed`."""

    draft: ImportDraft
    rows: list[RollRow]
    leavers: list[Pupil]
    unnamed: list[Guardianship]

    @property
    def has_errors(self) -> bool:
        return any(row.errors for row in self.rows)

    def count(self, change: str) -> int:
        """How many pupils would be new, changed, the same or back again; the same are so in every row."""
        others = {row.number for row in self.rows if row.change != change} if change == SAME else set[str]()
        return len({row.number for row in self.rows if row.change == change} - others)


def keep_draft(actor: Actor, school: School, *, name: str, content: bytes, is_full_roll: bool) -> ImportDraft:
    """Keep an uploaded list, sealed, until its preview is confirmed. Raises UnreadableTableError."""
    read_table(content)
    with files_with_rows():
        key = new_key("import")
        return ImportDraft.objects.create(
            school=school,
            created_by=actor.user,
            file_name=name[:200],
            stored_as=keep_file(key, content),
            data_key=key,
            is_full_roll=is_full_roll,
        )


def preview(draft: ImportDraft) -> Preview:
    """What the draft would do now, with the error of each row."""
    today = timezone.localdate()
    rows = check_rows(read_table(read_file(draft.data_key, draft.stored_as)), today)
    roll = roll_of(draft.school, current_year(draft.school, today))
    roll.settle_phones(rows)
    for row in rows:
        row.change, row.changed = _change(row, roll)
    return Preview(draft, rows, _leavers(draft, rows, roll), roll.unnamed(rows))


@transaction.atomic
def apply_import(actor: Actor, draft_id: UUID) -> Preview:
    """Do what the preview showed, all of it or nothing. Raises ImportRefusedError.

    Keyed on the pupil's number: applying the same list again changes nothing.
    """
    draft = ImportDraft.objects.select_related("school__district", "data_key").get(pk=draft_id)
    if not ImportDraft.objects.filter(pk=draft_id, applied_at=None).update(applied_at=timezone.now()):
        raise ImportRefusedError
    plan = preview(draft)
    today = timezone.localdate()
    year = current_year(draft.school, today)
    if plan.has_errors or year is None:
        raise ImportRefusedError
    for row in plan.rows:
        write_row(row, draft.school, year, today)
    Pupil.objects.filter(pk__in=[p.pk for p in plan.leavers]).update(left_on=today)
    counts = {change: plan.count(change) for change in (NEW, CHANGED, SAME, BACK)}
    detail = {**counts, "left": len(plan.leavers), "file": draft.file_name}
    record(
        action="import_roll", actor_id=actor.user.pk, role=actor.role, obj=f"school {draft.school.pk}", detail=detail
    )
    transaction.on_commit(lambda: remove_file(draft.stored_as))
    return plan


def current_year(school: School, day: date) -> SchoolYear | None:
    """The region's school year on that day, or the next one when between two."""
    years = SchoolYear.objects.filter(region=school.district.region_id, ends_on__gte=day)
    return years.order_by("starts_on").first()


def _change(row: RollRow, roll: Roll) -> tuple[str, list[Message]]:
    pupil = roll.pupils.get(row.number)
    if pupil is None:
        return NEW, []
    fields = roll.changes(row)
    if has_left(pupil.left_on, roll.today) and not has_left(row.left_on, roll.today):
        return BACK, fields
    return (CHANGED if fields else SAME), fields


def _leavers(draft: ImportDraft, rows: list[RollRow], roll: Roll) -> list[Pupil]:
    """The pupils who are here and whom a full roll does not list."""
    if not draft.is_full_roll:
        return []
    listed = {row.number for row in rows}
    return [p for p in roll.pupils.values() if p.number not in listed and not has_left(p.left_on, roll.today)]
