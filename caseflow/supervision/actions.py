"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "workload_read": _("Looked at the work of a psychologist"),
    "work_reassigned": _("Handed work over to others"),
    "work_given_back": _("Took back at once that work was handed over"),
    "supervision_begun": _("Began the supervision of a psychologist"),
    "supervision_noted": _("Wrote a note of supervision"),
    "supervision_corrected": _("Corrected a note of supervision"),
    "supervision_shared": _("Shared a note of supervision"),
    "supervision_notes_read": _("Read the list of notes of supervision"),
    "supervision_note_read": _("Read a note of supervision"),
    "supervision_agreement_done": _("Marked an agreement of supervision as done"),
    "supervision_agreement_undone": _("Took back at once that an agreement of supervision is done"),
}
