"""What the room of clocks asks of this one by name: whose clocks of tasks and of wishes to close are, and what happens
with them."""

from django.utils.translation import gettext_lazy as _

from caseflow.cases.services import agreeing, closing_clocks, task_clocks
from caseflow.cases.services.handing import LEAVER_CLOCK, LEAVER_TASK
from caseflow.cases.wordings import name_entry, name_words
from caseflow.clocks.matters import about, changes, looks, matters, steps
from caseflow.clocks.texts import TARGETS
from caseflow.clocks.watchers import find_targets, watch
from notifications.texts import name_codes

CODE = "task"
HOME = task_clocks.__name__
CLOSING_HOME = closing_clocks.__name__


def register_clocks() -> None:
    """Tell clocks and notifications of the clocks of this room, and the chronology how their lines read."""
    _register_tasks()
    _register_closing()


def _register_tasks() -> None:
    watch(CODE, "caseflow.cases.services.watching.tell_of_task_clocks")
    find_targets(CODE, f"{HOME}.targets_of_task")
    matters.add(CODE, f"{HOME}.matter_of_task")
    changes.add(CODE, f"{HOME}.keep_task_in_step")
    steps.add(CODE, f"{HOME}.chronicle_step")
    looks.add(CODE, f"{HOME}.looks_at_tasks")
    about.add(CODE, f"{HOME}.clocks_about")
    name_codes("clock", [(CODE, _("a task of a case")), (LEAVER_CLOCK, _("the case of a pupil who leaves"))])
    name_words(LEAVER_TASK, _("The pupil leaves the school: close the case, refer it, or offer it to the new school"))
    name_entry(task_clocks.MISSED, _("The deadline of a task was missed. Told: %(whom)s"), whom=TARGETS)
    name_entry(task_clocks.MISSED_ALONE, _("The deadline of a task was missed, and nobody was there to be told"))
    name_entry("task_paused", _("The deadline of a task was paused"))
    name_entry("task_resumed", _("The deadline of a task runs again"))
    name_entry("task_extended", _("The deadline of a task was extended"))
    name_entry("task_paused_until", _("The deadline of a task was paused. Due then: %(due)s"))
    name_entry("task_resumed_until", _("The deadline of a task runs again. Due: %(due)s"))
    name_entry("task_extended_until", _("The deadline of a task was extended. Due now: %(due)s"))


def _register_closing() -> None:
    watch(agreeing.CLOCK, f"{CLOSING_HOME}.remind_of_closing")
    find_targets(agreeing.CLOCK, f"{CLOSING_HOME}.targets_of_closing")
    matters.add(agreeing.CLOCK, f"{CLOSING_HOME}.matter_of_closing")
    steps.add(agreeing.CLOCK, f"{CLOSING_HOME}.chronicle_closing")
    looks.add(agreeing.CLOCK, f"{CLOSING_HOME}.looks_at_closings")
    about.add(agreeing.CLOCK, f"{CLOSING_HOME}.clocks_about")
    name_codes("clock", [(agreeing.CLOCK, _("agreement of the lead psychologist to close a case"))])
    name_entry(closing_clocks.MISSED, _("Nobody answered in time whether the case may be closed. Told: %(whom)s"))
    name_entry(
        closing_clocks.MISSED_ALONE,
        _("Nobody answered in time whether the case may be closed, and nobody was there to be told"),
    )
