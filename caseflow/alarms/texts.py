"""What other rooms ask of this one by name: its clocks."""

from django.utils.translation import gettext_lazy as _

from caseflow.alarms.services.calling import ACKNOWLEDGE, DISPATCH
from caseflow.alarms.services.drilling import TEST
from caseflow.alarms.services.watching import BATTERY, SILENT
from caseflow.clocks.texts import name_told
from caseflow.clocks.watchers import find_targets, watch
from notifications.texts import name_codes

TERMS = {
    "button_heartbeat": _("sign of life of a fixed button"),
    "button_silent": _("silence of a fixed button before the school is told"),
    "drill_window": _("how long a drill stays armed"),
}
# Who hears when these are missed: none of them climbs a ladder.
TOLD = {
    ACKNOWLEDGE: _("the next control centre is called"),
    DISPATCH: _("nobody: it is shown on the map of the control centre and counted"),
    "button_heartbeat": _("nobody: the button is told how often to report"),
    "button_silent": _("administrator and duty person of the school"),
    "drill_window": _("nobody: the drill is over then"),
}


def register_texts() -> None:
    """Tell clocks and notifications what this room's deadlines are called and who is told."""
    watch(ACKNOWLEDGE, "caseflow.alarms.services.call_next")
    name_codes("clock", [(ACKNOWLEDGE, _("alarm accepted")), (DISPATCH, _("patrol sent"))])
    name_codes("clock", TERMS.items())
    for code, whom in TOLD.items():
        name_told(code, whom)
    find_targets(TEST, "caseflow.alarms.services.climbing.targets_of_test_clock")
    name_codes("clock", [(TEST, _("test of a panic button"))])
    name_codes("reason", [(SILENT, _("it has fallen silent")), (BATTERY, _("its battery is low"))])
