from caseflow.clocks.services.answering import AlreadyAnsweredError, answer_call
from caseflow.clocks.services.ringing import call_duty, end_calls, is_ringing
from caseflow.clocks.services.roster import BadShiftError, add_shift, remove_shift
from caseflow.clocks.services.running import resume_clock, start_clock, start_clocks, stop_clock
from caseflow.clocks.services.sweeping import sweep

__all__ = [
    "AlreadyAnsweredError",
    "BadShiftError",
    "add_shift",
    "answer_call",
    "call_duty",
    "end_calls",
    "is_ringing",
    "remove_shift",
    "resume_clock",
    "start_clock",
    "start_clocks",
    "stop_clock",
    "sweep",
]
