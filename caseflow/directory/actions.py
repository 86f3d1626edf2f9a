"""How the acts of this room read in the access log."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "set_up": _("Set up the installation"),
    "give_role": _("Gave a role"),
    "end_role": _("Ended a role"),
    "add_unit": _("Added a unit"),
    "change_school": _("Changed what is known of a school"),
    "search": _("Searched for pupils and cases"),
    "import_roll": _("Imported a list of pupils"),
    "add_lesson": _("Added a lesson"),
    "remove_lesson": _("Removed a lesson"),
    "add_place": _("Added a room or camera"),
}
