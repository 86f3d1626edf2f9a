"""What the room of clocks asks of this one by name: whose the clocks of tasks are, and what happens with them."""

from django.utils.translation import gettext_lazy as _

from caseflow.cases.services import task_clocks
from caseflow.cases.wordings import name_entry
from caseflow.clocks.matters import changes, kept, looks, matters, steps
from caseflow.clocks.texts import TARGETS
from caseflow.clocks.watchers import find_targets, watch
from notifications.texts import name_codes

CODE = "task"
HOME = task_clocks.__name__


def register_clocks() -> None:
    """Tell clocks and notifications of the clocks of tasks, and the chronology how their lines read."""
    watch(CODE, "caseflow.cases.services.watching.tell_of_task_clocks")
    find_targets(CODE, f"{HOME}.targets_of_task")
    matters.add(CODE, f"{HOME}.matter_of_task")
    changes.add(CODE, f"{HOME}.keep_task_in_step")
    steps.add(CODE, f"{HOME}.chronicle_step")
    looks.add(CODE, f"{HOME}.looks_at_tasks")
    kept.add(CODE, f"{HOME}.kept_task_clocks")
    name_codes("clock", [(CODE, _("a task of a case"))])
    name_entry(task_clocks.MISSED, _("The deadline of a task was missed. Told: %(whom)s"), whom=TARGETS)
    name_entry(task_clocks.MISSED_ALONE, _("The deadline of a task was missed, and nobody was there to be told"))
    name_entry("task_paused", _("The deadline of a task was paused"))
    name_entry("task_resumed", _("The deadline of a task runs again"))
    name_entry("task_extended", _("The deadline of a task was extended"))
