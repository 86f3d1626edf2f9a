from caseflow.appointments.views.answers import held, not_come, off
from caseflow.appointments.views.correcting import correct
from caseflow.appointments.views.own import end_address, feed, make_address, settings
from caseflow.appointments.views.pages import calendar, detail, of_case, rooms, today
from caseflow.appointments.views.planning import change, new, people, slots

__all__ = [
    "calendar",
    "change",
    "correct",
    "detail",
    "end_address",
    "feed",
    "held",
    "make_address",
    "new",
    "not_come",
    "of_case",
    "off",
    "people",
    "rooms",
    "settings",
    "slots",
    "today",
]
