from caseflow.clocks.services.absences import BadAbsenceError, end_absence, enter_absence
from caseflow.clocks.services.answering import AlreadyAnsweredError, answer_call
from caseflow.clocks.services.changing import CannotChangeError, end_pause, extend_clock, open_clock, pause_clock
from caseflow.clocks.services.numbering import number_of, numbers_of
from caseflow.clocks.services.ringing import call_duty, end_calls, is_ringing
from caseflow.clocks.services.roster import BadShiftError, add_shift, remove_shift
from caseflow.clocks.services.running import hasten_clock, resume_clock, start_clock, start_clocks, stop_clock
from caseflow.clocks.services.sweeping import sweep
from caseflow.clocks.services.telling import tell_of_deadline
from caseflow.clocks.services.terms import BadTermError, NewTerm, change_term, checked_term

__all__ = [
    "AlreadyAnsweredError",
    "BadAbsenceError",
    "BadShiftError",
    "BadTermError",
    "CannotChangeError",
    "NewTerm",
    "add_shift",
    "answer_call",
    "call_duty",
    "change_term",
    "checked_term",
    "end_absence",
    "end_calls",
    "end_pause",
    "enter_absence",
    "extend_clock",
    "hasten_clock",
    "is_ringing",
    "number_of",
    "numbers_of",
    "open_clock",
    "pause_clock",
    "remove_shift",
    "resume_clock",
    "start_clock",
    "start_clocks",
    "stop_clock",
    "sweep",
    "tell_of_deadline",
]
