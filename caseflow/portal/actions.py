"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "portal.asked": _("Put a request"),
    "portal.plan_read": _("Read the shared plan"),
    "portal.answered": _("Answered a request"),
    "portal.released": _("Released what was withheld"),
    "portal.exported": _("Downloaded the own data"),
}
