"""How the acts of this room read in the access log. They are readings, so guardians learn of them as of the others."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "dossier_offer_read": _("Opened the choice of papers for a meeting"),
    "dossier_profile_read": _("Made a meeting profile"),
    "dossier_chronology_read": _("Made a full chronology"),
}
