from caseflow.legalrequests.services.asking import Wish, ask, withdraw
from caseflow.legalrequests.services.deciding import approve, refuse
from caseflow.legalrequests.services.ending import sweep_legal_requests
from caseflow.legalrequests.services.preparing import Preparing, look_for_case, prepare, show_copy
from caseflow.legalrequests.services.reading import Paper, open_request, print_copy

__all__ = [
    "Paper",
    "Preparing",
    "Wish",
    "approve",
    "ask",
    "look_for_case",
    "open_request",
    "prepare",
    "print_copy",
    "refuse",
    "show_copy",
    "sweep_legal_requests",
    "withdraw",
]
