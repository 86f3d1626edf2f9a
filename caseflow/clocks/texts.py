"""How the codes of this room read in alerts."""

from django.utils.translation import gettext_lazy as _

from notifications.texts import name_codes

# Whom a step of a ladder tells, as "level:role".
TARGETS = {
    "school:psychologist": _("psychologist of the school"),
    "school:principal": _("head of the school"),
    "district:lead_psychologist": _("lead psychologist of the district"),
    "district:drill_officer": _("drill officer of the district"),
    "region:drill_officer": _("drill officer of the region"),
    "school:school_admin": _("administrator of the school"),
    "region:lead_psychologist": _("lead psychologist of the region"),
    "agency:agency_officer": _("officers of the agency"),
    "agency_above:agency_officer": _("officers of the agency of the region"),
}
REASONS = {"acute_item": _("something acute waits for a decision")}


def register_texts() -> None:
    """Tell notifications how duty calls read."""
    name_codes("reason", REASONS.items())
