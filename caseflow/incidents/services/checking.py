from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.directory.models import Pupil, School
from caseflow.directory.rules import still_here
from caseflow.directory.selectors import accounts_of_parents, employees_of
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.models import Party

MOST_PARTIES = 30


class BadReportError(ValueError):
    """The report cannot be taken as it is; the message is for the person who writes it."""


class AlreadyInformedError(BadReportError):
    """Somebody recorded before that the police were told; what they said counts."""


@dataclass(frozen=True, slots=True)
class PartySaid:
    """Somebody named in a report: a pupil of the school, an employee of it, or neither: a person not known."""

    role: PartyRole
    pupil_id: UUID | None = None
    employee_id: int | None = None


def check_report(
    school: School, category: str, words: str, parties: Sequence[PartySaid], times: Iterable[datetime | None]
) -> dict[UUID, Pupil]:
    """The pupils named, by id. Raises BadReportError."""
    if category not in Category.values:
        raise BadReportError(_("Choose what happened"))
    if not words:
        raise BadReportError(_("Write what happened, in the child's words if you can"))
    if any(moment and moment > timezone.now() for moment in times):
        raise BadReportError(_("The time lies in the future"))
    if len(parties) > MOST_PARTIES:
        raise BadReportError(_("Name at most %(number)s people") % {"number": MOST_PARTIES})
    _check_employees(school, parties)
    return _named_pupils(school, parties)


def main_pupil(parties: Sequence[PartySaid], pupils: dict[UUID, Pupil]) -> Pupil | None:
    """The pupil whose need comes first: the first one harmed; None while nobody harmed is known."""
    harmed = (said.pupil_id for said in parties if said.role == PartyRole.HARMED and said.pupil_id)
    return next((pupils[pupil_id] for pupil_id in harmed), None)


def users_concerned(parties: Iterable[PartySaid | Party]) -> set[int]:
    """The users who must not learn of the report at work: employees named and parents of pupils named (rule 10b)."""
    named = list(parties)
    pupils = [said.pupil_id for said in named if said.pupil_id]
    return {said.employee_id for said in named if said.employee_id} | accounts_of_parents(pupils)


def accuses_employee(parties: Iterable[PartySaid]) -> bool:
    """Whether an employee is said to have harmed somebody."""
    return any(said.employee_id and said.role == PartyRole.SAID_TO_HAVE_HARMED for said in parties)


def _named_pupils(school: School, parties: Sequence[PartySaid]) -> dict[UUID, Pupil]:
    named = [said.pupil_id for said in parties if said.pupil_id]
    if len(named) != len(set(named)):
        raise BadReportError(_("A pupil is named twice"))
    pupils = {pupil.pk: pupil for pupil in Pupil.objects.filter(still_here(), pk__in=named, school=school)}
    if len(pupils) != len(named):
        raise BadReportError(_("A pupil is not found at this school"))
    return pupils


def _check_employees(school: School, parties: Sequence[PartySaid]) -> None:
    named = {said.employee_id for said in parties if said.employee_id}
    if employees_of(school).filter(pk__in=named).count() != len(named):
        raise BadReportError(_("An employee is not found at this school"))
