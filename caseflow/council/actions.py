"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "council_set_up": _("Set up a council"),
    "council_changed": _("Changed a council"),
    "council_member_seated": _("Entered a member of a council"),
    "council_member_unseated": _("Ended the seat of a member of a council"),
    "council_session_called": _("Called a session of a council"),
    "council_session_changed": _("Changed a session of a council"),
    "council_session_called_off": _("Called off a session of a council"),
    "council_session_begun": _("Opened a session of a council"),
    "council_session_closed": _("Closed a session of a council"),
    "council_agenda_changed": _("Changed the agenda of a council"),
    "council_minutes_written": _("Wrote minutes of a council"),
    "council_attendance_written": _("Wrote who was at a session of a council"),
    "council_decision_drafted": _("Drafted a decision of a council"),
    "council_decision_dropped": _("Dropped the draft of a decision of a council"),
    "council_decision_approve": _("Approved a decision of a council"),
    "council_decision_progress": _("Reported progress with a decision of a council"),
    "council_decision_report": _("Reported a decision of a council as done"),
    "council_decision_accept": _("Accepted a decision of a council as done"),
    "council_decision_return": _("Returned a decision of a council"),
    "council_decision_ask_longer": _("Asked for more time for a decision of a council"),
    "council_decision_give_longer": _("Gave more time for a decision of a council"),
    "council_decision_refuse_longer": _("Refused more time for a decision of a council"),
    "council_decision_lift": _("Lifted a decision of a council"),
    "council_evidence_read": _("Opened a proof of a decision of a council"),
    "council_register_taken": _("Took the register of decisions as a file"),
    "council_minutes_taken": _("Took the minutes of a session as a file"),
}
