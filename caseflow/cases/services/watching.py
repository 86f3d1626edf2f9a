"""Who is told when a task's time runs out."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from caseflow.cases.models import Task
from caseflow.cases.selectors.people import recipients_above, recipients_in_role
from caseflow.cases.services.tasks import task_page, task_params
from caseflow.clocks.models import Clock
from caseflow.clocks.services import tell_of_deadline
from caseflow.directory.enums import Role

if TYPE_CHECKING:
    from notifications.texts import Params

CLOCK = "task"


@transaction.atomic
def tell_of_task_clocks(clock_ids: list[UUID]) -> None:
    """Remind the owner of a task that is nearly due.

    Of a missed one the owner is told, who leads the case, and the lead psychologist.
    """
    unfinished = Task.objects.filter(clock__in=clock_ids, done_at=None)
    for task in unfinished.select_related("clock", "owner", "case__pupil", "case__owner", "case__school__district"):
        if _is_missed(task.clock):
            _tell_of_missed(task)
        else:
            _tell_owner(task, "task_due")


def _is_missed(clock: Clock) -> bool:
    return clock.escalated_at is not None


def _tell_of_missed(task: Task) -> None:
    case = task.case
    _tell_owner(task, "deadline_missed")
    leading = recipients_in_role(case, case.owner_id, Role.PSYCHOLOGIST)
    others = [one for one in (*leading, *recipients_above(case)) if one[0] != task.owner_id]
    params: Params = {"clock": CLOCK, "due": task.due_at.isoformat(), "school": case.school.names}
    tell_of_deadline(task.clock, others, kind="deadline_missed", params=params, url=reverse("cases:list"))


def _tell_owner(task: Task, kind: str) -> None:
    tell_of_deadline(
        task.clock,
        recipients_in_role(task.case, task.owner_id, task.owner_role),
        kind=kind,
        params=task_params(task) | {"clock": CLOCK},
        url=task_page(task.case, task.owner_role),
    )
