"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "year.prepared": _("Prepared the new school year"),
    "year.confirmed": _("Confirmed the new school year"),
    "year.turned": _("The classes went over to the new school year"),
    "pupil.leaves": _("Recorded that a pupil leaves"),
    "pupil.stays": _("Took back that a pupil leaves"),
    "pupil.taken_in": _("Took a pupil in"),
    "pupil.not_found_in_moves": _("Asked for a pupil who moves, and found none"),
    "class.handed_over": _("Handed a class over"),
    "class.substituted": _("Named a substitute for a class"),
    "class.substituted_again": _("Took back at once that a substitution ended"),
    "staff.left": _("Ended all roles of somebody at the school"),
    "pupil.of_age": _("A pupil came of age"),
}
