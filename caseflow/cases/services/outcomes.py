"""More than one outcome of a task: the first completes it, what others saw stands beside it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from caseflow.cases.enums import EntryKind
from caseflow.cases.meanwhile import Saved, SavedMeanwhile
from caseflow.cases.models import Task
from caseflow.cases.rules import CaseRefused
from caseflow.cases.selectors.lists import read_task
from caseflow.cases.selectors.scope import workable_tasks
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import lock_case, log
from caseflow.cases.services.tasks import complete_task
from caseflow.directory.actors import Actor

ADDED = "task_outcome_added"


@transaction.atomic
def finish_task(actor: Actor, task_id: UUID, *, outcome: str, after: UUID | None = None) -> Task | None:
    """Complete the task, or add to the outcome of one that `after` names as seen completed (its own id).
    Returns the task that this completed, None where it was added to.

    Raises Task.DoesNotExist outside the actor's scope, CaseRefused (no outcome, the same outcome, withdrawn),
    SavedMeanwhile where somebody completed it that the actor has not seen.
    """
    case = lock_case(workable_tasks(actor).get(pk=task_id).case_id)
    row = read_task(workable_tasks(actor).select_related("case__data_key", "done_by").get(pk=task_id))
    task = row.task
    if task.withdrawn:
        raise CaseRefused(gettext("This task is withdrawn: nobody has to do it any more."))
    if task.done_at is None or task.done_by is None or row.outcome == outcome.strip():
        return complete_task(actor, task_id, outcome=outcome)
    if after != task.pk:
        saved = Saved(task.pk, row.outcome, task.done_by.short_name, task.done_at)
        raise SavedMeanwhile(gettext("This task has been completed already."), saved)
    if not outcome.strip():
        raise CaseRefused(gettext("Write what came of it."))
    entry = write_entry(
        case, kind=EntryKind.TASK, code=ADDED, author=actor.user, text=outcome.strip(), ref=f"task:{task.pk}"
    )
    log(actor, "case_outcome_added", case, task=str(task.pk), entry=str(entry.pk))
    return None
