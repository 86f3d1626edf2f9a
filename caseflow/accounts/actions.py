"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "signed_in": _("Signed in"),
    "signed_out": _("Signed out"),
    "password_changed": _("Changed the password"),
}
