from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.following import task_completed
from caseflow.cases.models import Case, Task
from caseflow.cases.rules import CASE_ROLES, CaseRefused
from caseflow.cases.selectors.people import possible_task_owners
from caseflow.cases.selectors.scope import workable_tasks
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import hold_open_case, lock_case, log, log_by
from caseflow.cases.wordings import Written, words_of
from caseflow.clocks.models import Clock
from caseflow.clocks.services import start_clock, stop_clock
from caseflow.directory.actors import Actor
from caseflow.directory.models import Membership
from caseflow.records.vault import seal, where
from notifications.services import alert

if TYPE_CHECKING:
    from caseflow.accounts.models import User


@transaction.atomic
def add_task(
    actor: Actor, case_id: UUID, *, title: str | Written, membership_id: int, due_at: datetime, about: str = ""
) -> Task:
    """Give somebody around the case something to do; they are told, and read the title even if nothing else.

    `title` is a person's words, or what the program writes. `about` names what the program gives it for, "flow", so
    that whoever hides that can hide the task. Raises Case.DoesNotExist, CaseRefused (closed case, no title, due in the
    past, somebody who is not around it).
    """
    case = hold_open_case(actor, case_id)
    now = timezone.now()
    _check_task(title, due_at, now)
    right = possible_task_owners(case).filter(pk=membership_id).first()
    if right is None:
        raise CaseRefused(gettext("This person cannot be given a task of this case."))
    clock = start_clock("task", case.school, now, due_at=due_at)
    return give_task(case, right, title=title, clock=clock, by=actor.user, role=actor.role, about=about)


def give_task(
    case: Case, right: Membership, *, title: str | Written, clock: Clock, by: "User", role: str, about: str = ""
) -> Task:
    """Give somebody a task of a locked case, due when the clock is; they are told. Inside the caller's transaction.

    Who may have it is asked by the caller. `by` and `role`: who gives it, and as what; `about` as in `add_task`.
    """
    now = timezone.now()
    task = Task(
        case=case,
        owner=right.user,
        owner_role=right.role,
        given_by=by,
        created_at=now,
        due_at=clock.due_at,
        clock=clock,
    )
    if isinstance(title, str):
        task.title_sealed = seal(case.data_key, title.strip(), where("cases.Task", task.pk, "title"))
    else:
        task.title_written = dict(title)
    task.save(force_insert=True)
    write_entry(
        case,
        kind=EntryKind.TASK,
        code="task_given",
        author=by,
        params={"about": about} if about else {},
        ref=f"task:{task.pk}",
        event_at=now,
    )
    log_by(by, role, "case_task_given", case, task=str(task.pk), owner=right.user_id)
    if right.user_id != by.pk:
        alert(
            recipients=[(right.user_id, right.pk)],
            kind="task_assigned",
            params=task_params(task),
            url=task_page(case, right.role),
        )
    return task


@transaction.atomic
def complete_task(actor: Actor, task_id: UUID, *, outcome: str | Written) -> Task:
    """Record that the task is done and what came of it, in a person's words or the program's, and stop its clock.

    Raises Task.DoesNotExist outside the actor's scope, CaseRefused (no outcome, done already).
    """
    case = lock_case(workable_tasks(actor).get(pk=task_id).case_id)
    task = Task.objects.get(pk=task_id)
    if isinstance(outcome, str) and not outcome.strip():
        raise CaseRefused(gettext("Write what came of it."))
    now = timezone.now()
    done = Task.objects.filter(pk=task_id, done_at=None)
    if not done.update(done_at=now, done_by=actor.user, **_outcome(case, task, outcome)):
        raise CaseRefused(gettext("This task has been completed already."))
    stop_clock(task.clock_id, now)
    write_entry(case, kind=EntryKind.TASK, code="task_done", author=actor.user, ref=f"task:{task.pk}", event_at=now)
    log(actor, "case_task_done", case, task=str(task.pk))
    task.refresh_from_db()
    task.case = case
    task_completed(actor, task, outcome.strip() if isinstance(outcome, str) else words_of(outcome))
    return task


def hand_over_task(actor: Actor, task: Task, right: Membership, *, reason: str = "") -> None:
    """Give an unfinished task of a locked case to somebody else; its clock runs on. Inside the caller's transaction.

    Who may have it is asked by the caller, who tells them too.
    """
    pass_on(task, right, by=actor.user, role=actor.role, reason=reason)


def pass_on(task: Task, right: Membership, *, by: "User | None", role: str = "", reason: str = "") -> bool:
    """Give a task of a locked case to somebody else, with its line in the chronology; False for one that is done."""
    before = task.owner
    undone = Task.objects.filter(pk=task.pk, done_at=None)
    if not undone.update(owner=right.user, owner_role=right.role):
        return False
    task.owner, task.owner_role = right.user, right.role
    write_entry(
        task.case,
        kind=EntryKind.TASK,
        code="task_handed_over",
        author=by,
        text=reason,
        params={"name": right.user.short_name, "before_name": before.short_name},
        ref=f"task:{task.pk}",
    )
    log_by(by, role, "case_task_handed_over", task.case, task=str(task.pk), owner=right.user_id)
    return True


def own_page(actor: Actor, task_id: UUID) -> str:
    """Where the actor finds a task they may complete. Raises Task.DoesNotExist."""
    return task_page(workable_tasks(actor).select_related("case").get(pk=task_id).case, actor.role)


def task_page(case: Case, role: str) -> str:
    """Where the owner of a task in that role finds it."""
    return reverse("cases:detail", args=[case.pk]) if role in CASE_ROLES else reverse("cases:tasks")


def task_params(task: Task) -> dict[str, str | int]:
    """What an alert about the task may say: the case's number only to those who may open cases."""
    params: dict[str, str | int] = {"due": task.due_at.isoformat()}
    if task.owner_role in CASE_ROLES:
        params["number"] = task.case.number
    return params


def _outcome(case: Case, task: Task, outcome: str | Written) -> dict[str, Any]:
    if isinstance(outcome, str):
        return {"outcome_sealed": seal(case.data_key, outcome.strip(), where("cases.Task", task.pk, "outcome"))}
    return {"outcome_written": dict(outcome)}


def _check_task(title: str | Written, due_at: datetime, now: datetime) -> None:
    if isinstance(title, str) and not title.strip():
        raise CaseRefused(gettext("Write what has to be done."))
    if due_at <= now:
        raise CaseRefused(gettext("The task is due in the past."))
