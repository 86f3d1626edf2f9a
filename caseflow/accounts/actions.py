"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "signed_in": _("Signed in"),
    "signed_out": _("Signed out"),
    "reach_changed": _("Changed the own e-mail or phone"),
    "password_changed": _("Changed the password"),
}
