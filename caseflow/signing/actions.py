"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "signatures_asked": _("Asked for signatures"),
    "document_signed": _("Signed a document"),
    "document_not_signed": _("Did not sign a document"),
}
