"""What lower rooms ask of this one by name: its clock, and how its codes read in alerts."""

from django.utils.translation import gettext_lazy as _

from caseflow.clocks.matters import looks
from caseflow.clocks.watchers import find_targets, watch
from caseflow.council.rules import CLOCK
from notifications.texts import name_codes

HOME = "caseflow.council.services.clocks"


def register_texts() -> None:
    watch(CLOCK, f"{HOME}.remind_of_decision")
    find_targets(CLOCK, f"{HOME}.targets_of_decision")
    looks.add(CLOCK, f"{HOME}.looks_at_decisions")
    name_codes("clock", [(CLOCK, _("a decision of the council"))])
    name_codes(
        "reason",
        [
            ("council_report", _("the agency reports it as done")),
            ("council_ask_longer", _("the agency asks for more time")),
            ("council_accept", _("accepted as done")),
            ("council_return", _("returned, something is missing")),
            ("council_give_longer", _("more time is given")),
            ("council_refuse_longer", _("more time is refused")),
            ("council_lift", _("lifted")),
        ],
    )
