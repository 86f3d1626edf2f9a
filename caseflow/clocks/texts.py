"""How the codes of this room read in alerts."""

from django.utils.translation import gettext_lazy as _

from notifications.texts import name_codes

REASONS = {"acute_item": _("something acute waits for a decision")}


def register_texts() -> None:
    """Tell notifications how duty calls read."""
    name_codes("reason", REASONS.items())
