"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "appointment_planned": _("Planned an appointment"),
    "appointment_changed": _("Changed an appointment"),
    "appointment_held": _("Recorded that an appointment was held"),
    "appointment_not_come": _("Recorded that somebody did not come"),
    "appointment_corrected": _("Took back what was said of an appointment"),
    "appointment_called_off": _("Called an appointment off"),
    "appointment_unmade": _("Took back at once that an appointment was made"),
    "appointment_undone": _("Took back at once what was said of an appointment, or its other time"),
    "appointment_read": _("Opened an appointment"),
    "calendar_feed_made": _("Made an address for another calendar"),
    "calendar_feed_ended": _("Ended the address for another calendar"),
    "appointments_read": _("Looked at the calendar"),
}
