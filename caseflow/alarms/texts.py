"""What other rooms ask of this one by name: its clocks."""

from django.utils.translation import gettext_lazy as _

from caseflow.alarms.services.calling import ACKNOWLEDGE, DISPATCH
from caseflow.clocks.watchers import watch
from notifications.texts import name_codes


def register_texts() -> None:
    """Tell clocks and notifications what this room's deadlines are called and who is told."""
    watch(ACKNOWLEDGE, "caseflow.alarms.services.call_next")
    name_codes("clock", [(ACKNOWLEDGE, _("alarm accepted")), (DISPATCH, _("patrol sent"))])
