from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import CaseStatus, EntryKind
from caseflow.cases.keeping import refusals_to_close
from caseflow.cases.models import Case
from caseflow.cases.rules import CaseRefused, PupilHasOpenCase, obstacles_to_closing
from caseflow.cases.selectors.scope import open_case_of
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import hold_case, hold_open_case, log
from caseflow.directory.actors import Actor


@transaction.atomic
def close_case(actor: Actor, case_id: UUID, *, reason: str) -> Case:
    """Close the case for a reason.

    Raises Case.DoesNotExist, CaseRefused (no reason, closed already, high or acute risk, unfinished tasks, or what the
    case came from asks for more).
    """
    case = hold_open_case(actor, case_id)
    _refuse_without_reason(reason)
    obstacles = obstacles_to_closing(risk=case.risk, unfinished_tasks=case.tasks.filter(done_at=None).count())
    if obstacles.grave_risk:
        raise CaseRefused(
            gettext("The risk is high or acute. Assess it anew: a case can be closed from moderate risk down.")
        )
    if obstacles.unfinished_tasks:
        raise CaseRefused(gettext("There are unfinished tasks. Complete them first."))
    for said in refusals_to_close(actor, case):
        raise CaseRefused(said)
    return _turn(actor, case, CaseStatus.CLOSED, reason)


@transaction.atomic
def reopen_case(actor: Actor, case_id: UUID, *, reason: str) -> Case:
    """Open a closed case again, with its number, chronology and last assessment.

    Raises Case.DoesNotExist, CaseRefused (no reason, not closed), PupilHasOpenCase.
    """
    case = hold_case(actor, case_id)
    _refuse_without_reason(reason)
    if case.is_open:
        raise CaseRefused(gettext("The case is open."))
    other = open_case_of(case.pupil_id)
    if other is not None:
        message = gettext("Another case of this pupil is open: no. %(number)s.") % {"number": other.number}
        raise PupilHasOpenCase(message, other.pk)
    return _turn(actor, case, CaseStatus.OPEN, reason)


def _turn(actor: Actor, case: Case, status: CaseStatus, reason: str) -> Case:
    now = timezone.now()
    case.status, case.closed_at = status, None if status == CaseStatus.OPEN else now
    case.save(update_fields=["status", "closed_at"])
    code = "reopened" if status == CaseStatus.OPEN else "closed"
    write_entry(case, kind=EntryKind.CASE, code=code, author=actor.user, text=reason.strip(), event_at=now)
    log(actor, "case_reopened" if status == CaseStatus.OPEN else "case_closed", case)
    return case


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise CaseRefused(gettext("Say why."))
