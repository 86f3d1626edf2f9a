"""A task that was completed or given by mistake: open again, or withdrawn, for a few seconds and by whoever did it."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from caseflow.cases.drafting import OUTCOME, TASK
from caseflow.cases.enums import EntryKind
from caseflow.cases.following import task_reopened
from caseflow.cases.models import Case, ChronologyEntry, Task
from caseflow.cases.selectors.lists import read_task
from caseflow.cases.selectors.scope import scoped_cases, workable_tasks
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import lock_case, log
from caseflow.cases.services.outcomes import ADDED
from caseflow.cases.services.tasks import own_page
from caseflow.cases.services.withdrawing import withdraw_task
from caseflow.clocks.services import resume_clock
from caseflow.directory.actors import Actor
from caseflow.drafts.rules import Fields
from caseflow.drafts.selectors import own_draft
from caseflow.drafts.services import Written, save_draft
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError

TASK_DONE, TASK_GIVEN = "task_done", "task_given"


def open_task_again(actor: Actor, task_id: str, facts: Facts) -> str:
    """Take the completion back: the clock runs on, and what was written is a draft again. Returns the task's page.

    The chronology keeps both, that it was completed and that this was taken back. Raises Task.DoesNotExist outside the
    actor's scope, TooLateError (somebody else's, added to, built on, the case is closed or kept as it is).
    """
    case = lock_case(workable_tasks(actor).get(pk=task_id).case_id)
    at = datetime.fromisoformat(facts["at"])
    task = Task.objects.select_related("case__data_key", "done_by").get(pk=task_id, done_at=at, done_by=actor.user)
    if not case.is_open or case.pupil.died_on is not None or _is_added_to(case, task):
        raise TooLateError
    written = read_task(task).outcome
    task.done_at, task.done_by, task.outcome_sealed, task.outcome_written = None, None, b"", {}
    task.save(update_fields=["done_at", "done_by", "outcome_sealed", "outcome_written"])
    resume_clock(task.clock_id, at)
    task.case = case
    task_reopened(actor, task)
    _keep_as_draft(actor, f"{OUTCOME}-{task.pk}", {"outcome": written})
    write_entry(case, kind=EntryKind.TASK, code="task_undone", author=actor.user, ref=f"task:{task.pk}")
    log(actor, "case_task_undone", case, task=str(task.pk))
    return own_page(actor, task.pk)


def take_task_back(actor: Actor, task_id: str, facts: Facts) -> str:
    """Withdraw what was given: its owner is told, and what was written is a draft again. Returns the page of its form.

    The chronology keeps both. Raises ObjectDoesNotExist outside the actor's scope, TooLateError (done, or with somebody
    else by now; the case is closed or kept as it is).
    """
    case = lock_case(scoped_cases(actor).get(tasks=UUID(task_id)).pk)
    at = datetime.fromisoformat(facts["at"])
    task = case.tasks.select_related("owner").get(pk=task_id, given_by=actor.user, created_at=at)
    task.case = case
    as_given = case.is_open and case.pupil.died_on is None and str(task.owner_id) == facts["owner"]
    written = {"title": read_task(task).title, "due_at": f"{timezone.localtime(task.due_at):%Y-%m-%dT%H:%M}"}
    if not as_given or not withdraw_task(task, gettext_lazy("it was given by mistake"), by=actor.user, role=actor.role):
        raise TooLateError
    _keep_as_draft(actor, f"{TASK}-{case.pk}", written)
    return reverse("cases:task", args=[case.pk])


def _is_added_to(case: Case, task: Task) -> bool:
    return ChronologyEntry.objects.filter(case=case, code=ADDED, ref=f"task:{task.pk}").exists()


def _keep_as_draft(actor: Actor, key: str, written: Fields) -> None:
    """What another device has begun to write meanwhile stays as it is."""
    if own_draft(actor, key) is None:
        save_draft(actor, Written(key, written, None))
