"""Whom a psychologist may name: pupils and staff of the pupil's school, by name."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from caseflow.accounts.models import User
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.directory.rules import is_called
from caseflow.directory.selectors import employees_of
from caseflow.directory.selectors.finding import pupils_like

OFFERED, SHORTEST_QUERY = 8, 2


@dataclass(frozen=True, slots=True)
class Found:
    """Who fits what was typed; `asked` says whether enough was."""

    pupils: list[Pupil]
    members: list[User]
    asked: bool


def found_people(actor: Actor, case: Case, query: str) -> Found:
    """Pupils and staff whose names fit, at most eight of each; nobody for fewer than two letters."""
    asked = query.strip()
    if len(asked) < SHORTEST_QUERY:
        return Found([], [], asked=False)
    pupils = pupils_like(nameable_pupils(actor, case).select_related("school_class"), [case.school_id], asked)
    staff = nameable_staff(case).filter(is_called(asked))
    return Found(list(pupils[:OFFERED]), list(staff[:OFFERED]), asked=True)


def nameable_pupils(actor: Actor, case: Case) -> QuerySet[Pupil]:
    """The pupils of the case's school but the pupil."""
    return actor.pupils().filter(school=case.school_id).exclude(pk=case.pupil_id).order_by("last_name", "first_name")


def nameable_staff(case: Case) -> QuerySet[User]:
    """Who works at the case's school."""
    return employees_of(case.school).filter(is_active=True)


def chosen_pupil(actor: Actor, case: Case, pupil_id: UUID) -> Pupil:
    """Raises Pupil.DoesNotExist for whoever may not be named."""
    return nameable_pupils(actor, case).get(pk=pupil_id)


def chosen_member(case: Case, user_id: int) -> User:
    """Raises User.DoesNotExist for whoever may not be named."""
    return nameable_staff(case).get(pk=user_id)
