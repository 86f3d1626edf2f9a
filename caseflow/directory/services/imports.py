"""Importing the roll: preview with the error of each row, then all or nothing, safe to repeat."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardian, Guardianship, Pupil, School, SchoolClass, SchoolYear
from caseflow.directory.models.imports import ImportDraft
from caseflow.directory.services.roll_changes import Roll, national_number_of, phone_of, roll_of
from caseflow.directory.services.roll_rows import Message, RollRow, check_rows
from caseflow.directory.services.tables import read_table
from caseflow.records.files import files_with_rows, keep_file, read_file, remove_file
from caseflow.records.vault import new_key, seal, where

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
    for row in rows:
        row.change, row.changed = _change(row, roll)
    listed = {row.number for row in rows}
    leavers = [p for p in roll.pupils.values() if draft.is_full_roll and p.left_on is None and p.number not in listed]
    return Preview(draft, rows, leavers, roll.unnamed(rows))


@transaction.atomic
def apply_import(actor: Actor, draft_id: UUID) -> Preview:
    """Do what the preview showed, all of it or nothing. Raises ImportRefusedError.

    Keyed on the pupil's number: applying the same list again changes nothing.
    """
    draft = ImportDraft.objects.select_related("school__district", "data_key").get(pk=draft_id)
    if not ImportDraft.objects.filter(pk=draft_id, applied_at=None).update(applied_at=timezone.now()):
        raise ImportRefusedError
    plan = preview(draft)
    year = current_year(draft.school, timezone.localdate())
    if plan.has_errors or year is None:
        raise ImportRefusedError
    for row in plan.rows:
        _apply_row(row, draft.school, year)
    Pupil.objects.filter(pk__in=[p.pk for p in plan.leavers]).update(left_on=timezone.localdate())
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
    if pupil.left_on and row.left_on is None:
        return BACK, fields
    return (CHANGED if fields else SAME), fields


def _apply_row(row: RollRow, school: School, year: SchoolYear) -> None:
    if row.grade_letter is None or row.birth_date is None:
        raise ImportRefusedError
    grade, letter = row.grade_letter
    school_class, _made = SchoolClass.objects.get_or_create(school=school, year=year, grade=grade, letter=letter)
    pupil = Pupil.objects.filter(school=school, number=row.number).select_related("data_key").first()
    pupil = pupil or Pupil(school=school, number=row.number, data_key=new_key("pupil"))
    pupil.school_class, pupil.birth_date, pupil.sex, pupil.left_on = school_class, row.birth_date, row.sex, row.left_on
    pupil.last_name, pupil.first_name, pupil.patronymic = row.last_name, row.first_name, row.patronymic
    if row.national_number:
        place = where("directory.Pupil", pupil.pk, "national_number")
        if national_number_of(pupil) != row.national_number:
            pupil.national_number_sealed = seal(pupil.data_key, row.national_number, place)
    pupil.save()
    if row.guardian:
        _apply_guardian(row, row.guardian, pupil)


def _apply_guardian(row: RollRow, names: tuple[str, str, str], pupil: Pupil) -> None:
    """The same name at the same pupil is the same guardian; siblings' guardians are joined in the office, by phone."""
    last, first, patronymic = names
    same = {"last_name": last, "first_name": first, "patronymic": patronymic}
    guardian = Guardian.objects.filter(guardianships__pupil=pupil, **same).select_related("data_key").first()
    guardian = guardian or _guardian_by_phone(row, same, pupil.school)
    if guardian is None:
        guardian = Guardian.objects.create(**same, data_key=new_key("guardian"))
    if row.guardian_phone and phone_of(guardian) != row.guardian_phone:
        place = where("directory.Guardian", guardian.pk, "phone")
        guardian.phone_sealed = seal(guardian.data_key, row.guardian_phone, place)
        guardian.save(update_fields=["phone_sealed"])
    Guardianship.objects.get_or_create(
        pupil=pupil, guardian=guardian, defaults={"relation": row.relation, "starts_on": timezone.localdate()}
    )


def _guardian_by_phone(row: RollRow, same: dict[str, str], school: School) -> Guardian | None:
    """A guardian of another pupil of the school with the same name and the same phone: a sibling's."""
    if not row.guardian_phone:
        return None
    namesakes = (
        Guardian.objects.filter(guardianships__pupil__school=school, **same).select_related("data_key").distinct()
    )
    return next((g for g in namesakes if phone_of(g) == row.guardian_phone), None)
