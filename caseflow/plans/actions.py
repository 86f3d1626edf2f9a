"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "plans_read": _("Read the plans of a case"),
    "safety_plan_begun": _("Began a safety plan"),
    "safety_plan_written": _("Wrote on a safety plan"),
    "safety_plan_dropped": _("Dropped the draft of a safety plan"),
    "safety_plan_restored": _("Took back at once that the draft of a safety plan was dropped"),
    "safety_plan_signed": _("Signed a safety plan with the pupil"),
    "safety_plan_countersigned": _("Had a guardian sign the safety plan"),
    "safety_plan_shared": _("Shared a safety plan with the guardians"),
    "safety_plan_unshared": _("Stopped sharing a safety plan"),
    "safety_plan_read": _("Read a safety plan"),
    "safety_plan_printed": _("Printed a safety plan"),
    "shared_plan_read": _("Read the shared part of a safety plan"),
    "goal_set": _("Set a goal of a support plan"),
    "goal_ended": _("Ended a goal of a support plan"),
    "goal_restored": _("Took back at once that a goal of a support plan ended"),
    "measure_set": _("Set a measure of a support plan"),
    "support_plan_read": _("Read a support plan"),
    "support_plans_read": _("Read the list of support plans"),
}
