"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "attachments_read": _("Read the list of a case's files"),
    "attachment_added": _("Attached a file"),
    "attachment_read": _("Looked at a file"),
    "attachment_page_read": _("Looked at a page of a file"),
    "attachment_downloaded": _("Downloaded a file"),
    "attachment_removed": _("Removed a file"),
}
