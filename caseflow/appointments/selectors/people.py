"""Who and what can be chosen for an appointment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from caseflow.accounts.models import User
from caseflow.appointments.models import Appointment, Participant
from caseflow.appointments.rules import Plan
from caseflow.cases.models import Case
from caseflow.cases.selectors import scoped_cases
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardian, Pupil, Room, School
from caseflow.directory.rules import is_called, stands
from caseflow.directory.selectors import employees_of
from caseflow.directory.selectors.finding import find_pupils

Person = TypeVar("Person", bound=Model)
OFFERED, SHORTEST_QUERY = 8, 2


@dataclass(frozen=True, slots=True)
class Choice:
    """Who was chosen, who fits what was typed, and what may be chosen because of the pupils who were."""

    pupils: list[Pupil]
    members: list[User]
    found: list[Pupil]
    found_members: list[User]
    guardians: list[Guardian]
    cases: list[Case]


@dataclass(frozen=True, slots=True)
class People:
    """The chosen people, each within the actor's reach."""

    pupils: list[Pupil]
    guardians: list[Guardian]
    members: list[User]


def own_school(actor: Actor) -> School:
    """The school for which a psychologist plans."""
    return actor.schools().select_related("district").get()


def rooms_of(actor: Actor) -> QuerySet[Room]:
    """The rooms of the actor's schools."""
    return Room.objects.filter(school__in=actor.schools())


def pupil_of(actor: Actor, case: UUID) -> UUID | None:
    """Whose case it is; None outside the actor's reach."""
    found: UUID | None = scoped_cases(actor).filter(pk=case).values_list("pupil", flat=True).first()
    return found


def usual_room(actor: Actor) -> int | None:
    """The room of the actor's latest appointment that had one."""
    held = Appointment.objects.filter(owner=actor.user, room__in=rooms_of(actor)).order_by("-created_at")
    room: int | None = held.values_list("room", flat=True).first()
    return room


def staff_of(actor: Actor) -> QuerySet[User]:
    """Whom of the school's staff the actor may invite: everybody but themselves."""
    return employees_of(own_school(actor)).filter(is_active=True).exclude(pk=actor.user.pk)


def choice(
    actor: Actor, *, pupils: Iterable[UUID], members: Iterable[int], case: UUID | None, query: str = ""
) -> Choice:
    """What can be chosen once these people are: more of them by name, the pupils' guardians and open cases.

    Eight queries at most.
    """
    chosen = list(actor.pupils().filter(pk__in=list(pupils)).select_related("school_class"))
    ids = {pupil.pk for pupil in chosen}
    staff = list(staff_of(actor).filter(pk__in=list(members)))
    asked = query.strip() if len(query.strip()) >= SHORTEST_QUERY else ""
    cases = list(cases_of(actor, ids, case))
    concerned = ids | {each.pupil_id for each in cases if each.pk == case}
    return Choice(
        pupils=chosen,
        members=staff,
        found=list(find_pupils(actor, asked).exclude(pk__in=ids)[:OFFERED]) if asked else [],
        found_members=_staff_like(actor, asked, {user.pk for user in staff}) if asked else [],
        guardians=list(guardians_for(concerned)),
        cases=cases,
    )


def _staff_like(actor: Actor, asked: str, but: Collection[int]) -> list[User]:
    return list(staff_of(actor).filter(is_called(asked)).exclude(pk__in=list(but))[:OFFERED])


def cases_of(actor: Actor, pupils: Collection[UUID], case: UUID | None) -> QuerySet[Case]:
    """The open cases of the pupils, and the one that was chosen."""
    wanted = Q(pupil__in=list(pupils)) | Q(pk__in=[case] if case else [])
    return scoped_cases(actor).filter(wanted, closed_at=None).select_related("pupil", "data_key")


def guardians_for(pupils: Collection[UUID]) -> QuerySet[Guardian]:
    """Who stands for one of the pupils today."""
    return (
        Guardian.objects.filter(stands("guardianships__"), guardianships__pupil__in=list(pupils))
        .distinct()
        .order_by("last_name", "first_name", "pk")
    )


def people_of(actor: Actor, plan: Plan, case: Case | None, already_in: UUID | None = None) -> People:
    """The people of a plan: those in reach, and those who take part in the appointment `already_in` already.

    Raises Pupil.DoesNotExist, Guardian.DoesNotExist, User.DoesNotExist for anybody else.
    """
    concerned = set(plan.pupils) | ({case.pupil_id} if case else set())
    there = Participant.objects.filter(appointment=already_in)
    pupils = Q(pk__in=actor.pupils().values("pk")) | Q(pk__in=there.values("pupil"))
    guardians = Q(pk__in=guardians_for(concerned).values("pk")) | Q(pk__in=there.values("guardian"))
    members = Q(pk__in=staff_of(actor).values("pk")) | Q(pk__in=there.values("member"))
    return People(
        _all_of(Pupil.objects.filter(pupils).select_related("data_key"), plan.pupils),
        _all_of(Guardian.objects.filter(guardians), plan.guardians),
        _all_of(User.objects.filter(members), plan.members),
    )


def _all_of(people: "QuerySet[Person]", wanted: Collection[Any]) -> "list[Person]":
    """Those of the people who are wanted. Raises DoesNotExist of their model when one is missing."""
    found = list(people.filter(pk__in=list(wanted))) if wanted else []
    if len(found) != len(set(wanted)):
        raise people.model.DoesNotExist  # type: ignore[attr-defined]  # every model has it
    return found
