"""What lower rooms ask of this one by name: its lines in a chronology, and which of them are kept from whom."""

from django.utils.translation import gettext_lazy as _

from caseflow.attachments.enums import FileKind
from caseflow.cases.keeping import keep_refs_beside
from caseflow.cases.wordings import link_refs, name_acts, name_entry


def register_texts() -> None:
    """Tell cases how attachments read."""
    name_entry("attachment_added", _("File attached: %(file_kind)s"), file_kind=dict(FileKind.choices))
    name_entry("attachment_removed", _("File removed: %(file_kind)s"), file_kind=dict(FileKind.choices))
    link_refs("attachment", "attachments:found")
    keep_refs_beside("caseflow.attachments.selectors.scope.refs_beside")
    name_acts(
        {
            "attachments_read": _("looked at the list of files"),
            "attachment_added": _("attached a file"),
            "attachment_read": _("looked at a file"),
            "attachment_page_read": _("looked at a page of a file"),
            "attachment_downloaded": _("downloaded a file"),
            "attachment_removed": _("removed a file"),
        }
    )
