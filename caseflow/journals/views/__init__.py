from caseflow.journals.views.columns import forms, new_form
from caseflow.journals.views.files import journal_file, plan_file, report_file
from caseflow.journals.views.pages import journal
from caseflow.journals.views.planning import (
    approve,
    copy,
    end,
    give_back,
    item,
    new_item,
    open_plan,
    plan,
    remove,
    send,
)
from caseflow.journals.views.recording import of_appointment, of_questionnaire, record, result
from caseflow.journals.views.reporting import report, sign, words

__all__ = [
    "approve",
    "copy",
    "end",
    "forms",
    "give_back",
    "item",
    "journal",
    "journal_file",
    "new_form",
    "new_item",
    "of_appointment",
    "of_questionnaire",
    "open_plan",
    "plan",
    "plan_file",
    "record",
    "remove",
    "report",
    "report_file",
    "result",
    "send",
    "sign",
    "words",
]
