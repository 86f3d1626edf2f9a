"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "absence.entered": _("Entered who is away and who stands in"),
    "absence.ended": _("Ended an absence"),
    "absence.restored": _("Took back at once that an absence was ended"),
    "clock.paused": _("Paused a deadline"),
    "clock.resumed": _("Let a deadline run again"),
    "clock.extended": _("Extended a deadline"),
    "clock.term_changed": _("Changed a term of the table of deadlines"),
    "duty.called": _("Called the duty roster"),
    "duty.rung": _("Rang those on duty"),
    "duty.answered": _("Took a duty call"),
    "duty.helped": _("Took a duty call without being able to open what it is about"),
    "duty.shift_added": _("Put somebody on the duty roster"),
    "duty.shift_removed": _("Took somebody off the duty roster"),
    "duty.shift_restored": _("Took back at once that somebody was taken off the duty roster"),
}
