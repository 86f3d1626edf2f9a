from caseflow.appointments.models.appointments import Appointment, Move, Participant, Series
from caseflow.appointments.models.feeds import CalendarFeed
from caseflow.appointments.models.reminders import Reminder, ReminderWish

__all__ = ["Appointment", "CalendarFeed", "Move", "Participant", "Reminder", "ReminderWish", "Series"]
