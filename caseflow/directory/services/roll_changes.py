"""What a row of the roll would change, told by the names of fields and never by secret values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.directory.models import Guardian, Guardianship, Pupil, School, SchoolYear
from caseflow.directory.services.roll_rows import Message, RollRow
from caseflow.records.vault import unseal, where

PLAIN: dict[str, Message] = {
    "last_name": _("family name"),
    "first_name": _("first name"),
    "patronymic": _("patronymic"),
    "birth_date": _("birth date"),
    "sex": _("sex"),
    "left_on": _("leaving date"),
}
CLASS, NATIONAL_NUMBER, GUARDIAN, PHONE = _("class"), _("IIN"), _("guardian's name"), _("guardian's phone")


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll of a school as it is, by the pupil's number (2 queries)."""

    pupils: dict[str, Pupil]
    guardianships: dict[str, list[Guardianship]]
    year: SchoolYear | None

    def changes(self, row: RollRow) -> list[Message]:
        """The fields of a pupil on the roll that applying the row would write, the guardian's among them."""
        pupil = self.pupils[row.number]
        found = [label for name, label in PLAIN.items() if getattr(pupil, name) != getattr(row, name)]
        if self._class_of(pupil) != (row.grade_letter, self.year):
            found.append(CLASS)
        if row.national_number and national_number_of(pupil) != row.national_number:
            found.append(NATIONAL_NUMBER)
        return found + self._guardian_changes(row)

    def unnamed(self, rows: Iterable[RollRow]) -> list[Guardianship]:
        """The guardianships in force of listed pupils whose guardian no row names; none if the list names nobody.

        They are shown and stay until the school ends them: a list of one class, or one kept by somebody who knows one
        parent only, would otherwise cut the rights of the other.
        """
        named: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
        for row in rows:
            named[row.number] |= {row.guardian} if row.guardian else set()
        if not any(named.values()):
            return []
        today = timezone.localdate()
        return [
            each
            for number, names in named.items()
            for each in self.guardianships.get(number, ())
            if _in_force(each, today) and names_of(each.guardian) not in names
        ]

    def _class_of(self, pupil: Pupil) -> tuple[tuple[int, str] | None, SchoolYear | None]:
        its = pupil.school_class
        return ((its.grade, its.letter), its.year) if its else (None, None)

    def _guardian_changes(self, row: RollRow) -> list[Message]:
        if row.guardian is None:
            return []
        known = [each.guardian for each in self.guardianships.get(row.number, ())]
        same = next((guardian for guardian in known if names_of(guardian) == row.guardian), None)
        if same is None:
            return [GUARDIAN]
        return [PHONE] if row.guardian_phone and phone_of(same) != row.guardian_phone else []


def roll_of(school: School, year: SchoolYear | None) -> Roll:
    """The roll of the school; classes of another year than `year` count as changed."""
    pupils = Pupil.objects.filter(school=school).select_related("school_class__year", "data_key")
    guardianships: defaultdict[str, list[Guardianship]] = defaultdict(list)
    rows = Guardianship.objects.filter(pupil__school=school).select_related("guardian__data_key", "pupil")
    for row in rows.order_by("pk"):
        guardianships[row.pupil.number].append(row)
    return Roll({pupil.number: pupil for pupil in pupils}, dict(guardianships), year)


def names_of(guardian: Guardian) -> tuple[str, str, str]:
    """As a row of the list names a guardian."""
    return guardian.last_name, guardian.first_name, guardian.patronymic


def phone_of(guardian: Guardian) -> str:
    """The guardian's phone, opened from the vault."""
    return unseal(guardian.data_key, guardian.phone_sealed, where("directory.Guardian", guardian.pk, "phone"))


def national_number_of(pupil: Pupil) -> str:
    """The pupil's national number, opened from the vault."""
    place = where("directory.Pupil", pupil.pk, "national_number")
    return unseal(pupil.data_key, pupil.national_number_sealed, place)


def _in_force(guardianship: Guardianship, today: date) -> bool:
    return guardianship.starts_on <= today and (guardianship.ends_on is None or guardianship.ends_on >= today)
