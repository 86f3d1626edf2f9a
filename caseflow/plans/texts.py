"""What lower rooms ask of this one by name: its lines in a chronology, what stands before closing, its term."""

from django.utils.translation import gettext_lazy as _

from caseflow.cases.keeping import ask_before_closing
from caseflow.cases.wordings import link_refs, name_acts, name_entry, name_words
from caseflow.plans.selectors.versions import REVIEW
from caseflow.plans.services import signing
from notifications.texts import name_codes


def register_texts() -> None:
    """Tell cases, clocks and notifications how plans read."""
    name_entry("safety_plan_begun", _("Safety plan begun"))
    name_entry("safety_plan_renewed", _("A new version of the safety plan was begun"))
    name_entry("safety_plan_signed", _("Safety plan signed, version %(number)s"))
    name_entry(
        "safety_plan_countersigned", _("A guardian signed the shared part of the safety plan, version %(number)s")
    )
    name_entry("safety_plan_shared", _("Safety plan shared with the guardians, version %(number)s"))
    name_entry("safety_plan_unshared", _("The safety plan is no longer shared, version %(number)s"))
    name_entry("goal_set", _("Goal of the support plan set"))
    name_entry("goal_reached", _("Goal of the support plan reached"))
    name_entry("goal_given_up", _("Goal of the support plan given up"))
    name_entry("goal_restored", _("Taken back at once: the goal of the support plan is open again"))
    name_words(signing.LOOK_AGAIN, _("Look at the safety plan again (version %(number)s)"))
    name_words(signing.LOOKED_AT, _("The plan was looked at, and version %(number)s was signed."))
    link_refs("safety", "plans:case")
    link_refs("support", "plans:case")
    name_acts(
        {
            "plans_read": _("read the plans"),
            "safety_plan_begun": _("began a safety plan"),
            "safety_plan_written": _("wrote on the safety plan"),
            "safety_plan_dropped": _("dropped the draft of the safety plan"),
            "safety_plan_restored": _("took back at once that the draft of the safety plan was dropped"),
            "safety_plan_signed": _("signed the safety plan with the pupil"),
            "safety_plan_countersigned": _("had a guardian sign the safety plan"),
            "safety_plan_shared": _("shared the safety plan with the guardians"),
            "safety_plan_unshared": _("stopped sharing the safety plan"),
            "safety_plan_read": _("read the safety plan"),
            "safety_plan_printed": _("printed the safety plan"),
            "shared_plan_read": _("read the shared part of the safety plan"),
            "goal_set": _("set a goal"),
            "goal_ended": _("ended a goal"),
            "goal_restored": _("took back at once that a goal ended"),
            "measure_set": _("set a measure"),
            "support_plan_read": _("read the support plan"),
        }
    )
    ask_before_closing("caseflow.plans.selectors.support.refusal_to_close")
    name_codes("clock", [(REVIEW, _("a new look at a safety plan"))])
