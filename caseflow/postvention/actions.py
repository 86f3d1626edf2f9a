"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "loss_opened": _("Opened an event of loss"),
    "loss_list_read": _("Read the list of events of loss"),
    "loss_read": _("Read an event of loss"),
    "loss_step_done": _("Did a step after a loss"),
    "loss_step_waived": _("Said why a step after a loss does not apply"),
    "loss_day_added": _("Added a day on which a loss comes back"),
    "loss_closed": _("Closed an event of loss"),
    "loss_help_asked": _("Asked the district to stand in after a loss"),
    "loss_help_taken": _("Took over after a loss"),
    "affected_read": _("Read whom a loss touches"),
    "affected_added": _("Added a pupil whom a loss touches"),
    "affected_talked": _("Recorded a talk after a loss"),
    "affected_parents_told": _("Recorded that parents were told after a loss"),
    "affected_case": _("Opened or linked a case after a loss"),
    "affected_removed": _("Took a pupil off the list of a loss"),
    "affected_restored": _("Took back at once that a pupil was taken off the list of a loss"),
    "death_recorded": _("Recorded that a pupil has died"),
    "death_confirmed": _("Confirmed that a pupil has died"),
    "death_undone": _("Took back that a pupil has died"),
    "loss_message_begun": _("Began a message after a loss"),
    "loss_message_saved": _("Wrote a message after a loss"),
    "loss_message_ready": _("Approved a message after a loss"),
    "loss_message_read": _("Read a message after a loss"),
    "loss_message_printed": _("Printed a message after a loss"),
    "loss_template_changed": _("Changed a template of messages after a loss"),
    "loss_template_approved": _("Approved a template of messages after a loss"),
}
