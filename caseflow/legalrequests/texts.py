"""What lower rooms ask of this one by name: its clock, and how its codes read in alerts."""

from django.utils.translation import gettext_lazy as _

from caseflow.clocks.watchers import find_targets, watch
from caseflow.legalrequests.services.asking import CLOCK
from notifications.texts import name_codes

HOME = "caseflow.legalrequests.services.telling"


def register_texts() -> None:
    watch(CLOCK, f"{HOME}.remind_of_request")
    find_targets(CLOCK, f"{HOME}.targets_of_request")
    name_codes("clock", [(CLOCK, _("an answer to a legal request"))])
