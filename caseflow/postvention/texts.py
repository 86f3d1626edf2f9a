"""What lower rooms ask of this one by name: its clocks."""

from django.utils.translation import gettext_lazy as _

from caseflow.clocks.matters import about, looks, matters
from caseflow.clocks.watchers import find_targets, watch
from caseflow.postvention.services import step_clocks
from notifications.texts import name_codes

PREFIX = "loss_"
HOME = step_clocks.__name__


def register_texts() -> None:
    """Tell clocks and notifications how steps after a loss read and who has them."""
    watch(PREFIX, f"{HOME}.remind_of_step")
    find_targets(PREFIX, f"{HOME}.targets_of_step")
    matters.add(PREFIX, f"{HOME}.matter_of_step")
    looks.add(PREFIX, f"{HOME}.looks_at_steps")
    about.add(PREFIX, f"{HOME}.clocks_about")
    name_codes(
        "clock",
        [
            ("loss_step", _("a step after a loss")),
            ("loss_step_urgent", _("an urgent step after a loss")),
            ("loss_day", _("a day on which a loss comes back")),
        ],
    )
