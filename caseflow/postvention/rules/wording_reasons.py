"""Why words of each category may harm, and what is said instead."""

from django.utils.translation import gettext_lazy as _

from caseflow.postvention.enums import Warned

REASONS = {
    Warned.METHOD: (
        _("It says how. Others who are in danger learn a way from it."),
        _("Leave out how it happened. “Has died” is enough."),
    ),
    Warned.PLACE: (
        _("It names the place. Places that are named are sought out again."),
        _("Leave out where it happened."),
    ),
    Warned.NOTE: (
        _("It speaks of a note or last words. They read as an explanation, and as a voice that goes on."),
        _("Do not mention that anything was left behind, nor what it says."),
    ),
    Warned.CAUSE: (
        _("It names one cause. There never is only one, and whoever is named carries the blame."),
        _("Say that nobody knows all the reasons, and that help is possible in every difficulty."),
    ),
    Warned.SENSATION: (
        _("It is loud, or speaks of a crime. It adds to fear and shame."),
        _("Say plainly: “has died”, “we have lost”."),
    ),
    Warned.GLORY: (
        _("It makes death look like a way out, or an act to admire."),
        _("Speak of the life: what this person liked and how they are remembered."),
    ),
    Warned.OUTCOME: (
        _("Nothing about it succeeds or fails."),
        _("Say “suicide attempt” or “has died”, without a judgement of the outcome."),
    ),
    Warned.DETAIL: (
        _("It retells the last hours. Details draw the picture for those who are in danger."),
        _("Give the day alone, and what the school does now."),
    ),
}
