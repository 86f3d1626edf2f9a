"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "indicator_added": _("Added an indicator of the region"),
    "indicator_ended": _("Ended an indicator of the region"),
}
