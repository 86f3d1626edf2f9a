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
from caseflow.directory.services.name_keys import write_name_keys
from caseflow.directory.services.roll_changes import Roll, has_left, roll_of
from caseflow.directory.services.roll_rows import Message, RollRow, check_rows
from caseflow.directory.services.roll_writing import write_row
from caseflow.directory.services.tables import read_table
from caseflow.records.files import files_with_rows, keep_file, read_file, remove_file
from caseflow.records.vault import new_key

NEW, CHANGED, SAME, BACK = "new", "changed", "same", "back"


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, row by row, in `year`; `unnamed` guardians stay, `still_ended` ones too, see `Roll`."""

    draft: ImportDraft
    year: SchoolYear | None
    rows: list[RollRow]
    leavers: list[Pupil]
    unnamed: list[Guardianship]
    still_ended: list[Guardianship]

    @property
    def has_errors(self) -> bool:
        return any(row.errors for row in self.rows)

    @property
    def is_possible(self) -> bool:
        """Whether it can be confirmed."""
        return self.year is not None and not self.has_errors

    @property
    def counts(self) -> dict[str, int]:
        """How many pupils would be new, changed, the same, back again, and how many have left."""
        return {change: self.count(change) for change in (NEW, CHANGED, SAME, BACK)} | {"left": len(self.leavers)}

    def count(self, change: str) -> int:
        """How many pupils would be new, changed, the same or back again; the same are so in every row."""
        others = {row.number for row in self.rows if row.change != change} if change == SAME else set[str]()
        return len({row.number for row in self.rows if row.change == change} - others)


class ImportRefusedError(Exception):
    """The list has rows with errors, or there is no school year for it; `plan` says which."""

    def __init__(self, plan: Preview) -> None:
        super().__init__("the list cannot be applied")
        self.plan = plan


class AlreadyAppliedError(Exception):
    """The list was applied before, with these `counts` (see `Preview`)."""

    def __init__(self, counts: dict[str, int]) -> None:
        super().__init__("the list was applied before")
        self.counts = counts


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
    """What the draft would do now, with the error of each row. Raises AlreadyAppliedError."""
    today = timezone.localdate()
    rows = check_rows(read_table(_content(draft)), today)
    year = current_year(draft.school, today)
    roll = roll_of(draft.school, year)
    roll.settle_phones(rows)
    for row in rows:
        row.change, row.changed = _change(row, roll)
    return Preview(draft, year, rows, _leavers(draft, rows, roll), roll.unnamed(rows), roll.still_ended(rows))


@transaction.atomic
def apply_import(actor: Actor, draft_id: UUID) -> Preview:
    """Do what the preview showed, all of it or nothing. Raises ImportRefusedError, AlreadyAppliedError.

    Keyed on the pupil's number: applying the same list again changes nothing. The lists of a school are applied one
    after the other, so that two of them at once do not both make the same pupil.
    """
    draft = ImportDraft.objects.select_related("school__district", "data_key").get(pk=draft_id)
    waiting = ImportDraft.objects.filter(school=draft.school_id, applied_at=None).order_by("pk")
    list(waiting.select_for_update().values_list("pk"))
    if not ImportDraft.objects.filter(pk=draft_id, applied_at=None).update(applied_at=timezone.now()):
        raise _already_applied(draft)
    plan = preview(draft)
    if plan.year is None or plan.has_errors:
        raise ImportRefusedError(plan)
    today = timezone.localdate()
    named = [write_row(row, draft.school, plan.year, today) for row in plan.rows]
    write_name_keys({pupil.pk: pupil for pupil in named if pupil}.values())
    Pupil.objects.filter(pk__in=[p.pk for p in plan.leavers]).update(left_on=today)
    ImportDraft.objects.filter(pk=draft_id).update(counts=plan.counts)
    detail = {**plan.counts, "file": draft.file_name}
    record(
        action="import_roll", actor_id=actor.user.pk, role=actor.role, obj=f"school {draft.school.pk}", detail=detail
    )
    transaction.on_commit(lambda: remove_file(draft.stored_as))
    return plan


def current_year(school: School, day: date) -> SchoolYear | None:
    """The region's school year on that day, or the next one when between two."""
    years = SchoolYear.objects.filter(region=school.district.region_id, ends_on__gte=day)
    return years.order_by("starts_on").first()


def _content(draft: ImportDraft) -> bytes:
    """The uploaded file. It is gone with the commit that applied the list, perhaps after `draft` was read."""
    if draft.applied_at is not None:
        raise _already_applied(draft)
    try:
        return read_file(draft.data_key, draft.stored_as)
    except FileNotFoundError:
        if ImportDraft.objects.filter(pk=draft.pk, applied_at=None).exists():
            raise
        raise _already_applied(draft) from None


def _already_applied(draft: ImportDraft) -> AlreadyAppliedError:
    return AlreadyAppliedError(ImportDraft.objects.values_list("counts", flat=True).get(pk=draft.pk))


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
