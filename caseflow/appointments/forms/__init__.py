from caseflow.appointments.forms.answering import AbsenceForm, CallOffForm, CorrectForm
from caseflow.appointments.forms.asking import asked_days, asked_slots, ids_in, numbers_in
from caseflow.appointments.forms.planning import AppointmentForm
from caseflow.appointments.forms.settings import ReminderForm

__all__ = [
    "AbsenceForm",
    "AppointmentForm",
    "CallOffForm",
    "CorrectForm",
    "ReminderForm",
    "asked_days",
    "asked_slots",
    "ids_in",
    "numbers_in",
]
