from caseflow.journals.services.forming import NewForm, enter_form
from caseflow.journals.services.planning import (
    approve_plan,
    copy_plan,
    end_item,
    open_plan_for_changes,
    remove_item,
    return_plan,
    send_plan,
    write_item,
)
from caseflow.journals.services.recording import record_result, record_work
from caseflow.journals.services.reporting import sign_report, write_report

__all__ = [
    "NewForm",
    "approve_plan",
    "copy_plan",
    "end_item",
    "enter_form",
    "open_plan_for_changes",
    "record_result",
    "record_work",
    "remove_item",
    "return_plan",
    "send_plan",
    "sign_report",
    "write_item",
    "write_report",
]
