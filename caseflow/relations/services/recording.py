"""Recording who is around a pupil, and that somebody no longer is."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.happening import FieldRefused
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused
from caseflow.cases.services import add_system_entry
from caseflow.cases.services.locking import hold_open_case, log, said_why
from caseflow.directory.actors import Actor
from caseflow.records.vault import seal
from caseflow.relations.enums import RelationKind, SaidBy
from caseflow.relations.models import PersonAround
from caseflow.relations.selectors.around import person_of, place
from caseflow.relations.selectors.choosing import chosen_member, chosen_pupil
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of somebody: exactly one of `pupil`, `employee` and `outside` says who it is."""

    kind: RelationKind
    said_by: SaidBy
    pupil: UUID | None = None
    employee: int | None = None
    outside: str = ""
    note: str = ""
    since: date | None = None


@transaction.atomic
def record_person(actor: Actor, case_id: UUID, told: Told) -> PersonAround:
    """Record somebody around the pupil of a case.

    Raises Case.DoesNotExist, Pupil.DoesNotExist and User.DoesNotExist (nobody of the school, or the pupil themselves),
    CaseRefused (closed case, nobody or more than one named, a day ahead, recorded already).
    """
    case = hold_open_case(actor, case_id)
    _refuse_unclear(told)
    person = PersonAround(case=case, kind=told.kind, said_by=told.said_by, since=told.since)
    person.pupil = chosen_pupil(actor, case, told.pupil) if told.pupil else None
    person.employee = chosen_member(case, told.employee) if told.employee else None
    _refuse_second(case, person)
    person.recorded_by, person.recorded_at = actor.user, timezone.now()
    person.outside_sealed = seal(case.data_key, told.outside.strip(), place(person, "outside"))
    person.note_sealed = seal(case.data_key, told.note.strip(), place(person, "note"))
    person.save(force_insert=True)
    _enter(actor, case, person, "person_recorded")
    log(actor, "person_recorded", case, person=str(person.pk), kind=person.kind)
    return person


@transaction.atomic
def end_person(actor: Actor, case_id: UUID, person_id: UUID, *, reason: str) -> PersonAround:
    """Say that somebody is no longer around the pupil, and why.

    Raises Case.DoesNotExist, PersonAround.DoesNotExist (also for an ended one), CaseRefused (closed case, no reason).
    """
    case = hold_open_case(actor, case_id)
    row = person_of(actor, case, person_id)
    if not row.is_current:
        raise PersonAround.DoesNotExist
    person = row.person
    person.ended_by, person.ended_at = actor.user, timezone.now()
    person.reason_sealed = seal(person.case.data_key, said_why(reason), place(person, "reason"))
    person.save(update_fields=["ended_by", "ended_at", "reason_sealed"])
    _enter(actor, case, person, "person_ended")
    log(actor, "person_ended", case, person=str(person.pk))
    return person


@transaction.atomic
def go_on_with(actor: Actor, person_id: str, facts: Facts) -> str:
    """Take back that the actor has just ended a record: it holds again, and the chronology says so. Returns the page.

    Raises PersonAround.DoesNotExist, Case.DoesNotExist, TooLateError (closed case, recorded anew meanwhile).
    """
    at = datetime.fromisoformat(facts["at"])
    try:
        case = hold_open_case(actor, PersonAround.objects.get(pk=person_id).case_id)
        person = PersonAround.objects.select_related("case").get(pk=person_id, ended_at=at, ended_by=actor.user)
        _refuse_second(case, person)
    except CaseRefused as refused:
        raise TooLateError from refused
    person.ended_by, person.ended_at, person.reason_sealed = None, None, b""
    person.save(update_fields=["ended_by", "ended_at", "reason_sealed"])
    _enter(actor, case, person, "person_restored")
    log(actor, "person_restored", case, person=str(person.pk))
    return reverse("relations:case", args=[case.pk])


def _refuse_unclear(told: Told) -> None:
    named = [who for who in (told.pupil, told.employee, told.outside.strip()) if who]
    if len(named) != 1:
        raise FieldRefused(gettext("Say who it is: choose one person, or write who it is from outside."), "person")
    if told.since and told.since > timezone.localdate():
        raise FieldRefused(gettext("This day has not come yet."), "since")


def _refuse_second(case: Case, person: PersonAround) -> None:
    there = PersonAround.objects.filter(case__pupil=case.pupil_id, ended_at=None, kind=person.kind)
    known = person.pupil and there.filter(pupil=person.pupil).exists()
    if known or (person.employee and there.filter(employee=person.employee).exists()):
        raise FieldRefused(gettext("This person is recorded already."), "person")


def _enter(actor: Actor, case: Case, person: PersonAround, code: str) -> None:
    params, ref = {"relation": person.kind}, f"people:{case.pk}"
    add_system_entry(case, kind=EntryKind.CASE, code=code, params=params, ref=ref, author=actor.user)
