"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "flow_begun": _("Began a protocol"),
    "flow_acute": _("Acute risk became known in a protocol at work"),
    "flow_read": _("Read the steps of a protocol"),
    "flow_step_done": _("Did a step of a protocol"),
    "flow_step_undone": _("Took back at once that a step of a protocol was done"),
    "flow_step_waived": _("Said why a step of a protocol does not apply"),
    "flow_second_changed": _("Named another second person"),
    "flow_end_asked": _("Asked for the end of a protocol"),
    "flow_sent_back": _("Let a protocol go on"),
    "protocol_drafted": _("Began a draft of a protocol"),
    "protocol_changed": _("Changed the draft of a protocol"),
    "protocol_published": _("Put a protocol into force"),
    "protocol_withdrawn": _("Withdrew a protocol"),
    "protocol_discarded": _("Threw a draft of a protocol away"),
    "protocol_restored": _("Took back at once that a draft of a protocol was thrown away"),
    "flow_ended": _("Confirmed the end of a protocol"),
}
