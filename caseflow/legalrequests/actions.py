"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "legal_request_made": _("Recorded a legal request"),
    "legal_request_read": _("Opened a legal request"),
    "legal_request_matched": _("Looked for the case of a legal request"),
    "legal_request_prepared": _("Chose what is given on a legal request"),
    "legal_request_approved": _("Approved what is given on a legal request"),
    "legal_request_refused": _("Refused a legal request"),
    "legal_request_withdrawn": _("Withdrew a legal request"),
    "legal_snapshot_read": _("Read what was given on a legal request"),
    "legal_snapshot_erased": _("What was given on a legal request was erased"),
    "legal_request_told": _("Told the family of a legal request"),
}
