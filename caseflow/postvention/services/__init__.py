from caseflow.postvention.services.affected import (
    add_affected,
    give_case,
    record_parents_told,
    record_talk,
    remove_affected,
)
from caseflow.postvention.services.deaths import confirm_death, record_death, undo_death
from caseflow.postvention.services.messages import approve_message, begin_message, save_message
from caseflow.postvention.services.opening import Loss, add_day, open_event
from caseflow.postvention.services.reading import (
    open_affected,
    open_loss,
    open_losses,
    open_message,
    open_messages,
    print_message,
)
from caseflow.postvention.services.settling import ask_for_help, close_event, do_step, take_help, waive_step
from caseflow.postvention.services.templates import approve_template, require_approver, save_template

__all__ = [
    "Loss",
    "add_affected",
    "add_day",
    "approve_message",
    "approve_template",
    "ask_for_help",
    "begin_message",
    "close_event",
    "confirm_death",
    "do_step",
    "give_case",
    "open_affected",
    "open_event",
    "open_loss",
    "open_losses",
    "open_message",
    "open_messages",
    "print_message",
    "record_death",
    "record_parents_told",
    "record_talk",
    "remove_affected",
    "require_approver",
    "save_message",
    "save_template",
    "take_help",
    "undo_death",
    "waive_step",
]
