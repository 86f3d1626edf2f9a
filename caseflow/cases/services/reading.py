"""Opening a case: what is shown and the entry that it was shown are one transaction (rule 24)."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet

from caseflow.audit.models import AuditEntry
from caseflow.audit.services import record
from caseflow.cases.selectors.chronology import SHOWN_CONSENT_EVENTS, chronology
from caseflow.cases.selectors.lists import TaskRow, list_own_tasks, read_task
from caseflow.cases.selectors.narrowing import EVERYTHING, LineFilter
from caseflow.cases.selectors.pages import CaseFile, CasePage, acts_on_case, case_file
from caseflow.cases.selectors.people import Choice, choice_of, guardianships_of, people_of
from caseflow.cases.selectors.scope import case_in_reach, scoped_cases, workable_tasks
from caseflow.cases.selectors.standing import Closing, Onward, closing_of, ways_on
from caseflow.cases.services.locking import log
from caseflow.consent.selectors import told_of
from caseflow.directory.actors import Actor
from caseflow.records.vault import unseal, where

ACTS_PER_PAGE = 50


@transaction.atomic
def open_case_page(actor: Actor, case_id: UUID, *, asked: LineFilter = EVERYTHING, number: str | int = 1) -> CasePage:
    """The case's first page; which notes were read is logged. Raises Case.DoesNotExist."""
    file = case_file(actor, case_id)
    told = told_of(file.case.pupil_id, SHOWN_CONSENT_EVENTS)
    lines = chronology(file.case, actor, file.sources, asked=asked, number=number, told=told)
    log(actor, "case_read", file.case, notes=lines.notes_read)
    return CasePage(file, lines, people_of(file.case, told))


@transaction.atomic
def open_case_file(actor: Actor, case_id: UUID, *, part: str) -> CaseFile:
    """The case without its chronology, for `part`, the page that is opened. Raises Case.DoesNotExist."""
    file = case_file(actor, case_id)
    log(actor, "case_read", file.case, part=part)
    return file


@transaction.atomic
def open_closing(actor: Actor, case_id: UUID) -> tuple[CaseFile, Closing]:
    """The case with what stands between it and its end. Raises Case.DoesNotExist."""
    file = open_case_file(actor, case_id, part="close")
    return file, closing_of(actor, file.case)


@transaction.atomic
def open_ways(actor: Actor, case_id: UUID) -> tuple[CaseFile, Onward]:
    """The case with the stages it may be moved to, each with what is missing before. Raises Case.DoesNotExist."""
    file = open_case_file(actor, case_id, part="move")
    return file, ways_on(file.case)


@transaction.atomic
def open_acts(actor: Actor, case_id: UUID, *, number: str | int = 1) -> tuple[CaseFile, Page[AuditEntry]]:
    """Who opened the case: this opening is the newest. Raises Case.DoesNotExist."""
    file = open_case_file(actor, case_id, part="openings")
    return file, Paginator(acts_on_case(file.case), ACTS_PER_PAGE).get_page(number)


def list_acts(actor: Actor, case_id: UUID) -> QuerySet[AuditEntry]:
    """All that `open_acts` shows page by page. Raises Case.DoesNotExist."""
    return acts_on_case(open_case_file(actor, case_id, part="openings").case)


@transaction.atomic
def open_choice(actor: Actor, case_id: UUID) -> Choice:
    """To whom tasks and the case may be given, as the forms offer it. Raises Case.DoesNotExist."""
    case = case_in_reach(actor, case_id)
    log(actor, "case_read", case, part="people")
    return choice_of(case)


@transaction.atomic
def open_own_tasks(actor: Actor) -> list[TaskRow]:
    """The actor's own tasks; that they were read is one entry in the log."""
    rows = list_own_tasks(actor)
    if rows:
        record(
            action="case_tasks_read",
            actor_id=actor.user.pk,
            role=actor.role,
            obj="cases.Task",
            detail={"tasks": [str(row.task.pk) for row in rows]},
        )
    return rows


@transaction.atomic
def open_task(actor: Actor, task_id: UUID) -> TaskRow:
    """One task of the actor's own or of a case in reach; the reading is logged. Raises Task.DoesNotExist."""
    tasks = workable_tasks(actor).select_related("case__pupil__school_class", "case__data_key", "clock", "given_by")
    row = read_task(tasks.get(pk=task_id))
    record(
        action="case_task_read",
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"cases.Task/{task_id}",
        pupil_id=row.task.case.pupil_id,
    )
    return row


@transaction.atomic
def reveal_phone(actor: Actor, case_id: UUID, guardian_id: UUID) -> str:
    """A guardian's telephone number, "" when none is known; the look is logged.

    Raises Case.DoesNotExist, Guardianship.DoesNotExist (nobody who stands for this pupil today).
    """
    case = scoped_cases(actor).select_related("pupil").get(pk=case_id)
    guardian = guardianships_of(case).get(guardian=guardian_id).guardian
    log(actor, "case_phone_read", case, guardian=str(guardian.pk))
    return unseal(guardian.data_key, guardian.phone_sealed, where("directory.Guardian", guardian.pk, "phone"))
