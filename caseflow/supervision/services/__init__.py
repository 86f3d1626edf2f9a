from caseflow.supervision.services.noting import (
    Agreed,
    Said,
    begin_supervision,
    correct_note,
    finish_agreement,
    list_notes,
    open_note,
    share_note,
    write_note,
)
from caseflow.supervision.services.reassigning import Chosen, PlanChanged, open_work, plan_reassignment, reassign

__all__ = [
    "Agreed",
    "Chosen",
    "PlanChanged",
    "Said",
    "begin_supervision",
    "correct_note",
    "finish_agreement",
    "list_notes",
    "open_note",
    "open_work",
    "plan_reassignment",
    "reassign",
    "share_note",
    "write_note",
]
