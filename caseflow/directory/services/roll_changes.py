"""What a row of the roll would change, told by the names of fields and never by secret values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseflow.directory.models import Guardian, Guardianship, Pupil, School, SchoolYear
from caseflow.directory.services.roll_rows import FIELDS, Message, RollRow
from caseflow.records.vault import unseal, where

PLAIN = ("last_name", "first_name", "patronymic", "birth_date", "sex", "left_on")
ANOTHER = _("another guardian")
RELATION, PHONE = _("guardian's relation"), _("guardian's phone")


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll of a school as it is today, by the pupil's number; `namesakes` by family and first name (2 queries)."""

    pupils: dict[str, Pupil]
    guardianships: dict[str, list[Guardianship]]
    namesakes: dict[tuple[str, str], list[Guardian]]
    year: SchoolYear | None
    today: date

    def changes(self, row: RollRow) -> list[Message]:
        """The fields of a pupil on the roll that applying the row would write, the guardian's among them."""
        pupil = self.pupils[row.number]
        written = values_of(row, pupil, self.today)
        found = [_told(FIELDS[name], value) for name, value in written.items() if getattr(pupil, name) != value]
        if self._class_of(pupil) != (row.grade_letter, self.year):
            found.append(FIELDS["grade_letter"])
        if "national_number" not in row.kept and national_number_of(pupil) != row.national_number:
            found.append(_told(FIELDS["national_number"], row.national_number))
        return found + self._guardian_changes(row)

    def unnamed(self, rows: Iterable[RollRow]) -> list[Guardianship]:
        """The guardianships in force of listed pupils whose guardian no row names; none if the list names nobody.

        They are shown and stay until the school ends them: a list of one class, or one kept by somebody who knows one
        parent only, would otherwise cut the rights of the other.
        """
        listed: defaultdict[str, list[RollRow]] = defaultdict(list)
        for row in rows:
            listed[row.number].append(row)
        if not any(row.guardian for its in listed.values() for row in its):
            return []
        return [
            each
            for number, its in listed.items()
            for each in self.guardianships.get(number, ())
            if _in_force(each, self.today) and not any(_names(row, each.guardian) for row in its)
        ]

    def still_ended(self, rows: Iterable[RollRow]) -> list[Guardianship]:
        """The guardianships that are over and a row names still: shown, and no list takes them up again."""
        named = (guardianship_of(row, self.guardianships.get(row.number, ()), self.today) for row in rows)
        return list({each.pk: each for each in named if each is not None and is_over(each, self.today)}.values())

    def settle_phones(self, rows: Iterable[RollRow]) -> None:
        """A known guardian has one phone: a row without it takes it from another row, two different ones are an error.

        Otherwise the last row of brothers and sisters would win.
        """
        naming: defaultdict[Guardian, list[RollRow]] = defaultdict(list)
        for row in rows:
            guardian = self._guardian_of(row)
            if guardian is not None:
                naming[guardian].append(row)
        for its in naming.values():
            _settle_phone(its)

    def _guardian_of(self, row: RollRow) -> Guardian | None:
        known = guardianship_of(row, self.guardianships.get(row.number, ()), self.today)
        if known is not None:
            return known.guardian
        return with_phone(row, self.namesakes.get(row.guardian[:2], ())) if row.guardian else None

    def _class_of(self, pupil: Pupil) -> tuple[tuple[int, str] | None, SchoolYear | None]:
        its = pupil.school_class
        return ((its.grade, its.letter), its.year) if its else (None, None)

    def _guardian_changes(self, row: RollRow) -> list[Message]:
        known = guardianship_of(row, self.guardianships.get(row.number, ()), self.today)
        if known is None:
            return [ANOTHER] if row.guardian else []
        found: list[Message] = []
        if "guardian_relation" not in row.kept and known.relation != row.relation:
            found.append(RELATION)
        if "guardian_phone" not in row.kept and phone_of(known.guardian) != row.guardian_phone:
            found.append(_told(PHONE, row.guardian_phone))
        return found


def roll_of(school: School, year: SchoolYear | None) -> Roll:
    """The roll of the school; classes of another year than `year` count as changed."""
    pupils = Pupil.objects.filter(school=school).select_related("school_class__year", "data_key")
    guardianships: defaultdict[str, list[Guardianship]] = defaultdict(list)
    namesakes: defaultdict[tuple[str, str], list[Guardian]] = defaultdict(list)
    rows = Guardianship.objects.filter(pupil__school=school).select_related("guardian__data_key", "pupil")
    for row in rows.order_by("pk"):
        guardianships[row.pupil.number].append(row)
    ended = {row.guardian_id for its in guardianships.values() for row in its if row.ended_at}
    for row in (row for its in guardianships.values() for row in its if row.guardian_id not in ended):
        namesakes[row.guardian.last_name, row.guardian.first_name].append(row.guardian)
    by_number = {pupil.number: pupil for pupil in pupils}
    return Roll(by_number, dict(guardianships), dict(namesakes), year, timezone.localdate())


def values_of(row: RollRow, pupil: Pupil, today: date) -> dict[str, Any]:
    """The plain fields that applying the row writes to the pupil."""
    values = {name: getattr(row, name) for name in PLAIN if name not in row.kept}
    if "left_on" in row.kept and has_left(pupil.left_on, today):
        values["left_on"] = None  # who is listed is here
    return values


def has_left(left_on: date | None, today: date) -> bool:
    """Whether a pupil with this leaving date has left."""
    return left_on is not None and left_on <= today


def guardianship_of(row: RollRow, guardianships: Iterable[Guardianship], today: date) -> Guardianship | None:
    """That of the pupil's guardianships whose guardian the row names, rather one in force than one that is not."""
    named = [each for each in guardianships if _names(row, each.guardian)]
    return next((each for each in named if _in_force(each, today)), named[0] if named else None)


def with_phone(row: RollRow, guardians: Iterable[Guardian]) -> Guardian | None:
    """The one of these guardians who has the name and the phone of the row's."""
    if not row.guardian_phone:
        return None
    return next((each for each in guardians if _names(row, each) and phone_of(each) == row.guardian_phone), None)


def is_over(guardianship: Guardianship, today: date) -> bool:
    """Whether its last day has passed or the office has ended it."""
    return guardianship.ended_at is not None or (guardianship.ends_on is not None and guardianship.ends_on < today)


def phone_of(guardian: Guardian) -> str:
    """The guardian's phone, opened from the vault."""
    return unseal(guardian.data_key, guardian.phone_sealed, where("directory.Guardian", guardian.pk, "phone"))


def national_number_of(pupil: Pupil) -> str:
    """The pupil's national number, opened from the vault."""
    place = where("directory.Pupil", pupil.pk, "national_number")
    return unseal(pupil.data_key, pupil.national_number_sealed, place)


def _in_force(guardianship: Guardianship, today: date) -> bool:
    """As `rules.stands`, for rows already read."""
    return guardianship.starts_on <= today and not is_over(guardianship, today)


def _names(row: RollRow, guardian: Guardian) -> bool:
    """Whether the row names this guardian; a list without the column of the patronymic does not tell it apart."""
    parts = 2 if "guardian_patronymic" in row.kept else 3
    its = (guardian.last_name, guardian.first_name, guardian.patronymic)
    return row.guardian is not None and row.guardian[:parts] == its[:parts]


def _settle_phone(rows: list[RollRow]) -> None:
    phones = {row.guardian_phone for row in rows if row.guardian_phone}
    for row in rows:
        if len(phones) > 1:
            row.errors.append(_("Another row gives this guardian another phone."))
        else:
            row.guardian_phone = next(iter(phones), "")


def _told(label: Message, value: object) -> Message:
    return label if value else _("%(field)s (becomes empty)") % {"field": label}
