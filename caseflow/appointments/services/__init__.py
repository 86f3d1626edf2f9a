from caseflow.appointments.services.correcting import correct_answer
from caseflow.appointments.services.outcome import call_off, record_held, record_not_come
from caseflow.appointments.services.planning import change_appointment, move_appointment, plan_appointment
from caseflow.appointments.services.reminding import minutes_before, set_reminder_wish, sweep_reminders

__all__ = [
    "call_off",
    "change_appointment",
    "correct_answer",
    "minutes_before",
    "move_appointment",
    "plan_appointment",
    "record_held",
    "record_not_come",
    "set_reminder_wish",
    "sweep_reminders",
]
