"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "duty.called": _("Called the duty roster"),
    "duty.rung": _("Rang those on duty"),
    "duty.answered": _("Took a duty call"),
    "duty.shift_added": _("Put somebody on the duty roster"),
    "duty.shift_removed": _("Took somebody off the duty roster"),
}
