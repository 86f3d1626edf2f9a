from caseflow.cases.services.access import assign_case, break_glass
from caseflow.cases.services.chronology import add_note, add_system_entry, correct_note
from caseflow.cases.services.closing import close_case, reopen_case
from caseflow.cases.services.opening import open_case
from caseflow.cases.services.risk import set_risk
from caseflow.cases.services.tasks import add_task, complete_task

__all__ = [
    "add_note",
    "add_system_entry",
    "add_task",
    "assign_case",
    "break_glass",
    "close_case",
    "complete_task",
    "correct_note",
    "open_case",
    "reopen_case",
    "set_risk",
]
