"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "case_opened": _("Opened a new case"),
    "case_read": _("Read a case"),
    "case_closed": _("Closed a case"),
    "case_reopened": _("Reopened a case"),
    "case_moved": _("Moved a case to another stage"),
    "case_closing_asked": _("Asked to close a case"),
    "case_closing_agreed": _("Agreed to close a case"),
    "case_closing_returned": _("Returned the wish to close a case"),
    "case_closing_taken_back": _("Took the wish to close a case back"),
    "case_assigned": _("Gave a case to somebody"),
    "break_glass": _("Opened a case without an assignment"),
    "case_note": _("Wrote a note"),
    "case_note_corrected": _("Corrected a note"),
    "case_risk_assessed": _("Assessed the risk"),
    "case_task_given": _("Gave a task"),
    "case_task_handed": _("Handed a task over"),
    "case_task_done": _("Did a task"),
    "case_task_undone": _("Took back at once that a task was done"),
    "case_task_withdrawn": _("Withdrew a task"),
    "case_task_handed_over": _("Handed a task over"),
    "case_outcome_added": _("Added to the outcome of a task"),
    "case_task_read": _("Read a task"),
    "case_tasks_read": _("Read the own tasks"),
    "case_phone_read": _("Read a guardian's phone number"),
}
