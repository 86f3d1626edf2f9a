"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "triage.filed": _("Put into the queue"),
    "triage.decided": _("Decided on an item"),
    "triage.dismissal_proposed": _("Proposed to dismiss an item"),
    "triage.merged": _("Closed an item: its report was merged into another"),
    "triage.unmerged": _("Opened an item again: its report was split off"),
    "triage.undone": _("Took a decision back"),
    "triage.withdrawn": _("Withdrawn from the queue: the data were corrected"),
    "triage.lapsed": _("Gone from the queue without a decision: its time was over"),
    "triage.corrected": _("The data under a decision were corrected"),
}
