"""A task that nobody has to do any more ends without having been done."""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext, override

from caseflow.cases.enums import EntryKind
from caseflow.cases.models import Task
from caseflow.cases.selectors.people import possible_task_owners
from caseflow.cases.services.chronology import write_entry
from caseflow.cases.services.locking import log_by
from caseflow.cases.services.tasks import task_page, task_params
from caseflow.clocks.services import stop_clock
from caseflow.records.vault import seal, where
from notifications.services import alert

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from caseflow.accounts.models import User


def withdraw_task(task: Task, why: "StrPromise", *, by: "User", role: str = "") -> bool:
    """End an unfinished task of a locked case, stop its clock, and tell its owner why; False for one that is done."""
    now = timezone.now()
    with override(task.owner.language):
        said = gettext("Withdrawn: %(why)s") % {"why": why}
    sealed = seal(task.case.data_key, said, where("cases.Task", task.pk, "outcome"))
    undone = Task.objects.filter(pk=task.pk, done_at=None)
    if not undone.update(done_at=now, done_by=by, withdrawn=True, outcome_sealed=sealed):
        return False
    stop_clock(task.clock_id, now)
    write_entry(task.case, kind=EntryKind.TASK, code="task_withdrawn", author=by, ref=f"task:{task.pk}", event_at=now)
    log_by(by, role, "case_task_withdrawn", task.case, task=str(task.pk))
    _tell_owner(task, by)
    return True


def _tell_owner(task: Task, by: "User") -> None:
    owners = possible_task_owners(task.case).filter(user=task.owner_id, role=task.owner_role)
    right = owners.exclude(user=by).first()
    if right:
        url = task_page(task.case, task.owner_role)
        alert(recipients=[(right.user_id, right.pk)], kind="task_withdrawn", params=task_params(task), url=url)
