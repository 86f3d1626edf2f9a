"""A task that was completed by mistake is open again, for a few seconds and by whoever completed it."""

from datetime import datetime

from caseflow.cases.drafting import OUTCOME
from caseflow.cases.enums import EntryKind
from caseflow.cases.models import Case, ChronologyEntry, Task
from caseflow.cases.selectors.lists import read_task
from caseflow.cases.selectors.scope import workable_tasks
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import lock_case, log
from caseflow.cases.services.outcomes import ADDED
from caseflow.cases.services.tasks import own_page
from caseflow.clocks.services import resume_clock
from caseflow.directory.actors import Actor
from caseflow.drafts.selectors import own_draft
from caseflow.drafts.services import Written, save_draft
from caseflow.undo.acts import Facts
from caseflow.undo.rules import TooLateError

TASK_DONE = "task_done"


def open_task_again(actor: Actor, task_id: str, facts: Facts) -> str:
    """Take the completion back: the clock runs on, and what was written is a draft again. Returns the task's page.

    The chronology keeps both, that it was completed and that this was taken back. Raises Task.DoesNotExist outside the
    actor's scope, TooLateError (somebody else's, added to, the case is closed or kept as it is).
    """
    case = lock_case(workable_tasks(actor).get(pk=task_id).case_id)
    at = datetime.fromisoformat(facts["at"])
    task = Task.objects.select_related("case__data_key", "done_by").get(pk=task_id, done_at=at, done_by=actor.user)
    if not case.is_open or case.pupil.died_on is not None or _is_added_to(case, task):
        raise TooLateError
    written = read_task(task).outcome
    task.done_at, task.done_by, task.outcome_sealed = None, None, b""
    task.save(update_fields=["done_at", "done_by", "outcome_sealed"])
    resume_clock(task.clock_id, at)
    _keep_as_draft(actor, f"{OUTCOME}-{task.pk}", written)
    write_entry(case, kind=EntryKind.TASK, code="task_undone", author=actor.user, ref=f"task:{task.pk}")
    log(actor, "case_task_undone", case, task=str(task.pk))
    return own_page(actor, task.pk)


def _is_added_to(case: Case, task: Task) -> bool:
    return ChronologyEntry.objects.filter(case=case, code=ADDED, ref=f"task:{task.pk}").exists()


def _keep_as_draft(actor: Actor, key: str, written: str) -> None:
    """What another device has begun to write meanwhile stays as it is."""
    if own_draft(actor, key) is None:
        save_draft(actor, Written(key, {"outcome": written}, None))
