"""Writing one checked row of the roll: the pupil, the class and the guardian."""

from datetime import date
from typing import cast

from caseflow.directory.models import Guardian, Guardianship, Pupil, School, SchoolClass, SchoolYear
from caseflow.directory.services.roll_changes import (
    guardianship_of,
    national_number_of,
    phone_of,
    values_of,
    with_phone,
)
from caseflow.directory.services.roll_rows import RollRow
from caseflow.records.vault import new_key, seal, where


def write_row(row: RollRow, school: School, year: SchoolYear, today: date) -> Pupil | None:
    """Make the pupil and the guardian of a row without errors what the row tells.

    Returns the pupil whose name it has written: whoever calls writes the keys by which that name is found.
    """
    grade, letter = cast("tuple[int, str]", row.grade_letter)  # a row without one has an error
    school_class, _made = SchoolClass.objects.get_or_create(school=school, year=year, grade=grade, letter=letter)
    pupil = Pupil.objects.filter(school=school, number=row.number).select_related("data_key").first()
    pupil = pupil or Pupil(school=school, number=row.number, data_key=new_key("pupil"))
    pupil.school_class, named_before = school_class, pupil.full_name
    for name, value in values_of(row, pupil, today).items():
        setattr(pupil, name, value)
    if "national_number" not in row.kept and national_number_of(pupil) != row.national_number:
        place = where("directory.Pupil", pupil.pk, "national_number")
        pupil.national_number_sealed = seal(pupil.data_key, row.national_number, place)
    pupil.save()
    if row.guardian:
        _write_guardian(row, row.guardian, pupil, today)
    return None if pupil.full_name == named_before else pupil


def _write_guardian(row: RollRow, names: tuple[str, str, str], pupil: Pupil, today: date) -> None:
    """The same name at the same pupil is the same guardian; siblings' guardians are joined in the office, by phone."""
    its = pupil.guardianships.select_related("guardian__data_key").order_by("pk")
    guardianship = guardianship_of(row, its, today)
    if guardianship is None:
        guardian = _sibling_s(row, names, pupil.school) or _new_guardian(names)
        Guardianship.objects.create(pupil=pupil, guardian=guardian, relation=row.relation, starts_on=today)
    else:
        guardian = guardianship.guardian
        _renew(guardianship, row)
    if "guardian_phone" not in row.kept and phone_of(guardian) != row.guardian_phone:
        place = where("directory.Guardian", guardian.pk, "phone")
        guardian.phone_sealed = seal(guardian.data_key, row.guardian_phone, place)
        guardian.save(update_fields=["phone_sealed"])


def _renew(guardianship: Guardianship, row: RollRow) -> None:
    """Write the relation. A guardianship that is over stays over: the office takes it up again, never a list."""
    if "guardian_relation" not in row.kept:
        guardianship.relation = row.relation
        guardianship.save(update_fields=["relation"])


def _sibling_s(row: RollRow, names: tuple[str, str, str], school: School) -> Guardian | None:
    """A guardian of another pupil of the school with the same name and the same phone.

    None for whom the office has ended a guardianship: somebody else by the look of the list, who needs a code of the
    office again. Otherwise a list that writes the number of the same child differently would open the portal.
    """
    of_school = Guardian.objects.filter(guardianships__pupil__school=school, last_name=names[0], first_name=names[1])
    known = of_school.exclude(guardianships__ended_at__isnull=False)
    return with_phone(row, known.select_related("data_key").distinct())


def _new_guardian(names: tuple[str, str, str]) -> Guardian:
    last, first, patronymic = names
    return Guardian.objects.create(
        last_name=last, first_name=first, patronymic=patronymic, data_key=new_key("guardian")
    )
