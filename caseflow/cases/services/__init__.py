from caseflow.cases.services.access import assign_case, break_glass, hand_over
from caseflow.cases.services.agreeing import agree_to_close, ask_to_close, return_closing, take_back_closing
from caseflow.cases.services.assessing import assess_after
from caseflow.cases.services.chronology import add_note, add_system_entry, correct_note
from caseflow.cases.services.closing import close_case, reopen_case
from caseflow.cases.services.moving import move_case
from caseflow.cases.services.opening import open_case
from caseflow.cases.services.outcomes import finish_task
from caseflow.cases.services.risk import set_risk
from caseflow.cases.services.tasks import add_task, complete_task, hand_over_task

__all__ = [
    "add_note",
    "add_system_entry",
    "add_task",
    "agree_to_close",
    "ask_to_close",
    "assess_after",
    "assign_case",
    "break_glass",
    "close_case",
    "complete_task",
    "correct_note",
    "finish_task",
    "hand_over",
    "hand_over_task",
    "move_case",
    "open_case",
    "reopen_case",
    "return_closing",
    "set_risk",
    "take_back_closing",
]
