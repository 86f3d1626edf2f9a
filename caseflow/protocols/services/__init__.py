from caseflow.protocols.services.beginning import answer_calls, begin_flow
from caseflow.protocols.services.editing import (
    DraftChanged,
    begin_draft,
    discard_draft,
    new_protocol,
    publish,
    require_editor,
    save_draft,
    withdraw,
)
from caseflow.protocols.services.ending import ask_to_end, change_second, confirm_end, send_back
from caseflow.protocols.services.proving import do_step, set_looks, waive_step
from caseflow.protocols.services.reading import flows_of_case, open_flow

__all__ = [
    "DraftChanged",
    "answer_calls",
    "ask_to_end",
    "begin_draft",
    "begin_flow",
    "change_second",
    "confirm_end",
    "discard_draft",
    "do_step",
    "flows_of_case",
    "new_protocol",
    "open_flow",
    "publish",
    "require_editor",
    "save_draft",
    "send_back",
    "set_looks",
    "waive_step",
    "withdraw",
]
