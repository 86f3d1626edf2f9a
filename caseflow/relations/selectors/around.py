"""Everybody around the pupil of a case, as one reader may see them."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from caseflow.cases.models import Case
from caseflow.cases.selectors.people import guardianships_of
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.consent.selectors import excluded_guardians
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardianship, Pupil
from caseflow.directory.rules import stands, still_here
from caseflow.records.vault import unseal, where
from caseflow.relations.enums import RelationKind
from caseflow.relations.models import PersonAround
from caseflow.relations.selectors.ties import Tie, ties_of

FAMILY = (RelationKind.SIBLING, RelationKind.RELATIVE)


@dataclass(frozen=True, slots=True)
class GuardianRow:
    """Somebody who stands for the pupil. Whoever is excluded is named here, and asked nothing (rule 10)."""

    standing: Guardianship
    excluded: bool


@dataclass(frozen=True, slots=True)
class SiblingRow:
    """A pupil who shares a parent or guardian with this one; `through` names whom."""

    pupil: Pupil
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody recorded by hand, in clear."""

    person: PersonAround
    name: str
    note: str
    reason: str

    @property
    def is_current(self) -> bool:
        return self.person.ended_at is None


@dataclass(frozen=True, slots=True)
class Around:
    """The people around a pupil. `siblings_elsewhere` are at schools that the reader does not reach."""

    guardians: list[GuardianRow]
    siblings: list[SiblingRow]
    siblings_elsewhere: int
    people: list[PersonRow]
    ended: list[PersonRow]
    ties: list[Tie]

    @property
    def family(self) -> list[PersonRow]:
        return [row for row in self.people if row.person.kind in FAMILY]

    @property
    def close(self) -> list[PersonRow]:
        """Friends, helpers and others."""
        return [row for row in self.people if row.person.kind not in FAMILY]


def around(actor: Actor, case: Case) -> Around:
    """Everybody, each group by name. Six queries."""
    guardians = _guardians(case)
    siblings, elsewhere = _siblings(actor, case, guardians)
    recorded = _recorded(actor, case)
    return Around(
        guardians=guardians,
        siblings=siblings,
        siblings_elsewhere=elsewhere,
        people=[row for row in recorded if row.is_current],
        ended=[row for row in recorded if not row.is_current],
        ties=ties_of(actor, case.pupil_id),
    )


def place(person: PersonAround, field: str) -> str:
    """Where a sealed value of a person stands."""
    return where("relations.PersonAround", person.pk, field)


def _guardians(case: Case) -> list[GuardianRow]:
    excluded = excluded_guardians(case.pupil_id)
    return [GuardianRow(standing, standing.guardian_id in excluded) for standing in guardianships_of(case)]


def _siblings(actor: Actor, case: Case, guardians: list[GuardianRow]) -> tuple[list[SiblingRow], int]:
    names = {row.standing.guardian_id: row.standing.guardian.short_name for row in guardians}
    shared = Guardianship.objects.filter(stands(), still_here("pupil__"), guardian__in=names)
    through: dict[Pupil, list[str]] = defaultdict(list)
    by_name = ("pupil__last_name", "pupil__first_name", "pupil", "guardian__last_name")
    for found in shared.exclude(pupil=case.pupil_id).select_related("pupil__school_class").order_by(*by_name):
        through[found.pupil].append(names[found.guardian_id])
    schools = set(actor.schools().values_list("pk", flat=True))
    here = [SiblingRow(pupil, tuple(shared)) for pupil, shared in through.items() if pupil.school_id in schools]
    return here, len(through) - len(here)


def _recorded(actor: Actor, case: Case) -> list[PersonRow]:
    """Of all cases of the pupil that the actor reaches: friends do not end with a case."""
    cases = scoped_cases(actor).filter(pupil=case.pupil_id).values("pk")
    shown = ("case__data_key", "pupil__school_class", "employee", "recorded_by", "ended_by")
    rows = PersonAround.objects.filter(case__in=cases).select_related(*shown)
    return [_row(person) for person in rows]


def _row(person: PersonAround) -> PersonRow:
    key = person.case.data_key
    return PersonRow(
        person=person,
        name=_name(person) or unseal(key, person.outside_sealed, place(person, "outside")),
        note=unseal(key, person.note_sealed, place(person, "note")),
        reason=unseal(key, person.reason_sealed, place(person, "reason")),
    )


def _name(person: PersonAround) -> str:
    if person.pupil:
        return person.pupil.short_name
    return person.employee.short_name if person.employee else ""


def person_of(actor: Actor, case: Case, person_id: UUID) -> PersonRow:
    """One of the recorded people. Raises PersonAround.DoesNotExist."""
    found = next((row for row in _recorded(actor, case) if row.person.pk == person_id), None)
    if found is None:
        raise PersonAround.DoesNotExist
    return found
