"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "read_duties": _("Looked at overdue duties of agencies"),
}
