from caseflow.triage.services.concluding import conclude_item, lapse_item
from caseflow.triage.services.correcting import note_corrected, withdraw_item
from caseflow.triage.services.deciding import (
    AlreadyDecidedError,
    BadDecisionError,
    ClaimedError,
    claim,
    decide,
    release,
)
from caseflow.triage.services.filing import file_item, legal_assessed
from caseflow.triage.services.opening import (
    OpenItem,
    Queue,
    Today,
    offer_pupils,
    open_item,
    show_case_items,
    show_case_waiting,
    show_queue,
    show_today,
)
from caseflow.triage.services.undoing import undo

__all__ = [
    "AlreadyDecidedError",
    "BadDecisionError",
    "ClaimedError",
    "OpenItem",
    "Queue",
    "Today",
    "claim",
    "conclude_item",
    "decide",
    "file_item",
    "lapse_item",
    "legal_assessed",
    "note_corrected",
    "offer_pupils",
    "open_item",
    "release",
    "show_case_items",
    "show_case_waiting",
    "show_queue",
    "show_today",
    "undo",
    "withdraw_item",
]
