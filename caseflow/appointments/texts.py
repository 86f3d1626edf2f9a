"""How appointments read in the chronology of a case."""

from django.utils.translation import gettext_lazy as _

from caseflow.appointments.enums import AppointmentKind
from caseflow.cases.wordings import link_refs, name_entry

HELD, NOT_COME, CORRECTED = "appointment_held", "appointment_not_come", "appointment_corrected"
UNDONE = "appointment_undone"


def register_texts() -> None:
    """Tell the chronology how its lines about appointments read, and where they lead."""
    name_entry(HELD, _("Appointment held: %(appointment)s"), appointment=dict(AppointmentKind.choices))
    name_entry(NOT_COME, _("Did not come to an appointment: %(appointment)s"))
    name_entry(CORRECTED, _("What was said of an appointment was taken back: %(appointment)s"))
    name_entry(UNDONE, _("Taken back at once: what was said of the appointment"))
    link_refs("appointment", "appointments:detail")
